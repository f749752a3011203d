import { ObjectId } from 'mongodb'
import type { Id } from '../../../src/newsletter/model.ts'
import { newLinkKey } from '../../../src/newsletter/rules/readerToken.ts'
import type { TestDatabase } from '../databases.ts'
import { readerEmail } from './storeRig.ts'

const SLUGS = [
  'deliveries',
  'batches',
  'campaigns',
  'plans',
  'reviews',
  'articles',
  'subscribers',
  'topics',
  'transactional-mails',
  'suppressions',
  'waiting-events',
  'workers',
  'call-rates',
] as const

/** Everything that the flow's tests make; faster than by way of Payload, which reads each row first. */
export async function removeAllRows({ payload, env }: TestDatabase): Promise<void> {
  if (env.database.kind === 'sqlite')
    await payload.db.drizzle.$client.batch(
      SLUGS.map((slug) => `DELETE FROM ${slug.replace('-', '_')}`),
      'write',
    )
  else await Promise.all(SLUGS.map((slug) => payload.db.connection.collection(slug).deleteMany({})))
}

/** Many subscribers as Payload writes them, in one statement. */
export async function insertSubscribers({ payload, env }: TestDatabase, count: number): Promise<void> {
  if (env.database.kind === 'sqlite')
    await payload.db.drizzle.$client.execute({
      sql: `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
            INSERT INTO subscribers (email, locale, status, link_key)
            SELECT printf('reader-%05d@example.com', i), 'sv', 'active', lower(hex(randomblob(12))) FROM n`,
      args: [count],
    })
  else
    await payload.db.connection.collection('subscribers').insertMany(
      Array.from({ length: count }, (_, number) => ({
        email: readerEmail(number),
        locale: 'sv',
        status: 'active',
        topics: [],
        linkKey: newLinkKey(),
      })),
    )
}

/** To whom the deliveries of a campaign go, in the order of their mails. */
export async function readAddressees({ payload, env }: TestDatabase, campaignId: Id) {
  const rows =
    env.database.kind === 'sqlite'
      ? (
          await payload.db.drizzle.$client.execute({
            sql: 'SELECT email, batch_number AS batchNumber, position FROM deliveries WHERE campaign_id = ? ORDER BY batch_number, position',
            args: [Number(campaignId)],
          })
        ).rows
      : await payload.db.connection
          .collection('deliveries')
          .find({ campaign: new ObjectId(campaignId) })
          .sort({ batchNumber: 1, position: 1 })
          .toArray()
  return rows.map(({ email, batchNumber, position }) => ({
    email: String(email),
    batchNumber: Number(batchNumber),
    position: Number(position),
  }))
}
