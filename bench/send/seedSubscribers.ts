import type { Payload } from 'payload'
import type { DatabaseName } from './databases.ts'

const PER_WRITE = 10_000
const SINCE = new Date('2026-01-01T08:00:00.000Z')

/** Active subscribers as an import writes them, every tenth reads English; many in one statement. */
export async function seedSubscribers({
  payload,
  database,
  count,
}: {
  payload: Payload
  database: DatabaseName
  count: number
}): Promise<void> {
  if (database === 'sqlite') await seedSqlite({ payload, count })
  else await seedMongo({ payload, count })
}

async function seedSqlite({ payload, count }: { payload: Payload; count: number }): Promise<void> {
  for (let first = 0; first < count; first += PER_WRITE)
    await payload.db.drizzle.$client.execute({
      sql: `WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
            INSERT INTO subscribers (email, name, locale, status, consent_source, consent_at)
            SELECT printf('lasare-%07d@example.com', i), 'Åsa Läsare ' || i, iif(i % 10 = 9, 'en', 'sv'), 'active', 'bench', ? FROM n`,
      args: [first, Math.min(count, first + PER_WRITE), SINCE.toISOString()],
    })
}

async function seedMongo({ payload, count }: { payload: Payload; count: number }): Promise<void> {
  const subscribers = payload.db.connection.collection('subscribers')
  for (let first = 0; first < count; first += PER_WRITE) {
    const numbers = Array.from({ length: Math.min(PER_WRITE, count - first) }, (_, index) => first + index)
    await subscribers.insertMany(
      numbers.map((number) => ({
        email: `lasare-${String(number).padStart(7, '0')}@example.com`,
        name: `Åsa Läsare ${number}`,
        locale: number % 10 === 9 ? 'en' : 'sv',
        status: 'active',
        topics: [],
        consentSource: 'bench',
        consentAt: SINCE,
        createdAt: SINCE,
        updatedAt: SINCE,
      })),
    )
  }
}
