import type { CollectionSlug, Payload, TypedLocale, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { CHOICE_KINDS } from '../../newsletter/model.ts'
import type { Suppression } from '../../payload-types.ts'
import type { Happening, Place, TimelineRow, TimelineSourceName } from '../../people/model.ts'
import type { PageOfSource, Person, TimelineSources } from '../../people/ports.ts'
import { continuation } from '../../people/readTimeline.ts'
import type { ChoiceChange } from '../../readers/choiceChange.ts'

/** So much of a message is shown beside the link to all of it. */
const BEGINNING = 200

interface Reading {
  payload: Payload
  /** Whoever looks reads the names of topics in it. */
  locale: TypedLocale
  /** See newsletter/rules/addressHash. */
  hashOf: (email: string) => string
  /** Whether whoever looks may read what a provider told word by word, as admins may. */
  seesEvents: boolean
}

/**
 * What is known of a person besides their newsletters, by way of Payload; each source by an index that leads to the person.
 * Reads as the system, for whoever may read subscribers: an editor may read the rows of every source but the provider's
 * events, of which they see only that there was a bounce or a complaint, and about which newsletter.
 */
export const payloadSources = (reading: Reading): Omit<TimelineSources, 'deliveries'> => ({
  consents: (page) => readConsents(reading, page),
  'transactional-mails': (page) => readMails(reading, page),
  'contact-messages': (page) => readMessages(reading, page),
  'provider-events': (page) => readEvents(reading, page),
  suppressions: (page) => readSuppressions(reading, page),
})

const READ = { depth: 0, pagination: false, overrideAccess: true } as const

/** The condition of a page on the field that holds the time of a row. */
function onPage(
  { payload }: Reading,
  { source, field, after }: { source: TimelineSourceName; field: string; after: Place | null },
): Where[] {
  if (!after) return []
  const { before, ofMoment } = continuation({ source, after })
  const time = before.toISOString()
  if (ofMoment === 'all') return [{ [field]: { less_than_equal: time } }]
  const earlier: Where = { [field]: { less_than: time } }
  if (ofMoment === 'none') return [earlier]
  const id = toDocumentId({ payload, text: ofMoment.belowId })
  return [{ or: [earlier, { and: [{ [field]: { equals: time } }, { id: { less_than: id } }] }] }]
}

const toRow = (source: TimelineSourceName, id: string | number, time: string, happening: Happening) => ({
  place: { at: new Date(time), source, id: String(id) },
  ...happening,
})

const isPerson = ({ payload }: Reading, { id }: Person): Where => ({
  subscriber: { equals: toDocumentId({ payload, text: id }) },
})

async function readConsents(reading: Reading, page: PageOfSource): Promise<TimelineRow[]> {
  const { payload } = reading
  const { person, after, limit } = page
  const { docs } = await payload.find({
    collection: 'consents',
    where: {
      and: [isPerson(reading, person), ...onPage(reading, { source: 'consents', field: 'at', after })],
    },
    sort: ['-at', '-id'],
    limit,
    ...READ,
  })
  const beginning = await unrecorded(reading, page)
  const names = docs.length > 0 ? await topicNames(reading) : new Map<string, string>()
  const rows = docs.map(({ id, at, kind, text, locale, source, byName, agreedAt, change }) =>
    toRow('consents', id, at, {
      what: 'consent',
      kind,
      text: text ?? null,
      locale: locale ?? null,
      source,
      by: byName ?? null,
      agreedAt: agreedAt ?? null,
      change: change ? withNames(change as ChoiceChange, names) : null,
    }),
  )
  return [...rows, ...beginning]
    .toSorted((one, other) => other.place.at.getTime() - one.place.at.getTime())
    .slice(0, limit)
}

/** They subscribed before such rows were written: their own row says how, where no consent does. */
async function unrecorded(reading: Reading, { person, after }: PageOfSource): Promise<TimelineRow[]> {
  const { consentAt, consentSource, createdAt } = person
  // Below every row: it comes last of its moment.
  const id = person.id.replace(/./g, '0')
  const row = toRow('consents', id, (consentAt ?? createdAt).toISOString(), {
    what: 'consent',
    kind: consentAt ? 'added' : 'asked',
    text: null,
    locale: null,
    source: consentSource ?? '',
    by: null,
    agreedAt: null,
    change: null,
  })
  const { at } = row.place
  const isLeft = after?.source === 'consents' && after.at.getTime() === at.getTime() && after.id !== id
  return (isLeft || isAfter(after)(row)) && !(await hasConsents(reading, person)) ? [row] : []
}

async function hasConsents(reading: Reading, person: Person): Promise<boolean> {
  const where: Where = { and: [isPerson(reading, person), { kind: { not_in: [...CHOICE_KINDS] } }] }
  return (await reading.payload.count({ collection: 'consents', where, overrideAccess: true })).totalDocs > 0
}

async function topicNames({ payload, locale }: Reading): Promise<Map<string, string>> {
  const { docs } = await payload.find({
    collection: 'topics',
    select: { slug: true, name: true },
    locale,
    limit: 0,
    ...READ,
  })
  return new Map(docs.map(({ slug, name }) => [slug, name]))
}

/** A topic that is gone stays its slug. */
const withNames = ({ added, removed, ...rest }: ChoiceChange, names: Map<string, string>): ChoiceChange => ({
  ...rest,
  ...(added && { added: added.map((slug) => names.get(slug) ?? slug) }),
  ...(removed && { removed: removed.map((slug) => names.get(slug) ?? slug) }),
})

async function readMails(reading: Reading, { person, after, limit }: PageOfSource): Promise<TimelineRow[]> {
  const onThisPage = onPage(reading, { source: 'transactional-mails', field: 'createdAt', after })
  // The notice of a message goes to staff, and so do test mails.
  const toThem: Where = {
    kind: { not_in: ['contact-notice', 'review-asked', 'review-returned', 'test-mail'] },
  }
  // Each by an index of its own: one question for either would go through all mails on SQLite.
  const [byPerson, byAddress] = await Promise.all(
    [isPerson(reading, person), { email: { equals: person.email } }].map((theirs) =>
      reading.payload.find({
        collection: 'transactional-mails',
        where: { and: [theirs, toThem, ...onThisPage] },
        select: { kind: true, status: true, reason: true, settledAt: true, createdAt: true },
        sort: ['-createdAt', '-id'],
        limit,
        ...READ,
      }),
    ),
  )
  const mails = new Map(
    [...(byPerson?.docs ?? []), ...(byAddress?.docs ?? [])].map((mail) => [mail.id, mail]),
  )
  return [...mails.values()]
    .toSorted((one, other) => order(other).localeCompare(order(one)))
    .slice(0, limit)
    .map(({ id, kind, status, reason, settledAt, createdAt }) =>
      toRow('transactional-mails', id, createdAt, {
        what: 'mail',
        mailId: String(id),
        kind,
        status,
        reason: reason ?? null,
        settledAt: settledAt ?? null,
      }),
    )
}

/** By time, those of one moment by their ids: of one length, so that they can be compared as texts. */
const order = ({ id, createdAt }: { id: string | number; createdAt: string }) =>
  `${createdAt} ${String(id).padStart(24, '0')}`

async function readMessages(
  reading: Reading,
  { person: { email }, after, limit }: PageOfSource,
): Promise<TimelineRow[]> {
  const { docs } = await reading.payload.find({
    collection: 'contact-messages',
    where: {
      and: [
        { email: { equals: email } },
        ...onPage(reading, { source: 'contact-messages', field: 'createdAt', after }),
      ],
    },
    select: { message: true, answeredAt: true, createdAt: true },
    sort: ['-createdAt', '-id'],
    limit,
    joins: false,
    ...READ,
  })
  return docs.map(({ id, message, answeredAt, createdAt }) =>
    toRow('contact-messages', id, createdAt, {
      what: 'message',
      messageId: String(id),
      beginning: message.length > BEGINNING ? `${message.slice(0, BEGINNING)}…` : message,
      answeredAt: answeredAt ?? null,
    }),
  )
}

async function readEvents(reading: Reading, { person, after, limit }: PageOfSource): Promise<TimelineRow[]> {
  const { docs } = await reading.payload.find({
    collection: 'provider-events',
    where: {
      and: [
        { subscriberRef: { equals: person.id } },
        { kind: { in: ['bounced', 'complained'] } },
        ...onPage(reading, { source: 'provider-events', field: 'occurredAt', after }),
      ],
    },
    select: { kind: true, occurredAt: true, campaign: true, bounceType: true, detail: true },
    sort: ['-occurredAt', '-id'],
    limit,
    ...READ,
  })
  const subjects = await subjectsOf(
    reading,
    docs.flatMap(({ campaign }) => idOf(campaign) ?? []),
  )
  return docs.map(({ id, kind, occurredAt, campaign, bounceType, detail }) => {
    const campaignId = idOf(campaign)
    return toRow('provider-events', id, occurredAt, {
      what: kind === 'complained' ? 'complained' : 'bounced',
      campaignId: campaignId === null ? null : String(campaignId),
      subject: campaignId === null ? null : (subjects.get(campaignId) ?? null),
      bounceType: (reading.seesEvents && bounceType) || null,
      detail: (reading.seesEvents && detail) || null,
    })
  })
}

const idOf = <Id extends string | number>(related: Id | { id: Id } | null | undefined): Id | null =>
  typeof related === 'object' && related !== null ? related.id : (related ?? null)

async function subjectsOf({ payload }: Reading, ids: (string | number)[]) {
  if (ids.length === 0) return new Map<string | number, string | null>()
  const { docs } = await payload.find({
    collection: 'campaigns' satisfies CollectionSlug,
    where: { id: { in: [...new Set(ids)] } },
    select: { subject: true },
    limit: 0,
    ...READ,
  })
  return new Map(docs.map(({ id, subject }) => [id, subject ?? null]))
}

/** One row of the database is up to two of the timeline. */
async function readSuppressions(
  { payload, hashOf }: Reading,
  { person: { email }, after, limit }: PageOfSource,
): Promise<TimelineRow[]> {
  const { docs } = await payload.find({
    collection: 'suppressions',
    where: { addressHash: { equals: hashOf(email) } },
    limit: 1,
    ...READ,
  })
  return docs
    .flatMap(ofSuppression)
    .toSorted((one, other) => other.place.at.getTime() - one.place.at.getTime())
    .filter(isAfter(after))
    .slice(0, limit)
}

function ofSuppression({
  id,
  reason,
  detail,
  suppressedAt,
  liftedAt,
  liftedByName,
  liftedReason,
}: Suppression): TimelineRow[] {
  const suppressionId = String(id)
  const lifted = liftedAt && {
    what: 'lifted' as const,
    ...{ suppressionId, by: liftedByName ?? null, reason: liftedReason ?? null },
  }
  return [
    ...(lifted ? [toRow('suppressions', id, liftedAt, lifted)] : []),
    toRow('suppressions', id, suppressedAt, {
      what: 'suppressed',
      ...{ suppressionId, reason, detail: detail ?? null },
    }),
  ]
}

/** For rows of which there is one a moment. */
const isAfter =
  (after: Place | null) =>
  ({ place: { at, source } }: TimelineRow): boolean => {
    if (!after) return true
    const { before, ofMoment } = continuation({ source, after })
    return at < before || (ofMoment === 'all' && at.getTime() === before.getTime())
  }
