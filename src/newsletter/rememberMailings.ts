import type { Id, Mailing } from './model.ts'
import type { Store } from './ports.ts'

/** How many campaigns are mailed side by side before one is read twice. */
const REMEMBERED = 4

/**
 * The same store; the mailing of a campaign of which batches are sent is read once and not for every batch: it never
 * changes once the campaign has opened.
 */
export function rememberMailings(store: Store): Store {
  const known = new Map<Id, Promise<Mailing>>()
  const readMailing: Store['readMailing'] = (campaignId) => {
    const mailing = known.get(campaignId) ?? store.readMailing(campaignId)
    // A failed read is not remembered; what was used last is forgotten last.
    known.delete(campaignId)
    known.set(campaignId, mailing)
    mailing.catch(() => known.delete(campaignId))
    for (const oldest of known.keys()) if (known.size > REMEMBERED) known.delete(oldest)
    return mailing
  }
  return { ...store, readMailing }
}
