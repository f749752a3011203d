'use client'

import { useDocumentInfo, useTranslation } from '@payloadcms/ui'
import { useEffect } from 'react'
import type { TimelineAnswer } from '../../endpoints/people/timeline.ts'
import type { Subscriber } from '../../payload-types.ts'
import { listen } from '../parts/signals.ts'
import { useAnswer, type Answered } from '../parts/useAnswer.ts'
import { personText, type PersonText } from './personText.ts'

/** The words in the user's language, and times as they are written in it. */
export function usePersonText(): {
  text: PersonText
  /** Of labels that stand in both languages. */
  language: 'sv' | 'en'
  day: (time: string) => string
  moment: (time: string) => string
} {
  const { i18n } = useTranslation()
  const text = personText(i18n.language)
  const written = (time: string, style: Intl.DateTimeFormatOptions) =>
    new Date(time).toLocaleString(text.language, style)
  return {
    text,
    language: i18n.language === 'sv' ? 'sv' : 'en',
    day: (time) => written(time, { dateStyle: 'long' }),
    moment: (time) => written(time, { dateStyle: 'medium', timeStyle: 'short' }),
  }
}

/** The subscriber of the page, as they are saved. */
export const usePerson = (id: number | string): Answered<Subscriber> => {
  const { lastUpdateTime } = useDocumentInfo()
  return useAnswer<Subscriber>({ path: `/subscribers/${id}?depth=0`, version: lastUpdateTime })
}

/** The newest page of their timeline, asked for again after each save and each action. */
export function useNewestEvents(id: number | string): Answered<TimelineAnswer> {
  const { lastUpdateTime } = useDocumentInfo()
  const answered = useAnswer<TimelineAnswer>({
    path: `/subscribers/${id}/timeline`,
    version: lastUpdateTime,
  })
  const { ask } = answered
  useEffect(() => listen('personChanged', () => void ask()), [ask])
  return answered
}
