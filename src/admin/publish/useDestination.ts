'use client'

import { useDocumentInfo, useField } from '@payloadcms/ui'
import type { Visibility } from '../../content/isPublic.ts'
import { visibilityOf, type Channels } from '../../plans/model.ts'
import type { Article } from '../../payload-types.ts'
import { useAnswer } from '../parts/useAnswer.ts'

export interface Destination {
  channels: Channels
  choose: (channels: Channels) => void
  /** Writes into the form what the sheet shows. */
  settle: () => void
  /** Who reads the article now; null: nobody but staff. */
  visibleNow: Visibility | null
  /** False until the server has said who reads it now, or has not answered. */
  isKnown: boolean
}

/**
 * Where the article goes when it is published, as its form says: the sheet writes the article's own fields. One that is on the
 * site does not vanish from there because it is mailed.
 */
export function useDestination(): Destination {
  const { id, hasPublishedDoc, lastUpdateTime } = useDocumentInfo()
  const send = useField<boolean>({ path: 'newsletter.send' })
  const visibility = useField<Visibility>({ path: 'visibility' })
  const { answer, isFailed } = useAnswer<Pick<Article, 'visibility'>>({
    path:
      id !== undefined && hasPublishedDoc
        ? `/articles/${id}?depth=0&draft=false&select[visibility]=true`
        : null,
    version: lastUpdateTime,
  })
  const visibleNow = (hasPublishedDoc && answer?.visibility) || null
  const isMailOnly = visibility.value === 'mail_only' && visibleNow !== 'public'
  const channels = !send.value ? 'site' : isMailOnly ? 'mail' : 'site_and_mail'
  return {
    channels,
    settle: () => {
      if (visibility.value !== visibilityOf(channels)) visibility.setValue(visibilityOf(channels))
    },
    choose: (channels) => {
      send.setValue(channels !== 'site')
      visibility.setValue(visibilityOf(channels))
    },
    visibleNow,
    isKnown: !hasPublishedDoc || answer !== null || isFailed,
  }
}
