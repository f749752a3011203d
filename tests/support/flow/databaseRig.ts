import type { Payload } from 'payload'
import type { TransactionalMailRow } from '../../../src/adapters/store/memory/rows.ts'
import { depsOf } from '../../../src/deps.ts'
import type { Id } from '../../../src/newsletter/model.ts'
import type { TestDatabase, TestDatabaseKind } from '../databases.ts'
import { createArticle, createSubscriber, createTopic } from '../siteContent.ts'
import { newMail } from './newMail.ts'
import { insertSubscribers, readAddressees, removeAllRows } from './rawRows.ts'
import { toBatchRow, toCampaignRow, toDeliveryRow, toTransactionalMailRow, toWorkerRow } from './readRows.ts'
import { readerEmail, SEEDED_AT, type StoreRig, type StoreRigKind } from './storeRig.ts'

export const databaseRigKind = ({ name, open }: TestDatabaseKind): StoreRigKind => ({
  name,
  open: async () => databaseRig(await open()),
})

/** A real store; rows go in and come back by way of Payload, which shows that both mean the same by them. */
function databaseRig(database: TestDatabase): StoreRig {
  const { payload } = database
  const made = { articles: 0, subscribers: 0, mails: 0 }
  const editor = lazily(() => createEditor(payload))
  const addArticle: StoreRig['addArticle'] = async ({ isPublished = true, wantsNewsletter = true } = {}) => {
    made.articles += 1
    const { id } = await createArticle(payload, {
      title: `Rubrik ${made.articles}`,
      _status: isPublished ? 'published' : 'draft',
    })
    // Without the hook: the test says which campaigns there are.
    await payload.db.updateOne({
      collection: 'articles',
      id,
      data: { newsletter: { send: wantsNewsletter } },
    })
    return String(id)
  }
  return {
    store: depsOf(payload).store,
    editor,
    addArticle,
    addTopic: async (slug) => String((await createTopic(payload, { name: slug, slug })).id),
    addSubscriber: async ({
      topicIds = [],
      pausedUntil = null,
      joinedAt = SEEDED_AT,
      ...subscriber
    } = {}) => {
      made.subscribers += 1
      const email = readerEmail(made.subscribers)
      const topics = topicIds.map((topic) => toDocumentId(payload, topic))
      const data = {
        email,
        name: null,
        ...subscriber,
        topics,
        pausedUntil: pausedUntil?.toISOString() ?? null,
        createdAt: SEEDED_AT.toISOString(),
        consentAt: joinedAt.toISOString(),
      }
      return String((await createSubscriber(payload, data)).id)
    },
    addSubscribers: (count) => insertSubscribers(database, count),
    setSubscriber: async (subscriber, change) => {
      const id = toDocumentId(payload, subscriber)
      if (change === 'deleted') await payload.delete({ collection: 'subscribers', id })
      else {
        const { pausedUntil, ...rest } = change
        const pause = pausedUntil !== undefined && { pausedUntil: pausedUntil?.toISOString() ?? null }
        await payload.update({ collection: 'subscribers', id, data: { ...rest, ...pause } })
      }
    },
    addCampaign: async ({
      articleId,
      status = 'scheduled',
      dueAt = SEEDED_AT,
      heldAt,
      movedAt,
      edition = 1,
      audience = 'everybody',
      ...campaign
    } = {}) => {
      const article = toDocumentId(payload, articleId ?? (await addArticle()))
      const times = { heldAt: heldAt?.toISOString() ?? null, movedAt: movedAt?.toISOString() ?? null }
      const data = { article, edition, audience, status, dueAt: dueAt.toISOString(), ...times, ...campaign }
      return String((await payload.create({ collection: 'campaigns', depth: 0, data })).id)
    },
    setCampaign: async (id, data) =>
      void (await payload.db.updateOne({ collection: 'campaigns', id, data, returning: false })),
    setDelivery: async (id, data) =>
      void (await payload.db.updateOne({ collection: 'deliveries', id, data, returning: false })),
    campaign: async (id) => toCampaignRow(await payload.findByID({ collection: 'campaigns', id, depth: 0 })),
    moves: async (id) => {
      const { moves } = await payload.findByID({ collection: 'campaigns', id, depth: 0 })
      return moves ?? []
    },
    batches: async (campaign) => {
      const where = { campaign: { equals: toDocumentId(payload, campaign) } }
      const found = await payload.find({ collection: 'batches', where, sort: 'number', ...ALL })
      return found.docs.map(toBatchRow)
    },
    deliveries: async (campaign) => {
      const where = { campaign: { equals: toDocumentId(payload, campaign) } }
      const sort = ['batchNumber', 'position']
      const found = await payload.find({ collection: 'deliveries', where, sort, ...ALL })
      return found.docs.map(toDeliveryRow)
    },
    addMail: async (mail = {}) => {
      made.mails += 1
      const row = { ...newMail(String(made.mails)), ...mail }
      const { id } = await payload.create({
        collection: 'transactional-mails',
        depth: 0,
        data: {
          email: 'anna@example.com',
          locale: 'sv',
          ...row,
          requestKey: row.idempotencyKey,
          mail: row.mail && { ...row.mail },
          dueAt: row.dueAt.toISOString(),
          ...timesOf(row),
        },
      })
      return String(id)
    },
    mail: async (id) =>
      toTransactionalMailRow(await payload.findByID({ collection: 'transactional-mails', id, depth: 0 })),
    addSuppression: async ({ addressHash, reason, liftedAt = null }) =>
      void (await payload.create({
        collection: 'suppressions',
        depth: 0,
        data: {
          ...{ addressHash, reason, suppressedAt: SEEDED_AT.toISOString() },
          liftedAt: liftedAt?.toISOString() ?? null,
        },
      })),
    workers: async () => (await payload.find({ collection: 'workers', ...ALL })).docs.map(toWorkerRow),
    addressees: (campaign) => readAddressees(database, campaign),
    clear: () => removeAllRows(database),
    close: database.close,
  }
}

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => (made ??= make())
}

async function createEditor(payload: Payload): Promise<Id> {
  const data = {
    email: 'editor@example.com',
    name: 'Redaktören',
    role: 'editor',
    password: 'a password of the tests',
  } as const
  return String((await payload.create({ collection: 'users', depth: 0, data })).id)
}

/** Times as Payload takes them. */
const timesOf = ({
  settledAt,
  validUntil,
  inDoubtSince,
  problemSince,
  leaseUntil,
}: Omit<TransactionalMailRow, 'id'>) => ({
  settledAt: settledAt?.toISOString() ?? null,
  validUntil: validUntil?.toISOString() ?? null,
  inDoubtSince: inDoubtSince?.toISOString() ?? null,
  problemSince: problemSince?.toISOString() ?? null,
  leaseUntil: leaseUntil?.toISOString() ?? null,
})

const ALL = { depth: 0, pagination: false } as const

/** Payload's generated types are those of SQLite, where ids are numbers. */
function toDocumentId(payload: Payload, id: Id): number {
  const documentId: unknown = payload.db.defaultIDType === 'number' ? Number(id) : id
  return documentId as number
}
