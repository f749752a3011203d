'use client'

import type { DefaultCellComponentProps } from 'payload'
import { useAdminText } from '../text/useAdminText.ts'
import { showSiteTime } from './planFacts.ts'
import { useTimes } from './usePlans.ts'

/** In the list of plans: a planned time by the clock of the site, and not by that of whoever looks. */
export function DueCell({ cellData }: DefaultCellComponentProps) {
  const { text } = useAdminText()
  const { answer } = useTimes({ local: '' })
  if (!answer || typeof cellData !== 'string') return null
  return (
    <time dateTime={cellData}>
      {showSiteTime({ at: cellData, timeZone: answer.timeZone, language: text.language })}
    </time>
  )
}
