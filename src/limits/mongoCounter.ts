import type { Db } from 'mongodb'
import { RateLimiterMongo } from 'rate-limiter-flexible'
import { countWith, LIMITER_OPTIONS } from './countWith.ts'
import type { Counter } from './ports.ts'

/** On Payload's collection, whose unique index on `key` Payload makes. The library keeps `expire` as a date here. */
export const mongoCounter = (db: Db): Counter => ({
  ...countWith(
    new RateLimiterMongo({
      ...LIMITER_OPTIONS,
      storeClient: db,
      tableName: 'rate-limits',
      disableIndexesCreation: true,
    }),
  ),
  clearExpired: async (now) => {
    await db.collection('rate-limits').deleteMany({ expire: { $lte: now } })
  },
})
