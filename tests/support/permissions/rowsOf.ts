import { randomUUID } from 'node:crypto'
import type { CollectionSlug, Payload } from 'payload'
import { pdfFile } from '../pdfFile.ts'
import { paragraph } from '../siteContent.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const PASSWORD = 'a password of the tests'

/** A row that each collection takes, another one each time: whoever may create one gets past every other rule. */
export const DATA: Partial<Record<CollectionSlug, (unique: string, parent: string | number) => object>> = {
  articles: (unique) => ({
    title: unique,
    slug: unique,
    content: paragraph('Texten.'),
    _status: 'published',
    newsletter: { send: false },
  }),
  authors: (unique) => ({ name: unique, slug: unique }),
  topics: (unique) => ({ name: unique, slug: unique }),
  media: (unique) => ({ alt: unique }),
  files: (unique) => ({ title: unique }),
  subscribers: (unique) => ({
    email: `${unique}@example.com`,
    locale: 'sv',
    status: 'active',
    consentSource: 'the fair',
  }),
  consents: () => ({ kind: 'confirmed', at: NOW, source: 'the fair' }),
  imports: (unique) => ({ file: unique, startedAt: new Date().toISOString() }),
  suppressions: (unique) => ({ addressHash: unique, reason: 'bounced', suppressedAt: NOW }),
  campaigns: (_, article) => ({ article, status: 'submitted', dueAt: NOW }),
  deliveries: (unique, campaign) => ({
    campaign,
    subscriberRef: unique,
    email: `${unique}@example.com`,
    locale: 'sv',
    status: 'submitted',
    snapshot: 'one',
    batchNumber: 1,
    position: 0,
  }),
  'transactional-mails': (unique) => ({
    kind: 'welcome',
    email: `${unique}@example.com`,
    locale: 'sv',
    status: 'submitted',
    idempotencyKey: unique,
    attempts: 1,
    dueAt: NOW,
  }),
  'contact-messages': (unique) => ({
    name: unique,
    email: `${unique}@example.com`,
    message: 'Hej!',
    locale: 'sv',
  }),
  'provider-events': (unique) => ({
    eventId: unique,
    type: 'email.delivered',
    kind: 'delivered',
    occurredAt: NOW,
    receivedAt: NOW,
  }),
  'waiting-events': (unique) => ({ eventId: unique, body: '{}', receivedAt: NOW, dueAt: NOW, tries: 0 }),
  batches: (unique, campaign) => ({
    campaign,
    snapshot: unique,
    number: 1,
    round: 0,
    status: 'settled',
    idempotencyKey: unique,
    dueAt: NOW,
    attempts: 1,
  }),
  reviews: (_, article) => ({ article, state: 'handed_in', at: NOW }),
  plans: (unique, article) => ({
    ...{ article, action: 'unpublish', status: 'waiting', locale: 'sv', slot: unique },
    dueAt: '2100-01-01T08:00:00.000Z',
  }),
  workers: (unique) => ({ worker: unique, mailer: 'outbox', startedAt: NOW, seenAt: NOW }),
  'call-rates': (unique) => ({ mailer: unique, perSecond: 2, nextPlace: 0 }),
  'rate-limits': (unique) => ({ key: unique, points: 1, expire: 0 }),
  presences: (unique) => ({ window: unique, document: unique, seenAt: NOW }),
  'save-turns': (unique) => ({ document: unique }),
  'data-folders': (unique) => ({ folder: unique, mark: 1 }),
  'former-slugs': (unique) => ({ slug: unique }),
  erasures: (unique) => ({ subscriberRef: unique, askedAt: NOW }),
  sweeps: (unique) => ({ name: unique }),
  users: (unique) => ({ email: `${unique}@example.com`, password: PASSWORD, name: unique, role: 'author' }),
}

/** What a row of it belongs to. */
const PARENTS: Partial<Record<CollectionSlug, CollectionSlug>> = {
  campaigns: 'articles',
  plans: 'articles',
  reviews: 'articles',
  deliveries: 'campaigns',
  batches: 'campaigns',
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const pixel = () => ({
  data: PIXEL,
  mimetype: 'image/png',
  name: `${randomUUID()}.png`,
  size: PIXEL.length,
})

const pdf = () => {
  const data = pdfFile()
  return { data, mimetype: 'application/pdf', name: `${randomUUID()}.pdf`, size: data.length }
}

export interface NewRow {
  data: object
  file: { data: Buffer; mimetype: string; name: string; size: number } | null
}

/**
 * What a new row of the collection is made from; what it belongs to is there.
 * @param isDraft where the collection has drafts.
 */
export async function newRow({
  payload,
  slug,
  isDraft = false,
}: {
  payload: Payload
  slug: CollectionSlug
  isDraft?: boolean
}): Promise<NewRow> {
  const parent = PARENTS[slug]
  const parentId = parent ? await makeRow({ payload, slug: parent }) : 0
  const data = DATA[slug]?.(`r${randomUUID()}`, parentId)
  if (!data) throw new Error(`What is a row of ${slug}?`)
  const file = slug === 'files' ? pdf() : slug === 'media' ? pixel() : null
  return {
    data: isDraft && '_status' in data ? { ...data, _status: 'draft' } : data,
    file,
  }
}

/** Writes a row as the system does. */
export async function makeRow({
  payload,
  slug,
}: {
  payload: Payload
  slug: CollectionSlug
}): Promise<string | number> {
  const { data, file } = await newRow({ payload, slug })
  const { id } = await payload.create({
    collection: slug,
    depth: 0,
    overrideAccess: true,
    ...(file && { file }),
    data: data as never,
  })
  return id
}
