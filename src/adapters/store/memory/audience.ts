import { randomUUID } from 'node:crypto'
import type { AudiencePart, DeliveryStatus, Edition, Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { isDrawn } from '../../../newsletter/rules/drawCanary.ts'
import {
  leaseFrom,
  NO_LEASE,
  UNSEALED,
  write,
  type BatchRow,
  type CampaignRow,
  type DeliveryRow,
  type Rows,
  type SubscriberRow,
} from './rows.ts'

export const audienceOperations = (
  rows: Rows,
): Pick<Store, 'snapshotAudience' | 'countAudience' | 'removeLeftovers'> => ({
  async snapshotAudience({
    campaignId,
    token,
    leaseMs,
    edition,
    topicIds,
    batchSize,
    part,
    firstBatch,
    clock,
  }) {
    const campaign = rows.campaigns.find(
      ({ id, leaseToken, status }) => id === campaignId && leaseToken === token && status === 'preparing',
    )
    const now = clock.now()
    if (!write(campaign, leaseFrom({ now, lease: { token, ms: leaseMs } }))) return null
    const audience = audienceIn(rows, { edition, topicIds, now }).filter(isInPart(part))
    const place = { campaignId, snapshot: token }
    rows.deliveries.push(
      ...audience.map((subscriber, index) => ({
        ...place,
        ...deliveryTo({ subscriber, index, batchSize, firstBatch }),
      })),
    )
    const count = Math.ceil(audience.length / batchSize)
    rows.batches.push(
      ...Array.from({ length: count }, (_, index) => ({
        ...place,
        ...newBatch({ ...place, number: firstBatch + index, now }),
      })),
    )
    return audience.length
  },

  async countAudience(query) {
    const counts = { sv: 0, en: 0 }
    for (const { locale } of audienceIn(rows, query)) counts[locale] += 1
    return counts
  },

  async removeLeftovers(campaignId) {
    const campaign = rows.campaigns.find(({ id }) => id === campaignId)
    if (!campaign || (campaign.snapshot === null && campaign.status !== 'cancelled')) return
    const isKept = (row: { campaignId: Id; snapshot: string }) =>
      row.campaignId !== campaignId || row.snapshot === campaign.snapshot
    rows.deliveries.splice(0, Infinity, ...rows.deliveries.filter(isKept))
    rows.batches.splice(0, Infinity, ...rows.batches.filter(isKept))
  },
})

const audienceIn = (
  rows: Rows,
  { edition, topicIds, now }: { edition: Edition; topicIds: Id[]; now: Date },
): SubscriberRow[] =>
  rows.subscribers.filter(
    (subscriber) =>
      isInAudience(subscriber, { topicIds, now }) && isForEdition(rows, { subscriber, edition }),
  )

function isForEdition(
  { campaigns, deliveries }: Rows,
  { subscriber, edition }: { subscriber: SubscriberRow; edition: Edition },
): boolean {
  const { number, audience, corrects } = edition
  if (audience === 'everybody') return true
  const earlier = campaigns.filter((row) => row.articleId === edition.articleId && row.edition < number)
  const isReached = (of: CampaignRow[], statuses: DeliveryStatus[]) =>
    of.some(({ id, snapshot }) =>
      deliveries.some(
        (row) =>
          row.campaignId === id &&
          row.snapshot === snapshot &&
          row.subscriberId === subscriber.id &&
          statuses.includes(row.status),
      ),
    )
  if (audience === 'correction')
    return isReached(
      earlier.filter((row) => row.edition === corrects),
      ['submitted'],
    )
  if (isReached(earlier, ['submitted', 'uncertain', 'pending'])) return false
  if (audience === 'topic') return true
  const first = earlier.find((row) => row.edition === 1)?.startedAt
  const hasJoined = Boolean(first && subscriber.joinedAt > first)
  return (audience === 'joined_since') === hasJoined
}

const isInPart =
  (part: AudiencePart | null) =>
  ({ linkKey }: SubscriberRow): boolean =>
    part === null || isDrawn(linkKey, part.draw) === (part.of === 'canary')

const isInAudience = (subscriber: SubscriberRow, { topicIds, now }: { topicIds: Id[]; now: Date }) =>
  subscriber.status === 'active' &&
  !isPaused(subscriber, now) &&
  (topicIds.length === 0 || subscriber.topicIds.some((topic) => topicIds.includes(topic)))

export const isPaused = ({ pausedUntil }: SubscriberRow, now: Date): boolean =>
  pausedUntil !== null && pausedUntil > now

const deliveryTo = ({
  subscriber,
  index,
  batchSize,
  firstBatch,
}: {
  subscriber: SubscriberRow
  index: number
  batchSize: number
  firstBatch: number
}): Omit<DeliveryRow, 'campaignId' | 'snapshot'> => ({
  id: randomUUID(),
  subscriberId: subscriber.id,
  linkKey: subscriber.linkKey,
  email: subscriber.email,
  name: subscriber.name,
  locale: subscriber.locale,
  status: 'pending',
  batchNumber: firstBatch + Math.floor(index / batchSize),
  position: index % batchSize,
  reason: null,
  detail: null,
  providerId: null,
  settledAt: null,
})

export const newBatch = ({
  campaignId,
  snapshot,
  number,
  now,
}: {
  campaignId: Id
  snapshot: string
  number: number
  now: Date
}): Omit<BatchRow, 'campaignId' | 'snapshot'> => ({
  id: randomUUID(),
  number,
  status: 'pending',
  idempotencyKey: `campaign-${campaignId}-${snapshot}-${number}`,
  attempts: 0,
  dueAt: now,
  round: 0,
  remails: null,
  postponedSince: null,
  settledAt: null,
  ...UNSEALED,
  ...NO_LEASE,
})
