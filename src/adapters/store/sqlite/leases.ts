import type { Client, InValue } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { later, NO_LEASE, placesFor } from './values.ts'

const LEASED = ['campaigns', 'batches', 'transactional_mails']

export const leaseOperations = (client: Client): Pick<Store, 'renewLeases' | 'giveBack'> => {
  const setLeases = async ({
    set,
    args,
    tokens,
  }: {
    set: string
    args: InValue[]
    tokens: readonly string[]
  }) => {
    if (tokens.length === 0) return
    const statements = LEASED.map((table) => ({
      sql: `UPDATE ${table} SET ${set} WHERE lease_token IN (${placesFor(tokens)})`,
      args: [...args, ...tokens],
    }))
    await client.batch(statements, 'write')
  }
  return {
    renewLeases: ({ tokens, now, leaseMs }) =>
      setLeases({ set: 'lease_until = ?', args: [later(now, leaseMs)], tokens }),

    giveBack: ({ tokens }) => setLeases({ set: NO_LEASE, args: [], tokens }),
  }
}
