import { createClient } from '@libsql/client'
import { toldOf } from './told.ts'

/** Puts COUNT events into the webhook queue of DATABASE_URL, as the endpoint does. */
const count = Number(process.env.COUNT)
const client = createClient({ url: process.env.DATABASE_URL ?? '' })
const now = new Date().toISOString()
const AT_ONCE = 1_000
for (let from = 0; from < count; from += AT_ONCE) {
  const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => toldOf(from + index))
  await client.execute({
    sql: `INSERT INTO waiting_events (event_id, body, received_at, due_at, tries)
          SELECT value ->> 'eventId', value ->> 'body', ?2, ?2, 0 FROM json_each(?1)`,
    args: [JSON.stringify(rows), now],
  })
}
client.close()
