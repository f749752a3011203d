import { createClient } from '@libsql/client'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import type { Env } from '../../src/env.ts'

const TOPICS = 5
const CAMPAIGNS = 200
/** One in so many moved in the last thirty days; the others did within the two years before. */
const RECENT = 20

/** Writes subscribers with a consent each, topics, and campaigns that have gone out, in sets. */
export async function seedDesk({ env, subscribers }: { env: Env; subscribers: number }): Promise<void> {
  const payload = await boot(configFor(env), { key: env.dataDir })
  for (const number of Array.from({ length: TOPICS }, (_, index) => index + 1))
    await payload.create({
      collection: 'topics',
      locale: 'sv',
      data: { name: `Ämne ${number}`, slug: `amne-${number}` },
    })
  await payload.destroy()
  const client = createClient({ url: env.database.url })
  try {
    for (const statement of statements(subscribers)) await client.execute(statement)
    await client.execute('ANALYZE')
  } finally {
    client.close()
  }
}

function statements(subscribers: number): string[] {
  const upTo = (count: number) =>
    `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`
  const ago = (seconds: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', unixepoch() - ${seconds}, 'unixepoch')`
  const day = 86_400
  const joined = ago(`iif(n % ${RECENT} = 0, n % (29 * ${day}), 31 * ${day} + n % (700 * ${day}))`)
  return [
    `${upTo(subscribers)} INSERT INTO subscribers (id, email, locale, status)
     SELECT n, printf('reader-%07d@example.com', n), iif(n % 10 = 0, 'en', 'sv'), iif(n % 50 = 0, 'unsubscribed', 'active') FROM numbers`,
    `${upTo(subscribers)} INSERT INTO subscribers_rels ("order", parent_id, path, topics_id)
     SELECT 1, n, 'topics', n % ${TOPICS} + 1 FROM numbers`,
    `${upTo(subscribers)} INSERT INTO consents (subscriber_id, kind, at, source, key)
     SELECT n, iif(n % 50 = 0, 'withdrawn', 'confirmed'), ${joined}, 'the bench', n FROM numbers`,
    `${upTo(CAMPAIGNS)} INSERT INTO articles (id, newsletter_send, slug, published_at, _status)
     SELECT n, 1, 'artikel-' || n, ${ago(`n * ${day}`)}, 'published' FROM numbers`,
    `${upTo(CAMPAIGNS)} INSERT INTO articles_locales (title, _locale, _parent_id) SELECT 'Artikel ' || n, 'sv', n FROM numbers`,
    `${upTo(CAMPAIGNS)} INSERT INTO campaigns (id, subject, article_id, status, due_at, started_at, finished_at, first_event_at,
       counts_recipients, counts_submitted, counts_delivered, counts_bounced)
     SELECT n, 'Artikel ' || n, n, 'submitted', ${ago(`n * ${day}`)}, ${ago(`n * ${day}`)}, ${ago(`n * ${day}`)}, ${ago(`n * ${day}`)},
       1000, 998, 980, 8 FROM numbers`,
  ]
}
