import type { Id, Override } from '../newsletter/model.ts'
import type { Clock } from '../newsletter/ports.ts'
import type { NewPlan } from './model.ts'
import type { FreezeVersion, PlanBook } from './ports.ts'
import { whyNotPlannable } from './siteTime.ts'

/** `under_way`: a worker carries it out, or it has ended. */
export type ChangeAnswer = 'changed' | 'under_way' | 'past' | 'too_far'

/**
 * Moves a plan, or has it publish the newest text. One that asks waits again.
 * @param input.dueAt null: as it is.
 * @throws what FreezeVersion throws.
 */
export async function changePlan(
  { book, freeze, clock }: { book: PlanBook; freeze: FreezeVersion; clock: Clock },
  {
    plan,
    dueAt,
    newestText,
    by,
  }: {
    plan: Pick<NewPlan, 'articleId' | 'channels' | 'dueAt'> & { id: Id }
    dueAt: Date | null
    /** It is to publish the newest text, with what an admin passes for that; null: as it is. */
    newestText: { override: Override | null } | null
    by: Id | null
  },
): Promise<ChangeAnswer> {
  const now = clock.now()
  const fault = whyNotPlannable({ at: dueAt ?? plan.dueAt, now })
  if (fault) return fault
  const change = async (version?: Id): Promise<ChangeAnswer> => {
    const text = newestText && version ? { version, ...newestText } : null
    const isChanged = await book.change({
      id: plan.id,
      ...(dueAt && { dueAt }),
      ...(text && { text }),
      by,
      now,
    })
    return isChanged ? 'changed' : 'under_way'
  }
  const { channels } = plan
  if (!newestText || channels === null) return change()
  return freeze({ articleId: plan.articleId, channels, topicIds: null }, change)
}
