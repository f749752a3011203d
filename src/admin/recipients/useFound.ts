'use client'

import { useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { FoundRecipient, RecipientsAnswer } from '../../collections/Campaigns/endpoints/recipients.ts'
import type { Fate } from '../../newsletter/rules/fates.ts'
import { askServer } from '../parts/askServer.ts'

/** A page. */
const WANTED = 50

/** Each answer looks at some thousands of recipients: after so many of them somebody says whether to go on. */
const MOST_ASKED = 20

export interface Found {
  recipients: FoundRecipient[]
  /** How many were looked at so far. */
  looked: number
  /** What the next page begins after; null: that is all. */
  next: RecipientsAnswer['next']
  isBusy: boolean
  isFailed: boolean
}

const NOTHING_YET: Found = { recipients: [], looked: 0, next: null, isBusy: true, isFailed: false }

/** The recipients of a campaign that are meant, a page and then one more as they are asked for. */
export function useFound({
  campaignId,
  fate,
  q,
}: {
  campaignId: number | string
  fate: Fate | null
  q: string
}): Found & { more: () => void } {
  const { config } = useConfig()
  const url = `${config.routes.api}/campaigns/${campaignId}/recipients`
  const [found, change] = useState(NOTHING_YET)

  const ask = useCallback(
    async (from: Found['next'], isCurrent: () => boolean) => {
      change((was) => ({ ...was, isBusy: true, isFailed: false }))
      let after = from
      let count = 0
      for (let asked = 0; asked < MOST_ASKED && count < WANTED; asked++) {
        const answer = await askServer<RecipientsAnswer>({
          ...{ url, method: 'POST' },
          body: { fate, q, after },
        })
        if (!isCurrent()) return
        if (!answer.isDone) return change((was) => ({ ...was, isBusy: false, isFailed: true }))
        const { recipients, looked, next } = answer.body
        change((was) => ({
          ...was,
          recipients: [...was.recipients, ...recipients],
          ...{ looked: was.looked + looked, next },
        }))
        count += recipients.length
        after = next
        if (after === null) break
      }
      change((was) => ({ ...was, isBusy: false }))
    },
    [url, fate, q],
  )

  /** Another one for each search, and none when the page is left. */
  const search = useRef<object | null>(null)
  const askFrom = useCallback(
    (from: Found['next']) => {
      const own = search.current
      return ask(from, () => own !== null && search.current === own)
    },
    [ask],
  )
  useEffect(() => {
    search.current = {}
    const start = setTimeout(() => void askFrom(null), 0)
    return () => {
      search.current = null
      clearTimeout(start)
    }
  }, [askFrom])

  return { ...found, more: () => void askFrom(found.next) }
}
