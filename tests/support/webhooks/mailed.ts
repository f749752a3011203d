import { randomUUID } from 'node:crypto'
import { ObjectId } from 'mongodb'
import type { Payload } from 'payload'
import type { Campaign, Subscriber } from '../../../src/payload-types.ts'
import type { TestDatabase } from '../databases.ts'
import { createArticle } from '../siteContent.ts'

type RowId = Campaign['id']

const MAILED_AT = '2026-11-02T08:00:00.000Z'

/** A campaign whose mails were submitted, with the deliveries by address. */
export async function mailedCampaign(
  payload: Payload,
  {
    title,
    readers,
    status = 'submitted',
  }: { title: string; readers: readonly Pick<Subscriber, 'id' | 'email'>[]; status?: Campaign['status'] },
): Promise<{ id: RowId; deliveries: Map<string, RowId> }> {
  const article = await createArticle(payload, { title })
  const { id } = await payload.create({
    collection: 'campaigns',
    depth: 0,
    data: {
      ...{ article: article.id, edition: 1, audience: 'everybody', status, snapshot: 'worker' },
      ...{ dueAt: MAILED_AT, startedAt: MAILED_AT },
      ...(status === 'submitted' && { finishedAt: MAILED_AT }),
    },
  })
  const deliveries = new Map<string, RowId>()
  for (const [position, { id: subscriber, email }] of readers.entries()) {
    const delivery = await payload.create({
      collection: 'deliveries',
      depth: 0,
      data: {
        ...{ campaign: id, subscriber, subscriberRef: String(subscriber), email, locale: 'sv' as const },
        ...{ status: 'submitted' as const, snapshot: 'worker', batchNumber: 0, position },
      },
    })
    deliveries.set(email, delivery.id)
  }
  return { id, deliveries }
}

/** Mails of a campaign that are submitted and of which nothing is told; in one statement. */
export async function submitUntold({
  database: { payload, env },
  campaign,
  count,
}: {
  database: TestDatabase
  campaign: RowId
  count: number
}): Promise<void> {
  const name = randomUUID()
  if (env.database.kind === 'sqlite')
    await payload.db.drizzle.$client.execute({
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO deliveries (campaign_id, subscriber_ref, email, locale, status, snapshot, batch_number, position)
            SELECT ?2, ?3 || i, 'more@example.com', 'sv', 'submitted', 'worker', 1, i FROM n`,
      args: [count, campaign, name],
    })
  else
    await payload.db.connection.collection('deliveries').insertMany(
      Array.from({ length: count }, (_, position) => ({
        ...{
          campaign: new ObjectId(String(campaign)),
          subscriber: null,
          subscriberRef: `${name}${position}`,
        },
        ...{ email: 'more@example.com', locale: 'sv', status: 'submitted', snapshot: 'worker' },
        ...{ batchNumber: 1, position },
      })),
    )
}

/** What provider events may change, whole; ids are left out, times are kept. */
export async function toldState(payload: Payload) {
  const all = { depth: 0, pagination: false } as const
  const [campaigns, deliveries, suppressions, subscribers] = await Promise.all([
    payload.find({ collection: 'campaigns', sort: 'createdAt', ...all }),
    payload.find({ collection: 'deliveries', sort: 'id', ...all }),
    payload.find({ collection: 'suppressions', sort: 'email', ...all }),
    payload.find({ collection: 'subscribers', sort: 'email', ...all }),
  ])
  return {
    campaigns: campaigns.docs.map(({ status, counts, firstEventAt, problem }) => ({
      ...{ status, problem: problem?.code ?? null, firstEventAt: firstEventAt ?? null },
      ...{ delivered: counts?.delivered, bounced: counts?.bounced, complained: counts?.complained },
    })),
    deliveries: deliveries.docs.map((delivery) => ({
      email: delivery.email,
      delivered: delivery.deliveredAt ?? null,
      delayed: delivery.delayedAt ?? null,
      bounced: delivery.bouncedAt ?? null,
      complained: delivery.complainedAt ?? null,
      failed: delivery.failedAt ?? null,
    })),
    suppressions: suppressions.docs.map((row) => ({
      ...{ email: row.email, reason: row.reason, detail: row.detail ?? null },
      ...{ suppressedAt: row.suppressedAt, liftedAt: row.liftedAt ?? null, madeBy: row.madeBy ?? null },
      ...{ statusBefore: row.statusBefore ?? null, toTellProvider: row.toTellProvider ?? null },
    })),
    subscribers: subscribers.docs.map(({ email, status, unsubscribedAt }) => ({
      ...{ email, status, unsubscribedAt: unsubscribedAt ?? null },
    })),
  }
}
