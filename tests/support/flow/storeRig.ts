import type { Id } from '../../../src/newsletter/model.ts'
import type { Store } from '../../../src/newsletter/ports.ts'
import type {
  ArticleRow,
  BatchRow,
  CampaignRow,
  DeliveryRow,
  SubscriberRow,
  SuppressionRow,
  TransactionalMailRow,
  WorkerRow,
} from '../../../src/adapters/store/memory/rows.ts'

/** A store with its rows, whatever keeps them: what a test puts in and looks at. */
export interface StoreRig {
  store: Store
  addArticle: (article?: Partial<Omit<ArticleRow, 'id'>>) => Promise<Id>
  addTopic: (slug: string) => Promise<Id>
  addSubscriber: (subscriber?: Partial<Omit<SubscriberRow, 'id'>>) => Promise<Id>
  /** `reader-00000@example.com` and so on, all at once. */
  addSubscribers: (count: number) => Promise<void>
  setSubscriber: (
    id: Id,
    change: Partial<Pick<SubscriberRow, 'status' | 'email' | 'pausedUntil' | 'linkKey'>> | 'deleted',
  ) => Promise<void>
  /** Somebody who may decide; the same each time. */
  editor: () => Promise<Id>
  /** A campaign as the publish hook writes one. */
  addCampaign: (
    campaign?: Partial<
      Pick<
        CampaignRow,
        | 'articleId'
        | 'edition'
        | 'audience'
        | 'corrects'
        | 'editionTopicIds'
        | 'status'
        | 'dueAt'
        | 'heldAt'
        | 'formerVersion'
        | 'movedAt'
      >
    >,
  ) => Promise<Id>
  /** What a crash between two writes leaves. */
  setCampaign: (
    id: Id,
    change: Partial<Pick<CampaignRow, 'status' | 'remailing' | 'returnedAt' | 'finishedAt'>>,
  ) => Promise<void>
  setDelivery: (id: Id, change: Partial<Pick<DeliveryRow, 'status'>>) => Promise<void>
  /** Without its moves. */
  campaign: (id: Id) => Promise<Omit<CampaignRow, 'moves'>>
  moves: (id: Id) => Promise<CampaignRow['moves']>
  /** Of every snapshot, by number. */
  batches: (campaignId: Id) => Promise<BatchRow[]>
  /** Of every snapshot, in the order of their mails. */
  deliveries: (campaignId: Id) => Promise<DeliveryRow[]>
  /** The addresses alone, in that order: for more deliveries than Payload reads at once. */
  addressees: (campaignId: Id) => Promise<{ email: string; batchNumber: number; position: number }[]>
  /** A transactional mail as queueMail writes one. */
  addMail: (mail?: Partial<Omit<TransactionalMailRow, 'id'>>) => Promise<Id>
  mail: (id: Id) => Promise<TransactionalMailRow>
  addSuppression: (
    suppression: Pick<SuppressionRow, 'addressHash' | 'reason'> & Partial<SuppressionRow>,
  ) => Promise<void>
  workers: () => Promise<WorkerRow[]>
  /** Removes all rows, but the editor. */
  clear: () => Promise<void>
  close: () => Promise<void>
}

export interface StoreRigKind {
  name: string
  open: () => Promise<StoreRig>
}

export const SEEDED_AT = new Date('2026-11-01T08:00:00.000Z')

export const readerEmail = (number: number): string => `reader-${String(number).padStart(5, '0')}@example.com`
