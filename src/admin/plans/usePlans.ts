'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useEffect } from 'react'
import type { TimesAnswer } from '../../collections/Plans/endpoints/index.ts'
import { OPEN_STATUSES } from '../../plans/model.ts'
import { useAnswer, type Answered } from '../parts/useAnswer.ts'
import { listen } from '../parts/signals.ts'
import { SHOWN_OF_PLAN, whilePlanned, type PlanDoc } from './planFacts.ts'

export interface ArticlePlans {
  /** The open plans of the article whose form this is, the soonest first. */
  plans: PlanDoc[]
  /** Whether the server has said. */
  isKnown: boolean
  ask: () => Promise<void>
}

export function usePlans(): ArticlePlans {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { answer, ask } = useAnswer<{ docs: PlanDoc[] }>({
    path:
      id === undefined
        ? null
        : `/plans?where[article][equals]=${id}&where[status][in]=${OPEN_STATUSES.join(',')}&${SHOWN_OF_PLAN}`,
    everyMs: (last) => whilePlanned(last?.docs ?? []),
    version: lastUpdateTime,
  })
  useEffect(() => listen('plansChanged', () => void ask()), [ask])
  return { plans: answer?.docs ?? [], isKnown: answer !== null, ask }
}

/** The clock of the site, and what a time by it means. */
export const useTimes = ({ local }: { local: string }): Answered<TimesAnswer> =>
  useAnswer<TimesAnswer>({ path: `/plans/times?local=${encodeURIComponent(local)}` })
