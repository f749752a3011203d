import { ObjectId, type Db, type Filter } from 'mongodb'
import type { TimelineRow } from '../../people/model.ts'
import type { TimelineSource } from '../../people/ports.ts'
import { continuation } from '../../people/readTimeline.ts'
import { collectionsOf, type CampaignDocument, type DeliveryDocument } from '../store/mongo/collections.ts'
import { inChunks } from '../store/mongo/values.ts'

/** Campaigns per question. */
const CHUNK = 100

type OpenCampaign = Pick<CampaignDocument, '_id'> & {
  createdAt: Date
  snapshot: string
  subject?: string | null
}

/**
 * The newsletters to a person on MongoDB: each at the time when its campaign was made. By the campaigns, the newest first, since
 * only their index leads to the delivery of one person; no further than the page needs.
 */
export const mongoNewsletters = (db: Db): TimelineSource => {
  const { campaigns, deliveries } = collectionsOf(db)
  return async ({ person, after, limit }) => {
    const opened = campaigns
      .find<OpenCampaign>(
        {
          $and: [
            { snapshot: { $type: 'string' } },
            onPage(after && continuation({ source: 'deliveries', after })),
          ],
        },
        { projection: { subject: 1, snapshot: 1, createdAt: 1 }, batchSize: CHUNK },
      )
      .sort({ createdAt: -1, _id: -1 })
    const rows: TimelineRow[] = []
    for await (const chunk of inChunks(opened, CHUNK)) {
      const theirs = await deliveries
        .find({
          $or: chunk.map(({ _id, snapshot }) => ({ campaign: _id, snapshot, subscriberRef: person.id })),
        })
        .toArray()
      const byCampaign = new Map(theirs.map((delivery) => [delivery.campaign.toHexString(), delivery]))
      for (const campaign of chunk) {
        const delivery = byCampaign.get(campaign._id.toHexString())
        if (delivery && rows.length < limit) rows.push(toRow(campaign, delivery))
      }
      if (rows.length === limit) break
    }
    return rows
  }
}

function onPage(from: ReturnType<typeof continuation> | null): Filter<CampaignDocument> {
  if (!from) return {}
  const { before, ofMoment } = from
  if (ofMoment === 'all') return { createdAt: { $lte: before } }
  if (ofMoment === 'none') return { createdAt: { $lt: before } }
  const belowId = { createdAt: before, _id: { $lt: new ObjectId(ofMoment.belowId) } }
  return { $or: [{ createdAt: { $lt: before } }, belowId] }
}

const toRow = (
  { _id, subject, createdAt }: OpenCampaign,
  { status, reason, settledAt, ...facts }: DeliveryDocument,
): TimelineRow => ({
  place: { at: createdAt, source: 'deliveries', id: _id.toHexString() },
  what: 'newsletter',
  campaignId: _id.toHexString(),
  subject: subject ?? null,
  fate: {
    status,
    reason: reason ?? null,
    settledAt: iso(settledAt),
    deliveredAt: iso(facts.deliveredAt),
    bouncedAt: iso(facts.bouncedAt),
    complainedAt: iso(facts.complainedAt),
    failedAt: iso(facts.failedAt),
  },
})

const iso = (time: Date | null | undefined): string | null => time?.toISOString() ?? null
