import { createClient } from '@libsql/client'
import type { Env } from '../src/env.ts'
import { seedArticles } from './seedArticles.ts'

const TOPICS = 5
const AUTHORS = 2

/**
 * Writes many published articles of about 500 words on SQLite, each with five topics and two authors: one of them as
 * Payload does, the others as copies of its rows, which takes seconds. One in a hundred is a draft.
 * @param asked.count at least 10.
 */
export async function seedManyArticles({ env, count }: { env: Env; count: number }): Promise<void> {
  await seedArticles({ env, count: TOPICS })
  const client = createClient({ url: env.database.url })
  try {
    for (const statement of copies({ from: TOPICS + 1, to: count })) await client.execute(statement)
    await client.execute('ANALYZE')
  } finally {
    client.close()
  }
}

function copies({ from, to }: { from: number; to: number }): string[] {
  const numbers = `WITH RECURSIVE numbers(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${to})`
  const time = `strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n * 600, 'unixepoch')`
  return [
    `${numbers} INSERT INTO articles (id, newsletter_send, slug, published_at, updated_at, created_at, _status)
     SELECT n, 0, 'artikel-' || n, ${time}, ${time}, ${time}, iif(n % 100 = 0, 'draft', 'published') FROM numbers`,
    `${numbers} INSERT INTO articles_locales (title, excerpt, content, _locale, _parent_id)
     SELECT 'Artikel nummer ' || n, excerpt || n, content, 'sv', n
     FROM numbers, (SELECT excerpt, content FROM articles_locales WHERE _parent_id = 1 AND _locale = 'sv')`,
    `DELETE FROM articles_rels`,
    ...[...Array(TOPICS).keys()].map((order) => relation({ name: 'topics', order, of: TOPICS })),
    ...[...Array(AUTHORS).keys()].map((order) => relation({ name: 'authors', order, of: AUTHORS })),
  ]
}

const relation = ({ name, order, of }: { name: 'topics' | 'authors'; order: number; of: number }): string =>
  `INSERT INTO articles_rels ("order", parent_id, path, ${name}_id)
   SELECT ${order + 1}, id, '${name}', (id + ${order}) % ${of} + 1 FROM articles`
