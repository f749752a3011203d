import { setTimeout as wait } from 'node:timers/promises'
import type { Article } from '../../src/payload-types.ts'
import type { MailingSite } from '../support/mailing/mailingSite.ts'

/** How far a campaign has come. */
export type Phase = 'preparing' | 'sending' | 'finishing' | 'over'

export interface CampaignWatch {
  phase: () => Phase
  /** How much of its batches is left: 1 before the first is settled, 0 after the last. */
  rest: () => number
  /** The lease of whoever prepares it, or was killed at it; null when nobody has begun. */
  lease: () => string | null
  /** Asks again and again until it is true; false when the watch was ended before. */
  until: (isIt: () => boolean) => Promise<boolean>
  end: () => Promise<void>
}

const LOOK_EVERY_MS = 25
/** While it is prepared, and when the end is near: both pass fast. */
const LOOK_CLOSELY_MS = 2

/** Looks at a campaign's rows all the time, from outside. */
export async function watchCampaign({
  site,
  article,
}: {
  site: MailingSite
  article: Article['id']
}): Promise<CampaignWatch> {
  let seen = await look({ site, article })
  let most = 1
  let isEnded = false
  let failure: unknown = null
  const looking = (async () => {
    while (!isEnded) {
      await wait(seen.pending > 2 ? LOOK_EVERY_MS : LOOK_CLOSELY_MS)
      seen = await look({ site, article })
      most = Math.max(most, seen.pending)
    }
  })().catch((error: unknown) => {
    failure = error
  })
  return {
    phase: () => seen.phase,
    rest: () => (seen.phase === 'preparing' ? 1 : seen.pending / most),
    lease: () => seen.lease,
    until: async (isIt) => {
      while (!isEnded && !failure && !isIt()) await wait(LOOK_CLOSELY_MS)
      if (failure) throw failure
      return !isEnded
    },
    end: async () => {
      isEnded = true
      await looking
    },
  }
}

interface Seen {
  phase: Phase
  lease: string | null
  /** Batches. */
  pending: number
}

async function look({ site, article }: { site: MailingSite; article: Article['id'] }): Promise<Seen> {
  const { id, status, snapshot, leaseToken } = await site.campaignOf(article)
  const lease = leaseToken ?? null
  if (status === 'scheduled' || status === 'preparing') return { phase: 'preparing', lease, pending: 0 }
  if (status !== 'submitting') return { phase: 'over', lease, pending: 0 }
  const { totalDocs: pending } = await site.payload.db.count({
    collection: 'batches',
    where: { campaign: { equals: id }, snapshot: { equals: snapshot }, status: { equals: 'pending' } },
  })
  return { phase: pending > 0 ? 'sending' : 'finishing', lease, pending }
}
