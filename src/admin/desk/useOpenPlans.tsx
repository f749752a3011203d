'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { idOf } from '../../content/idOf.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { whilePlanned, type PlanDoc } from '../plans/planFacts.ts'
import { useAdminText } from '../text/useAdminText.ts'

const MOST = 20

/** `planned`: they happen by themselves; `asking`: they do not go on without somebody. */
const STATUSES = { planned: ['waiting', 'running'], asking: ['late', 'failed'] } as const

export interface OpenPlans {
  /** The soonest first. */
  plans: PlanDoc[]
  /** How many there are beside them. */
  more: number
  ask: () => Promise<void>
}

export function useOpenPlans(which: keyof typeof STATUSES): OpenPlans {
  const { answer, ask } = useAnswer<{ docs: PlanDoc[]; totalDocs: number }>({
    path: `/plans?where[status][in]=${STATUSES[which].join(',')}&sort=dueAt&limit=${MOST}&depth=0`,
    everyMs: (last) => whilePlanned(last?.docs ?? []) ?? ASK_EVERY_MS,
  })
  const plans = answer?.docs ?? []
  return { plans, more: (answer?.totalDocs ?? 0) - plans.length, ask }
}

const ASK_EVERY_MS = 30_000

/** The rest of a list of plans. */
export function MorePlans({ count }: { count: number }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  if (count <= 0) return null
  return (
    <p>
      <Link href={`${config.routes.admin}/collections/plans`} prefetch={false}>
        {text.desk.more(count)}
      </Link>
    </p>
  )
}

/** The article of a plan, as a link. */
export function PlanTitle({ plan: { article, title } }: { plan: PlanDoc }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  return (
    <h3>
      <Link href={`${config.routes.admin}/collections/articles/${idOf(article)}`} prefetch={false}>
        {title || text.desk.waits.untitled}
      </Link>
    </h3>
  )
}
