import type { BaseDatabaseAdapter, DatabaseAdapterObj, PayloadRequest } from 'payload'
import { refuseField } from '../../refusals/refusal.ts'
import { hasTransaction } from '../../saving/hasTransaction.ts'
import { findFreeSlug, SLUGGED, type Slugged } from '../../slugs/findFreeSlug.ts'
import { baseOf, noteMadeSlug } from '../../slugs/madeSlugs.ts'

const TRIES = 50

interface Write {
  collection: string
  data: Record<string, unknown>
  id?: string | number | undefined
  req?: Partial<PayloadRequest> | undefined
}

/**
 * Two documents that get the same slug at one moment: the unique index lets one in, and the other is written again with
 * the next free number when the program made its slug. A slug that a person wrote is refused.
 * Not within a transaction of MongoDB, which has ended with the error: that save is refused, and the next one succeeds.
 */
export const withFreeSlugs = <Adapter extends BaseDatabaseAdapter>(
  inner: DatabaseAdapterObj<Adapter>,
): DatabaseAdapterObj<Adapter> => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const { create, updateOne } = adapter
    const db: BaseDatabaseAdapter = adapter
    db.create = (input) => untilFree({ adapter, input, write: (next) => create.call(adapter, next) })
    db.updateOne = (input) => untilFree({ adapter, input, write: (next) => updateOne.call(adapter, next) })
    return adapter
  },
})

async function untilFree<Input extends Write, Result>({
  adapter,
  input,
  write,
}: {
  adapter: BaseDatabaseAdapter
  input: Input
  write: (input: Input) => Promise<Result>
}): Promise<Result> {
  let next = input
  for (let tried = 1; ; tried += 1) {
    try {
      return await write(next)
    } catch (error) {
      const { collection, data, req } = next
      if (!isSlugged(collection) || !isSlugTaken(error) || typeof data.slug !== 'string' || !req) throw error
      const whole = req as PayloadRequest
      const base = baseOf({ req: whole, slug: data.slug })
      const isAborted = await hasTransaction({ db: adapter, req: whole })
      if (base === undefined || isAborted || tried === TRIES)
        throw takenNow({ req: whole, collection, slug: data.slug })
      const slug = await findFreeSlug({ payload: adapter.payload, collection, id: next.id, base })
      noteMadeSlug({ req: whole, slug, base })
      next = { ...next, data: { ...data, slug } }
    }
  }
}

const isSlugged = (collection: string): collection is Slugged =>
  SLUGGED.some((slugged) => slugged === collection)

/** Both adapters make a list of fields of a duplicate; the build renames its class. */
function isSlugTaken(error: unknown): boolean {
  const data = typeof error === 'object' && error && 'data' in error ? error.data : null
  const errors = typeof data === 'object' && data && 'errors' in data ? data.errors : null
  return (
    Array.isArray(errors) &&
    errors.some(
      (field: unknown) => typeof field === 'object' && field && 'path' in field && field.path === 'slug',
    )
  )
}

const takenNow = ({ req, collection, slug }: { req: PayloadRequest; collection: string; slug: string }) =>
  refuseField({
    req,
    code: 'slug_taken_now',
    collection,
    path: 'slug',
    text: {
      en: `The slug “${slug}” was taken at this very moment. Save again, or write another one.`,
      sv: `Sluggen ”${slug}” togs i samma ögonblick. Spara igen, eller skriv en annan.`,
    },
  })
