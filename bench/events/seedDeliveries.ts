import type { Config } from 'payload'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { sqliteOf } from '../../src/deps.ts'
import { readEnv } from '../../src/env.ts'
import { longContent } from '../send/article.ts'

/** Whom the delivery of this id went to, on a fresh database. */
export const emailOf = (id: string): string => `reader-${id.padStart(6, '0')}@example.com`

/** A campaign whose mails were submitted to so many subscribers, on a fresh SQLite file; the ids of the deliveries. */
export async function seedDeliveries({
  environment,
  count,
}: {
  environment: Record<string, string>
  count: number
}): Promise<string[]> {
  const logger: Config['logger'] = { options: { level: 'error' }, destination: process.stderr }
  const config = Object.assign({}, await configFor(readEnv(environment)), { logger })
  const payload = await boot(config, { key: 'bench events' })
  const { id: article } = await payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    data: {
      ...{ title: 'Ett brev', slug: 'ett-brev', content: longContent(), _status: 'published' as const },
      newsletter: { send: false },
    },
  })
  const now = new Date().toISOString()
  const { id: campaign } = await payload.create({
    collection: 'campaigns',
    depth: 0,
    data: {
      ...{ article, edition: 1, audience: 'everybody', status: 'submitted', snapshot: 'bench' },
      ...{ dueAt: now, startedAt: now, finishedAt: now },
    },
  })
  const client = sqliteOf(payload)
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)`
  await client.execute({
    sql: `INSERT INTO subscribers (email, locale, status) ${numbers}
          SELECT printf('reader-%06d@example.com', i), 'sv', 'active' FROM n`,
    args: [count],
  })
  const { rows } = await client.execute({
    sql: `INSERT INTO deliveries (campaign_id, subscriber_id, subscriber_ref, email, locale, status, snapshot,
            batch_number, position)
          SELECT ?1, id, cast(id AS text), email, 'sv', 'submitted', 'bench', id / 100, id % 100 FROM subscribers
          RETURNING id`,
    args: [campaign],
  })
  await payload.destroy()
  return rows.map(({ id }) => String(id))
}
