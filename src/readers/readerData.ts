import type { Payload } from 'payload'
import type { Campaign, Delivery, Subscriber } from '../payload-types.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { readHistory, type ShownConsent } from './consentHistory.ts'
import { shownEmail } from '../subscribers/emailAddress.ts'

/** Everything that is kept of one person, for themselves. Times as ISO 8601. */
export interface ReaderData {
  exportedAt: string
  profile: Pick<Subscriber, 'email' | 'locale' | 'status' | 'createdAt' | 'updatedAt'> & {
    name: string | null
    topics: string[]
    consentSource: string | null
    consentAt: string | null
    askedAt: string | null
    pausedUntil: string | null
    unsubscribedAt: string | null
    addressChangedAt: string | null
  }
  consents: ShownConsent[]
  /** What became of each newsletter to them. */
  deliveries: object[]
  /** What they wrote in the contact form. */
  contactMessages: object[]
  /** Mails to them alone: what kind, and when. */
  transactionalMails: object[]
  /** What the provider told of mails to them. */
  providerEvents: object[]
  /** Why no mail goes to the address; null when some does. */
  suppression: string | null
}

/** Reads as the system: the reader's token stands in for a login. */
export async function readReaderData({
  payload,
  reader,
  now,
}: {
  payload: Payload
  reader: Subscriber
  now: Date
}): Promise<ReaderData> {
  const suppressed = await findSuppressed({ payload, emails: [reader.email] })
  return {
    exportedAt: now.toISOString(),
    profile: await profileOf({ payload, reader }),
    consents: await readHistory({ payload, reader }),
    deliveries: await readDeliveries({ payload, reader }),
    contactMessages: await readMessages({ payload, reader }),
    transactionalMails: await readMails({ payload, reader }),
    providerEvents: await readEvents({ payload, reader }),
    suppression: suppressed.get(reader.email) ?? null,
  }
}

interface Ask {
  payload: Payload
  reader: Subscriber
}

const ALL = { depth: 0, limit: 0, pagination: false, overrideAccess: true } as const

async function profileOf({ payload, reader }: Ask): Promise<ReaderData['profile']> {
  const ids = (reader.topics ?? []).map((topic) => (typeof topic === 'object' ? topic.id : topic))
  const { docs } = await payload.find({
    collection: 'topics',
    where: { id: { in: ids } },
    select: { slug: true },
    sort: 'slug',
    ...ALL,
  })
  const { email, locale, status, createdAt, updatedAt } = reader
  return {
    email: shownEmail(email),
    name: reader.name ?? null,
    locale,
    topics: docs.map(({ slug }) => slug),
    status,
    consentSource: reader.consentSource ?? null,
    consentAt: reader.consentAt ?? null,
    askedAt: reader.askedAt ?? null,
    pausedUntil: reader.pausedUntil ?? null,
    unsubscribedAt: reader.unsubscribedAt ?? null,
    addressChangedAt: reader.addressChangedAt ?? null,
    createdAt,
    updatedAt,
  }
}

/** Campaigns per query. */
const CHUNK = 50

/** By the campaigns that have opened, since only their index leads to one person. */
async function readDeliveries({ payload, reader }: Ask): Promise<object[]> {
  const { docs: campaigns } = await payload.find({
    collection: 'campaigns',
    where: { snapshot: { exists: true } },
    select: { subject: true, snapshot: true },
    sort: 'id',
    ...ALL,
  })
  const found: object[] = []
  for (let first = 0; first < campaigns.length; first += CHUNK)
    found.push(...(await readThese({ payload, reader, campaigns: campaigns.slice(first, first + CHUNK) })))
  return found
}

async function readThese({
  payload,
  reader,
  campaigns,
}: Ask & { campaigns: Pick<Campaign, 'id' | 'subject' | 'snapshot'>[] }): Promise<object[]> {
  const subjects = new Map(campaigns.map(({ id, subject }) => [id, subject ?? null]))
  const { docs } = await payload.find({
    collection: 'deliveries',
    where: {
      or: campaigns.map(({ id, snapshot }) => ({
        campaign: { equals: id },
        snapshot: { equals: snapshot },
        subscriberRef: { equals: String(reader.id) },
      })),
    },
    sort: 'campaign',
    ...ALL,
  })
  return docs.map((delivery) => toShown({ delivery, subjects }))
}

function toShown({
  delivery,
  subjects,
}: {
  delivery: Delivery
  subjects: Map<Campaign['id'], string | null>
}): object {
  const { campaign, email, name, locale, status, reason } = delivery
  const id = typeof campaign === 'object' ? campaign.id : campaign
  return {
    subject: subjects.get(id) ?? null,
    email: shownEmail(email),
    name: name ?? null,
    locale,
    status,
    reason: reason ?? null,
    settledAt: delivery.settledAt ?? null,
    deliveredAt: delivery.deliveredAt ?? null,
    delayedAt: delivery.delayedAt ?? null,
    bouncedAt: delivery.bouncedAt ?? null,
    complainedAt: delivery.complainedAt ?? null,
    failedAt: delivery.failedAt ?? null,
  }
}

async function readMessages({ payload, reader }: Ask): Promise<object[]> {
  const { docs } = await payload.find({
    collection: 'contact-messages',
    where: { email: { equals: reader.email } },
    sort: 'createdAt',
    joins: false,
    ...ALL,
  })
  return docs.map(({ name, email, message, locale, wantsNewsletter, createdAt, answeredAt }) => ({
    name,
    email: shownEmail(email),
    message,
    locale,
    wantsNewsletter: wantsNewsletter ?? false,
    createdAt,
    answeredAt: answeredAt ?? null,
  }))
}

async function readMails({ payload, reader }: Ask): Promise<object[]> {
  const { docs } = await payload.find({
    collection: 'transactional-mails',
    // The notice of a message is a mail to staff.
    where: {
      or: [{ subscriber: { equals: reader.id } }, { email: { equals: reader.email } }],
      kind: { not_equals: 'contact-notice' },
    },
    select: { kind: true, email: true, status: true, createdAt: true, settledAt: true },
    sort: 'createdAt',
    ...ALL,
  })
  return docs.map(({ kind, email, status, createdAt, settledAt }) => ({
    kind,
    email: shownEmail(email),
    status,
    createdAt,
    settledAt: settledAt ?? null,
  }))
}

async function readEvents({ payload, reader }: Ask): Promise<object[]> {
  const { docs } = await payload.find({
    collection: 'provider-events',
    where: { subscriberRef: { equals: String(reader.id) } },
    select: { type: true, email: true, occurredAt: true, bounceType: true },
    sort: 'occurredAt',
    ...ALL,
  })
  return docs.map(({ type, email, occurredAt, bounceType }) => ({
    type,
    email: email ? shownEmail(email) : null,
    occurredAt,
    bounceType: bounceType ?? null,
  }))
}
