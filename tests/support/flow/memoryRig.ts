import { createHash } from 'node:crypto'
import type { CampaignMove } from '../../../src/newsletter/rules/campaignMoves.ts'
import { memoryStore } from '../../../src/adapters/store/memory/index.ts'
import { emptyRows, NO_COUNTS, NO_LEASE, write, type Rows } from '../../../src/adapters/store/memory/rows.ts'
import type { Id } from '../../../src/newsletter/model.ts'
import { newMail } from './newMail.ts'
import { readerEmail, SEEDED_AT, type StoreRig, type StoreRigKind } from './storeRig.ts'

export const memoryRigKind: StoreRigKind = { name: 'memory', open: async () => memoryRig() }

export interface MemoryRig extends StoreRig {
  rows: Rows
}

export function memoryRig(): MemoryRig {
  const rows = emptyRows()
  const ids = { last: 0 }
  const newId = (): Id => {
    ids.last += 1
    return String(ids.last)
  }
  const addArticle: StoreRig['addArticle'] = async (article = {}) => {
    const id = newId()
    rows.articles.push({ id, isPublished: true, wantsNewsletter: true, savedAt: new Date(), ...article })
    return id
  }
  const addSubscriber: StoreRig['addSubscriber'] = async (subscriber = {}) => {
    const id = newId()
    const defaults = {
      ...{ linkKey: linkKeyOf(id), email: readerEmail(ids.last), name: null },
      ...({ locale: 'sv', status: 'active' } as const),
    }
    rows.subscribers.push({
      ...{ id, ...defaults, topicIds: [], pausedUntil: null, joinedAt: SEEDED_AT },
      ...subscriber,
    })
    return id
  }
  return {
    rows,
    store: memoryStore(rows),
    addArticle,
    addTopic: async () => newId(),
    addSubscriber,
    addSubscribers: async (count) => {
      for (let number = 0; number < count; number++) await addSubscriber({ email: readerEmail(number) })
    },
    setSubscriber: async (id, change) => {
      const index = rows.subscribers.findIndex((row) => row.id === id)
      const [row] = rows.subscribers.splice(index, 1)
      if (row && change !== 'deleted') rows.subscribers.splice(index, 0, { ...row, ...change })
    },
    editor: async () => 'editor',
    addCampaign: async (campaign = {}) => {
      const id = newId()
      rows.campaigns.push({
        id,
        ...NEW_CAMPAIGN,
        articleId: campaign.articleId ?? (await addArticle()),
        ...campaign,
      })
      return id
    },
    setCampaign: async (id, change) =>
      void write(
        rows.campaigns.find((row) => row.id === id),
        change,
      ),
    setDelivery: async (id, change) =>
      void write(
        rows.deliveries.find((row) => row.id === id),
        change,
      ),
    campaign: async (campaignId) => {
      const row = rows.campaigns.find(({ id }) => id === campaignId)
      if (!row) throw new Error(`There is no campaign ${campaignId}.`)
      const { moves: _, ...rest } = structuredClone(row)
      return rest
    },
    moves: async (campaignId) =>
      structuredClone(rows.campaigns.find(({ id }) => id === campaignId)?.moves ?? []),
    batches: async (id) => structuredClone(rows.batches.filter(({ campaignId }) => campaignId === id)),
    deliveries: async (id) => structuredClone(rows.deliveries.filter(({ campaignId }) => campaignId === id)),
    addressees: async (id) =>
      rows.deliveries
        .filter(({ campaignId }) => campaignId === id)
        .map(({ email, batchNumber, position }) => ({ email, batchNumber, position })),
    addMail: async (mail = {}) => {
      const id = newId()
      rows.transactionalMails.push({ id, ...newMail(id), ...mail })
      return id
    },
    mail: async (mailId) => {
      const row = rows.transactionalMails.find(({ id }) => id === mailId)
      if (!row) throw new Error(`There is no mail ${mailId}.`)
      return structuredClone(row)
    },
    addSuppression: async (suppression) => void rows.suppressions.push({ liftedAt: null, ...suppression }),
    workers: async () => structuredClone(rows.workers),
    clear: async () => {
      for (const table of Object.values(rows)) table.length = 0
    },
    close: async () => undefined,
  }
}

/** As random as newLinkKey makes them, and the same in each run. */
const linkKeyOf = (id: Id): string => createHash('sha256').update(id).digest('hex').slice(0, 24)

const NEW_CAMPAIGN = {
  edition: 1,
  audience: 'everybody',
  corrects: null,
  editionTopicIds: null,
  status: 'scheduled',
  subject: null,
  topicIds: null,
  mailing: null,
  snapshot: null,
  canary: null,
  dueAt: SEEDED_AT,
  heldAt: null,
  formerVersion: null,
  undoneAt: null,
  undoneBy: null,
  returnedAt: null,
  problem: null,
  decision: null,
  round: 0,
  remailing: null,
  counts: NO_COUNTS,
  movedAt: null,
  startedAt: null,
  finishedAt: null,
  updatedAt: SEEDED_AT,
  moves: [] as CampaignMove[],
  ...NO_LEASE,
} as const
