import type { CollectionAfterChangeHook, CollectionAfterDeleteHook } from 'payload'
import { isScheduledRun, isTakingBack } from '../../../content/systemSaves.ts'
import { depsOf, planBookOf } from '../../../deps.ts'

/** Somebody publishes an article by hand: its plan would put an older text in the place of that one. */
export const cancelPlanOnPublish: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  const status = doc._status ?? data?._status
  if (status !== 'published' || isScheduledRun() || isTakingBack(req.context)) return doc
  const by = req.user?.collection === 'users' ? String(req.user.id) : null
  const { clock } = depsOf(req.payload)
  await planBookOf(req).cancelOf({ articleId: String(doc.id), action: 'publish', by, now: clock.now() })
  return doc
}

/** The plans of an article that is deleted for good go with it; on SQLite they have gone with its row. */
export const forgetPlans: CollectionAfterDeleteHook = async ({ id, req }) => {
  await planBookOf(req).forget(String(id))
}
