import { AsyncLocalStorage } from 'node:async_hooks'
import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { BaseDatabaseAdapter, DatabaseAdapterObj, PayloadRequest } from 'payload'
import { isStaff } from '../../access/isStaff.ts'
import { refusal } from '../../refusals/refusal.ts'

/** How long MongoDB may work on one question of somebody who is not staff. */
const MOST_MS = 5_000

/** How long MongoDB may take for the read that is under way; nothing for reads that are not bounded. */
const bound = new AsyncLocalStorage<number>()

/** Payload asks for these with the request that wants them. */
const READS = ['find', 'findOne', 'count', 'findGlobal'] as const

interface Read {
  req?: Partial<PayloadRequest> | undefined
}

/**
 * What anybody may ask ends at the database after a time: `maxTimeMS` on each find, count and aggregation that one read
 * comes to (mongodb.com/docs/manual/reference/method/cursor.maxTimeMS). The caller gets 503. Reads of staff, of the
 * worker and of the program itself are not bounded.
 */
export const withBoundReads = (inner: DatabaseAdapterObj): DatabaseAdapterObj => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const reads = READS.map((name) => {
      const read: (input: never) => Promise<unknown> = adapter[name]
      return [name, (input: never) => boundRead({ input, read: () => read.call(adapter, input) })]
    })
    return Object.assign(adapter, Object.fromEntries(reads)) as BaseDatabaseAdapter
  },
})

/** Before the models are made, which take over what the connection has by then. */
export function timeQueries({ connection }: Pick<MongooseAdapter, 'connection'>): void {
  connection.plugin((schema) => {
    schema.pre(['find', 'findOne', 'countDocuments', 'estimatedDocumentCount'], function () {
      const most = bound.getStore()
      if (most !== undefined) void this.setOptions({ maxTimeMS: most })
    })
    schema.pre('aggregate', function () {
      const most = bound.getStore()
      if (most !== undefined) void this.option({ maxTimeMS: most })
    })
  })
}

async function boundRead<Result>({
  input: { req },
  read,
}: {
  input: Read
  read: () => Promise<Result>
}): Promise<Result> {
  if (!req || !isFromOutside(req)) return read()
  try {
    return await bound.run(MOST_MS, read)
  } catch (error) {
    if (!isOutOfTime(error)) throw error
    throw refusal({ req: req as PayloadRequest, code: 'took_too_long', status: 503, text: TOO_LONG })
  }
}

const isFromOutside = (req: Partial<PayloadRequest>): boolean =>
  req.payloadAPI !== undefined && req.payloadAPI !== 'local' && !isStaff({ req: req as PayloadRequest })

/** MaxTimeMSExpired. */
const isOutOfTime = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 50

const TOO_LONG = {
  sv: 'Frågan tog för lång tid för databasen. Fråga efter mindre: färre villkor, en mindre limit eller en annan sortering.',
  en: 'The question took the database too long. Ask for less: fewer conditions, a smaller limit or another sort.',
}
