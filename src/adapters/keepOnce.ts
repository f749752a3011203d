import type { BasePayload } from 'payload'

/**
 * Keeps a value in Payload's key-value store unless there is one: of several processes the first one counts, by the unique
 * index on the key. (`payload.kv.set` would write over it.)
 * @throws what the database throws for any other reason.
 */
export async function keepOnce({
  payload,
  key,
  value,
}: {
  payload: BasePayload
  key: string
  value: object
}): Promise<void> {
  try {
    await payload.db.create({ collection: 'payload-kv', data: { key, data: value }, req: {} })
  } catch (error) {
    if (!(await payload.kv.has(key))) throw error
  }
}
