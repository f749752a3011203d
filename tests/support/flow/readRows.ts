import {
  NO_COUNTS,
  type BatchRow,
  type CampaignRow,
  type DeliveryRow,
  type TransactionalMailRow,
  type WorkerRow,
} from '../../../src/adapters/store/memory/rows.ts'
import type { Exclusion, FrozenMail, Id, Mailing, RemailedStatus } from '../../../src/newsletter/model.ts'
import type { Batch, Campaign, Delivery, TransactionalMail, Worker } from '../../../src/payload-types.ts'

/** A campaign as Payload reads it; what a database leaves out and what it keeps as null are the same. */
export const toCampaignRow = (doc: Campaign): Omit<CampaignRow, 'moves'> => ({
  id: String(doc.id),
  articleId: idOf(doc.article),
  edition: doc.edition,
  audience: doc.audience,
  corrects: doc.corrects ?? null,
  editionTopicIds: fromJson<Id[]>(doc.editionTopicIds),
  status: doc.status,
  subject: doc.subject ?? null,
  topicIds: fromJson<Id[]>(doc.topicIds),
  mailing: fromJson<Mailing>(doc.mailing),
  snapshot: doc.snapshot ?? null,
  canary: canaryOf(doc),
  dueAt: new Date(doc.dueAt),
  heldAt: dateOf(doc.heldAt),
  formerVersion: doc.formerVersion ?? null,
  undoneAt: dateOf(doc.undoneAt),
  undoneBy: doc.undoneBy ? idOf(doc.undoneBy) : null,
  returnedAt: dateOf(doc.returnedAt),
  problem: problemOf(doc),
  decision: decisionOf(doc),
  round: doc.round ?? 0,
  remailing: (doc.remailing ?? null) as RemailedStatus | null,
  counts: Object.assign({ ...NO_COUNTS }, doc.counts),
  movedAt: dateOf(doc.movedAt),
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
  round: doc.round,
  remails: doc.remails ?? null,
  sealedAt: dateOf(doc.sealedAt),
  exclusions: fromJson<Exclusion[]>(doc.exclusions),
  recipients: fromJson<Id[]>(doc.recipients),
  inDoubtSince: dateOf(doc.inDoubtSince),
  calledWith: doc.calledWith ?? null,
  postponedSince: dateOf(doc.postponedSince),
  settledAt: dateOf(doc.settledAt),
  ...leaseOf(doc),
})

export const toDeliveryRow = (doc: Delivery): DeliveryRow => ({
  id: String(doc.id),
  campaignId: idOf(doc.campaign),
  snapshot: doc.snapshot,
  subscriberId: doc.subscriberRef,
  linkKey: doc.linkKey ?? null,
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

export const toTransactionalMailRow = (doc: TransactionalMail): TransactionalMailRow => ({
  id: String(doc.id),
  kind: doc.kind,
  status: doc.status,
  reason: doc.reason ?? null,
  detail: doc.detail ?? null,
  providerId: doc.providerId ?? null,
  settledAt: dateOf(doc.settledAt),
  mail: fromJson<FrozenMail>(doc.mail) ?? null,
  idempotencyKey: doc.idempotencyKey,
  attempts: doc.attempts,
  dueAt: new Date(doc.dueAt),
  validUntil: dateOf(doc.validUntil),
  inDoubtSince: dateOf(doc.inDoubtSince),
  calledWith: doc.calledWith ?? null,
  problemSince: dateOf(doc.problemSince),
  ...leaseOf(doc),
})

export const toWorkerRow = ({ worker, mailer, startedAt, seenAt }: Worker): WorkerRow => ({
  worker,
  mailer,
  startedAt: new Date(startedAt),
  seenAt: new Date(seenAt),
})

const dateOf = (value: string | null | undefined) => (value ? new Date(value) : null)

const leaseOf = ({ leaseToken, leaseUntil }: Partial<Pick<Campaign, 'leaseToken' | 'leaseUntil'>>) => ({
  leaseToken: leaseToken ?? null,
  leaseUntil: dateOf(leaseUntil),
})

const problemOf = ({ problem }: Campaign): CampaignRow['problem'] =>
  problem?.code
    ? { code: problem.code, message: problem.message ?? '', at: new Date(problem.at ?? '') }
    : null

const canaryOf = ({ canary }: Campaign): CampaignRow['canary'] =>
  canary?.batches
    ? {
        ...{ batches: canary.batches, mails: canary.mails ?? 0, minutes: canary.minutes ?? 0 },
        ...{ waitsUntil: dateOf(canary.waitsUntil), endedAt: dateOf(canary.endedAt) },
      }
    : null

const decisionOf = ({ decision }: Campaign): CampaignRow['decision'] =>
  decision?.kind
    ? { kind: decision.kind, at: new Date(decision.at ?? ''), by: idOf(decision.by ?? '') }
    : null

const idOf = (reference: number | string | { id: number | string }): Id =>
  String(typeof reference === 'object' ? reference.id : reference)

/** A json field: Payload types it as anything that JSON can say. */
const fromJson = <Value>(value: unknown): Value | null =>
  value === undefined ? null : (value as Value | null)
