import {
  NO_COUNTS,
  type BatchRow,
  type CampaignRow,
  type DeliveryRow,
} from '../../../src/adapters/store/memory/rows.ts'
import type { Exclusion, Id, Mailing } from '../../../src/newsletter/model.ts'
import type { Batch, Campaign, Delivery } from '../../../src/payload-types.ts'

/** A campaign as Payload reads it; what a database leaves out and what it keeps as null are the same. */
export const toCampaignRow = (doc: Campaign): CampaignRow => ({
  id: String(doc.id),
  articleId: idOf(doc.article),
  status: doc.status,
  subject: doc.subject ?? null,
  topicIds: fromJson<Id[]>(doc.topicIds),
  mailing: fromJson<Mailing>(doc.mailing),
  snapshot: doc.snapshot ?? null,
  dueAt: new Date(doc.dueAt),
  problem: problemOf(doc),
  counts: Object.assign({ ...NO_COUNTS }, doc.counts),
  startedAt: dateOf(doc.startedAt),
  finishedAt: dateOf(doc.finishedAt),
  updatedAt: new Date(doc.updatedAt),
  ...leaseOf(doc),
})

export const toBatchRow = (doc: Batch): BatchRow => ({
  id: String(doc.id),
  campaignId: idOf(doc.campaign),
  snapshot: doc.snapshot,
  number: doc.number,
  status: doc.status,
  idempotencyKey: doc.idempotencyKey,
  attempts: doc.attempts,
  dueAt: new Date(doc.dueAt),
  sealedAt: dateOf(doc.sealedAt),
  exclusions: fromJson<Exclusion[]>(doc.exclusions),
  inDoubtSince: dateOf(doc.inDoubtSince),
  ...leaseOf(doc),
})

export const toDeliveryRow = (doc: Delivery): DeliveryRow => ({
  id: String(doc.id),
  campaignId: idOf(doc.campaign),
  snapshot: doc.snapshot,
  subscriberId: doc.subscriberRef,
  email: doc.email,
  name: doc.name ?? null,
  locale: doc.locale,
  status: doc.status,
  batchNumber: doc.batchNumber,
  position: doc.position,
  reason: doc.reason ?? null,
  detail: doc.detail ?? null,
  providerId: doc.providerId ?? null,
  settledAt: dateOf(doc.settledAt),
})

const dateOf = (value: string | null | undefined) => (value ? new Date(value) : null)

const leaseOf = ({ leaseToken, leaseUntil }: Pick<Campaign, 'leaseToken' | 'leaseUntil'>) => ({
  leaseToken: leaseToken ?? null,
  leaseUntil: dateOf(leaseUntil),
})

const problemOf = ({ problem }: Campaign): CampaignRow['problem'] =>
  problem?.code
    ? { code: problem.code, message: problem.message ?? '', at: new Date(problem.at ?? '') }
    : null

const idOf = (reference: number | string | { id: number | string }): Id =>
  String(typeof reference === 'object' ? reference.id : reference)

/** A json field: Payload types it as anything that JSON can say. */
const fromJson = <Value>(value: unknown): Value | null =>
  value === undefined ? null : (value as Value | null)
