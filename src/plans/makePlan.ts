import type { Id, Locale, Override } from '../newsletter/model.ts'
import type { Clock } from '../newsletter/ports.ts'
import type { PlanAction, Channels } from './model.ts'
import type { FreezeVersion, PlanBook } from './ports.ts'
import { whyNotPlannable } from './siteTime.ts'

export interface PlanRequest {
  articleId: Id
  action: PlanAction
  /** Null for an unpublication. */
  channels: Channels | null
  /** Whom its newsletter goes to; null: as the article says. */
  topicIds: readonly Id[] | null
  locale: Locale
  dueAt: Date
  override: Override | null
  by: Id | null
}

export type PlanAnswer =
  | { kind: 'planned'; id: Id }
  /** The article has this plan for the same action. */
  | { kind: 'exists'; id: Id }
  | { kind: 'past' | 'too_far' }

/**
 * Plans what is to happen to an article. A publication names a version: later saves do not change it. People are chosen when it
 * runs.
 * @throws what FreezeVersion throws.
 */
export async function makePlan(
  { book, freeze, clock }: { book: PlanBook; freeze: FreezeVersion; clock: Clock },
  { topicIds, ...plan }: PlanRequest,
): Promise<PlanAnswer> {
  const now = clock.now()
  const fault = whyNotPlannable({ at: plan.dueAt, now })
  if (fault) return { kind: fault }
  const findOpen = async (): Promise<PlanAnswer | null> => {
    const id = await book.findOpen(plan)
    return id === null ? null : { kind: 'exists', id }
  }
  const create = async (version: Id | null): Promise<PlanAnswer> => {
    const open = await findOpen()
    if (open) return open
    const id = await book.create({ ...plan, version })
    return id === null ? ((await findOpen()) ?? create(version)) : { kind: 'planned', id }
  }
  const { action, channels } = plan
  if (action === 'unpublish' || channels === null) return create(null)
  const open = await findOpen()
  if (open) return open
  return freeze({ articleId: plan.articleId, channels, topicIds }, create)
}
