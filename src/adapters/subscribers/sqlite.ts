import type { Client } from '@libsql/client'
import type { SubscriberList } from '../../subscribers/ports.ts'

/** The list of subscribers on SQLite: rows as Payload writes them, many per statement. */
export const sqliteSubscriberList = (client: Client): SubscriberList => ({
  async readTopics() {
    const { rows } = await client.execute('SELECT id, slug FROM topics')
    return new Map(rows.map(({ id, slug }) => [String(slug), String(id)]))
  },

  async addNew({ subscribers, now }) {
    const people = JSON.stringify(subscribers)
    const createdAt = now.toISOString()
    const { rows } = await client.execute('SELECT coalesce(max(id), 0) AS last FROM subscribers')
    const lastBefore = Number(rows[0]?.last ?? 0)
    const [inserted] = await client.batch(
      [
        { sql: INSERT_PEOPLE, args: { people, createdAt } },
        { sql: INSERT_TOPICS, args: { people, createdAt, lastBefore } },
      ],
      'write',
    )
    const isNew = new Set(inserted?.rows.map(({ email }) => String(email)))
    const there = subscribers.map(({ email }) => email).filter((email) => !isNew.has(email))
    return there.length > 0 ? findCreated({ client, emails: there }) : []
  },
})

const INSERT_PEOPLE = `
  INSERT INTO subscribers (email, name, locale, status, consent_source, consent_at, updated_at, created_at)
  SELECT value ->> 'email', value ->> 'name', value ->> 'locale', 'active', value ->> 'consentSource',
         :createdAt, :createdAt, :createdAt
  FROM json_each(:people) WHERE true
  ON CONFLICT (email) DO NOTHING
  RETURNING email`

/**
 * Only for those whom the statement before has added. CROSS JOIN keeps SQLite to this order: left to itself it goes
 * through everybody with this time of creation, which is the whole import so far.
 */
const INSERT_TOPICS = `
  INSERT INTO subscribers_rels ("order", parent_id, path, topics_id)
  SELECT topic.key + 1, subscribers.id, 'topics', CAST(topic.value AS INTEGER)
  FROM json_each(:people) AS person
  CROSS JOIN subscribers ON subscribers.email = person.value ->> 'email'
  CROSS JOIN json_each(person.value, '$.topicIds') AS topic
  WHERE subscribers.id > :lastBefore AND subscribers.created_at = :createdAt
  ORDER BY subscribers.id, topic.key`

async function findCreated({ client, emails }: { client: Client; emails: string[] }) {
  const { rows } = await client.execute({
    sql: `SELECT email, created_at FROM subscribers WHERE email IN (SELECT value FROM json_each(?))`,
    args: [JSON.stringify(emails)],
  })
  return rows.map(({ email, created_at }) => ({
    email: String(email),
    createdAt: new Date(String(created_at)),
  }))
}
