'use client'

import { useDocumentInfo, useField } from '@payloadcms/ui'
import { useState } from 'react'
import type { Visibility } from '../../content/isPublic.ts'
import { sendsMail, visibilityOf, type Channels } from '../../plans/model.ts'
import type { Article } from '../../payload-types.ts'
import { useAnswer } from '../parts/useAnswer.ts'

export interface Destination {
  channels: Channels
  choose: (channels: Channels) => void
  /** Writes into the form what the sheet shows. */
  settle: () => void
  /** Who reads the article now; null: nobody but staff. */
  visibleNow: Visibility | null
  /** Whether those alone read it whom it is mailed to, or would. */
  isMailOnly: boolean
  /** Whether the server has said who reads it now. */
  isKnown: boolean
}

/**
 * Where the article goes when it is published: what somebody chooses in the sheet, which is written into the article's own
 * fields. One that is on the site does not vanish from there because it is mailed, and one that is only mailed comes there when
 * somebody chooses that: an older version that was restored does not say so.
 */
export function useDestination(): Destination {
  const { id, hasPublishedDoc, lastUpdateTime } = useDocumentInfo()
  const send = useField<boolean>({ path: 'newsletter.send' })
  const visibility = useField<Visibility>({ path: 'visibility' })
  const [chosen, setChosen] = useState<Channels | null>(null)
  const { answer } = useAnswer<Pick<Article, 'visibility'>>({
    path:
      id !== undefined && hasPublishedDoc
        ? `/articles/${id}?depth=0&draft=false&select[visibility]=true`
        : null,
    version: lastUpdateTime,
  })
  const visibleNow = (hasPublishedDoc && answer?.visibility) || null
  const isMailOnly = visibleNow === 'mail_only' || (visibility.value === 'mail_only' && visibleNow === null)
  const asInForm = send.value ? 'site_and_mail' : 'site'
  const channels = chosen ?? (isMailOnly ? 'mail' : asInForm)
  const write = (value: Channels) => {
    if (visibility.value !== visibilityOf(value)) visibility.setValue(visibilityOf(value))
    if (Boolean(send.value) !== sendsMail(value)) send.setValue(sendsMail(value))
  }
  return {
    channels,
    settle: () => write(channels),
    choose: (value) => {
      setChosen(value)
      write(value)
    },
    visibleNow,
    isMailOnly,
    isKnown: !hasPublishedDoc || answer !== null,
  }
}
