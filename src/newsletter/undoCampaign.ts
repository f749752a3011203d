import type { Id, UndoneCampaign } from './model.ts'
import type { Flow } from './ports.ts'

type Undoing<Content> = Pick<Flow<Content>, 'store' | 'articles' | 'clock' | 'log'>

/**
 * Undoes a mailing in its hold. First the campaign, in one conditional write: from then on nobody is mailed. Then its article
 * goes back to what it was; when that fails, or a crash comes between, `takeBackUndone` repeats it.
 * @param input.by who undoes it: the id of a user.
 * @returns false when the hold has ended: then nothing has changed.
 */
export async function undoCampaign<Content>(
  flow: Undoing<Content>,
  { id, by, byName = null }: { id: Id; by: Id; byName?: string | null },
): Promise<boolean> {
  if (!(await flow.store.undoCampaign({ id, by, byName, now: flow.clock.now() }))) return false
  flow.log('campaign.undone', { campaign: id })
  // Its own alone: another that is stuck is for the worker to wait for, and not for this editor.
  for (const undone of await flow.store.findUndone()) if (undone.id === id) await takeBackOne(flow, undone)
  return true
}

/**
 * Takes the articles of undone campaigns back. One that fails keeps no other waiting, and is found again.
 * @returns whether one is back that was not before.
 */
export async function takeBackUndone<Content>(flow: Undoing<Content>): Promise<boolean> {
  let isBack = false
  for (const undone of await flow.store.findUndone()) isBack = (await takeBackOne(flow, undone)) || isBack
  return isBack
}

async function takeBackOne<Content>(
  { articles, log }: Undoing<Content>,
  undone: UndoneCampaign,
): Promise<boolean> {
  const { id, articleId } = undone
  try {
    await articles.takeBack(undone)
    log('article.taken_back', { article: articleId, campaign: id })
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log('article.not_taken_back', { article: articleId, campaign: id, error: reason })
    return false
  }
}
