import type { Db } from 'mongodb'

/** What the flow keeps, in an order of its own. */
const ORDERS = {
  campaigns: { _id: 1 },
  batches: { campaign: 1, snapshot: 1, number: 1 },
  deliveries: { campaign: 1, snapshot: 1, batchNumber: 1, position: 1 },
  'transactional-mails': { idempotencyKey: 1 },
  workers: { worker: 1 },
  'call-rates': { mailer: 1 },
} as const

/** When Payload wrote it, which is another time in each run. */
const STAMPS = ['createdAt', 'updatedAt']

/**
 * Everything that the flow keeps in a database, comparable with that of another run: ids are numbered as they come.
 * @param except fields that are left out.
 */
export async function readDocuments(db: Db, except: readonly string[] = []): Promise<unknown> {
  const collections = await Promise.all(
    Object.entries(ORDERS).map(async ([name, order]) => [
      name,
      await db.collection(name).find().sort(order).toArray(),
    ]),
  )
  const left = [...STAMPS, ...except]
  return numberIds(
    JSON.stringify(Object.fromEntries(collections), (key, value: unknown) =>
      left.includes(key) ? undefined : value,
    ),
  )
}

/** The same text as a value, with `id-1` for the first id in it, `id-2` for the next. */
export function numberIds(json: string): unknown {
  const numbers = new Map<string, number>()
  const numbered = json.replace(/[0-9a-f]{24}/g, (id) => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return `id-${number}`
  })
  return JSON.parse(numbered)
}
