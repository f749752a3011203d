import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@libsql/client'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { BATCH_MOVES, CAMPAIGN_MOVES, DELIVERY_MOVES } from '../../src/newsletter/rules/transitions.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { createArticle } from '../support/siteContent.ts'

const MACHINES: { table: string; noun: string; moves: Record<string, readonly string[]> }[] = [
  { table: 'campaigns', noun: 'a campaign', moves: CAMPAIGN_MOVES },
  { table: 'batches', noun: 'a batch', moves: BATCH_MOVES },
  { table: 'deliveries', noun: 'a delivery', moves: DELIVERY_MOVES },
]

/** How a row of a campaign's parts is written. */
const PARTS: Record<string, string> = {
  batches: `INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, due_at)
            VALUES (1, 's', 0, ?, 'k', 0, '2026')`,
  deliveries: `INSERT INTO deliveries
                 (campaign_id, snapshot, subscriber_ref, email, locale, status, batch_number, position)
               VALUES (1, 's', '1', 'a@example.com', 'sv', ?, 0, 0)`,
}

describe.each(testDatabases().filter(({ name }) => name === 'SQLite'))('the guards of $name', ({ open }) => {
  let database: TestDatabase
  let client: Client
  let article: number
  beforeAll(async () => {
    database = await open()
    client = database.payload.db.drizzle.$client
    article = Number((await createArticle(database.payload)).id)
  })
  afterAll(() => database.close())

  /** One row of the table with that status, and no other. */
  const seed = async (table: string, status: string) => {
    for (const name of ['deliveries', 'batches', 'campaigns']) await client.execute(`DELETE FROM ${name}`)
    const campaign = table === 'campaigns' ? status : 'submitting'
    await client.execute({
      sql: "INSERT INTO campaigns (id, article_id, status, due_at) VALUES (1, ?, ?, '2026')",
      args: [article, campaign],
    })
    const statement = PARTS[table]
    if (statement) await client.execute({ sql: statement, args: [status] })
  }
  const move = ({ table, to }: { table: string; to: string }) =>
    client.execute(`UPDATE ${table} SET status = '${to}'`).then(
      () => 'moved',
      (error: Error) => error.message,
    )

  describe.each(MACHINES)('$table', ({ table, noun, moves }) => {
    it.each(Object.keys(moves))(
      'let %s move where rules/transitions says, and nowhere else',
      async (from) => {
        const seen: Record<string, string> = {}
        for (const to of Object.keys(moves)) {
          await seed(table, from)
          seen[to] = await move({ table, to })
        }
        expect(seen).toEqual(
          Object.fromEntries(
            Object.keys(moves).map((to) => [
              to,
              to === from || (moves[from]?.includes(to) && !(table === 'campaigns' && from === 'cancelled'))
                ? 'moved'
                : `SQLITE_CONSTRAINT_TRIGGER: ${noun} cannot move from ${from} to ${to}`,
            ]),
          ),
        )
      },
    )

    if (table === 'campaigns')
      it('let one that was cancelled begin anew only when it was undone', async () => {
        const seen: Record<string, string> = {}
        for (const to of Object.keys(moves)) {
          await seed(table, 'cancelled')
          await client.execute("UPDATE campaigns SET undone_at = '2026'")
          seen[to] = await move({ table, to })
        }
        const moved = Object.keys(seen).filter((to) => seen[to] === 'moved')
        expect(moved.toSorted()).toEqual(['cancelled', 'holding', 'scheduled'])
      })

    it('know no other status', async () => {
      const [first = ''] = Object.keys(moves)
      await seed(table, first)
      const refused = `SQLITE_CONSTRAINT_TRIGGER: ${noun} has no such status`
      expect(await move({ table, to: 'sent' })).toBe(refused)
      await expect(seed(table, 'sent')).rejects.toThrow(refused)
    })
  })

  it('are there again after a migration has made the table anew', async () => {
    await seed('batches', 'pending')
    await client.executeMultiple(`
      CREATE TABLE __new_batches AS SELECT * FROM batches;
      DROP TABLE batches;
      ALTER TABLE __new_batches RENAME TO batches;`)
    const unguarded = await move({ table: 'batches', to: 'sent' })
    await move({ table: 'batches', to: 'pending' })
    const again = await boot(configFor(database.env), { key: 'again' })
    await again.destroy()
    expect([unguarded, await move({ table: 'batches', to: 'sent' })]).toEqual([
      'moved',
      'SQLITE_CONSTRAINT_TRIGGER: a batch has no such status',
    ])
  })
})
