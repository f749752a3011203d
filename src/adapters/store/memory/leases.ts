import type { Store } from '../../../newsletter/ports.ts'
import { NO_LEASE, type Rows } from './rows.ts'

export const leaseOperations = ({
  campaigns,
  batches,
  transactionalMails,
}: Rows): Pick<Store, 'renewLeases' | 'giveBack'> => {
  const heldBy = (tokens: readonly string[]) =>
    [...campaigns, ...batches, ...transactionalMails].filter(
      ({ leaseToken }) => leaseToken !== null && tokens.includes(leaseToken),
    )
  return {
    async renewLeases({ tokens, now, leaseMs }) {
      const leaseUntil = new Date(now.getTime() + leaseMs)
      for (const row of heldBy(tokens)) Object.assign(row, { leaseUntil })
    },

    async giveBack({ tokens }) {
      for (const row of heldBy(tokens)) Object.assign(row, NO_LEASE)
    },
  }
}
