'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { idOf } from '../../content/idOf.ts'
import { OPEN_STATUSES } from '../../plans/model.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { whilePlanned, type PlanDoc } from '../plans/planFacts.ts'
import { useAdminText } from '../text/useAdminText.ts'

const OPEN = [
  `/plans?where[status][in]=${OPEN_STATUSES.join(',')}`,
  ...['sort=dueAt', 'limit=20', 'pagination=false', 'depth=0'],
].join('&')

export interface OpenPlans {
  /** The soonest first. */
  planned: PlanDoc[]
  /** They do not go on without somebody. */
  asking: PlanDoc[]
  ask: () => Promise<void>
}

/** The plans that have not ended; those who ask for them in one moment share a request. */
export function useOpenPlans(): OpenPlans {
  const { answer, ask } = useAnswer<{ docs: PlanDoc[] }>({
    path: OPEN,
    everyMs: (last) => whilePlanned(last?.docs ?? []),
  })
  const docs = answer?.docs ?? []
  const asks = ({ status }: PlanDoc) => status === 'late' || status === 'failed'
  return { planned: docs.filter((plan) => !asks(plan)), asking: docs.filter(asks), ask }
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
