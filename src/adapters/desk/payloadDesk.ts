import type { CollectionSlug, Payload, PayloadRequest, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Mailing, SetupFacts, StepState } from '../../desk/model.ts'
import type { DeskContent } from '../../desk/ports.ts'
import type { Env } from '../../env.ts'
import type { Campaign } from '../../payload-types.ts'
import { DEFAULT_TIME_ZONE } from '../../plans/siteTime.ts'

/**
 * What the desk reads by way of Payload.
 * @param options.req who looks: drafts and titles are those that they may see, in their language.
 */
export const payloadDesk = ({
  payload,
  req,
  env,
}: {
  payload: Payload
  req: PayloadRequest
  env: Env
}): DeskContent => ({
  readSetup: () => readSetup(payload, env),

  async readDrafts(limit) {
    const { docs } = await payload.find({
      collection: 'articles',
      where: { _status: { equals: 'draft' }, isBlank: { not_equals: true } },
      select: { title: true, updatedAt: true },
      sort: '-updatedAt',
      draft: true,
      ...{ depth: 0, limit, pagination: false, overrideAccess: false, req },
    })
    return docs.map(({ id, title, updatedAt }) => ({
      id: String(id),
      title: title || null,
      savedAt: new Date(updatedAt),
    }))
  },

  async readMailings(limit) {
    const { docs } = await payload.find({
      collection: 'campaigns',
      where: { status: { equals: 'submitted' }, edition: { equals: 1 } },
      select: { subject: true, counts: true, firstEventAt: true, finishedAt: true, createdAt: true },
      sort: '-finishedAt',
      ...{ depth: 0, limit, pagination: false, overrideAccess: false, req },
    })
    return docs.map(toMailing)
  },

  async countUnanswered() {
    const { totalDocs } = await payload.count({
      collection: 'contact-messages',
      where: { answeredAt: { exists: false } },
      overrideAccess: true,
    })
    return totalDocs
  },

  async nameTopics(moved) {
    if (moved.length === 0) return []
    const ids = moved.map(({ topicId }) => toDocumentId({ payload, text: topicId }) ?? topicId)
    const { docs } = await payload.find({
      collection: 'topics',
      where: { id: { in: ids } },
      select: { name: true },
      ...{ depth: 0, pagination: false, overrideAccess: false, req },
    })
    const names = new Map(docs.map(({ id, name }) => [String(id), name]))
    return moved
      .map(({ topicId, joined, left }) => ({
        ...{ id: topicId, name: names.get(topicId) ?? '' },
        ...{ joined, left },
      }))
      .toSorted((one, other) => other.joined - one.joined || one.name.localeCompare(other.name))
  },

  async readTimeZone() {
    const { timeZone } = await payload.findGlobal({
      slug: 'site',
      select: { timeZone: true },
      depth: 0,
      overrideAccess: true,
    })
    return timeZone ?? DEFAULT_TIME_ZONE
  },
})

type MailingDoc = Pick<Campaign, 'id' | 'subject' | 'counts' | 'firstEventAt' | 'finishedAt' | 'createdAt'>

const toMailing = ({ id, subject, counts, firstEventAt, finishedAt, createdAt }: MailingDoc): Mailing => ({
  id: String(id),
  subject: subject ?? null,
  finishedAt: new Date(finishedAt ?? createdAt),
  recipients: counts?.recipients ?? 0,
  submitted: counts?.submitted ?? 0,
  events: firstEventAt
    ? {
        delivered: counts?.delivered ?? 0,
        bounced: counts?.bounced ?? 0,
        complained: counts?.complained ?? 0,
      }
    : null,
})

/** What somebody has done, where there is one such row. */
const TRACES = {
  authors: {},
  subscribers: { status: { equals: 'active' } },
  'transactional-mails': { kind: { equals: 'test-mail' }, status: { equals: 'submitted' } },
  'provider-events': {},
} as const satisfies Partial<Record<CollectionSlug, Where>>

async function readSetup(payload: Payload, { mailer }: Env): Promise<SetupFacts> {
  const stateOf = (isDone: unknown): StepState => (isDone ? 'done' : 'open')
  const look = async (collection: keyof typeof TRACES) => {
    const { docs } = await payload.find({
      ...{ collection, where: TRACES[collection], select: {} },
      ...{ depth: 0, limit: 1, pagination: false, overrideAccess: true },
    })
    return stateOf(docs.length > 0)
  }
  const [site, author, subscribers, testMail, webhook] = await Promise.all([
    payload.findGlobal({ slug: 'site', depth: 0, overrideAccess: true }),
    look('authors'),
    look('subscribers'),
    look('transactional-mails'),
    mailer.kind === 'resend' ? look('provider-events') : null,
  ])
  return {
    sender: stateOf(site.senderName?.trim() && site.senderEmail?.trim()),
    postalAddress: stateOf(site.postalAddress?.trim()),
    provider: stateOf(mailer.kind !== 'outbox'),
    // No name server is asked for mails that leave no computer.
    ...(mailer.kind !== 'outbox' && { domain: site.senderEmail ? 'asked' : 'open' }),
    ...(webhook && { webhook }),
    logo: stateOf(site.logo),
    ...{ author, subscribers, testMail },
  }
}
