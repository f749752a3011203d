import type { Store } from '../../../newsletter/ports.ts'
import type { Collections } from './collections.ts'
import { later, NO_LEASE } from './values.ts'

/** A row that has moved on has no token any more, so that the token alone says what is held. */
export const leaseOperations = ({
  campaigns,
  batches,
  transactionalMails,
}: Pick<Collections, 'campaigns' | 'batches' | 'transactionalMails'>): Pick<
  Store,
  'renewLeases' | 'giveBack'
> => {
  const setLeases = async (
    tokens: readonly string[],
    change: { leaseUntil: Date } | { leaseToken: null; leaseUntil: null },
  ) => {
    if (tokens.length === 0) return
    const held = { leaseToken: { $in: [...tokens] } }
    await Promise.all([
      campaigns.updateMany(held, { $set: change }),
      batches.updateMany(held, { $set: change }),
      transactionalMails.updateMany(held, { $set: change }),
    ])
  }
  return {
    renewLeases: ({ tokens, now, leaseMs }) => setLeases(tokens, { leaseUntil: later(now, leaseMs) }),
    giveBack: ({ tokens }) => setLeases(tokens, NO_LEASE),
  }
}
