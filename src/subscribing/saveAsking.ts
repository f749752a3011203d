import type { Payload, Where } from 'payload'
import type { Subscriber } from '../payload-types.ts'
import type { AskingPerson } from './askToSubscribe.ts'

export async function findByEmail({
  payload,
  email,
}: {
  payload: Payload
  email: string
}): Promise<Subscriber | null> {
  const { docs } = await payload.find({
    collection: 'subscribers',
    where: { email: { equals: email } },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ?? null
}

/**
 * Keeps who asked, and for what. Somebody new waits (`pending`). Somebody who left keeps that status, and when they left,
 * until they confirm: a stranger with their address changes nothing about it.
 * @param asking.person with a normalised address.
 * @returns null when they need not ask any more, because they became a subscriber meanwhile.
 */
export async function saveAsking({
  payload,
  person,
  now,
}: {
  payload: Payload
  person: AskingPerson
  now: Date
}): Promise<Subscriber | null> {
  const topics = await topicIds({ payload, slugs: person.topics ?? [] })
  const known = await findByEmail({ payload, email: person.email })
  if (!known) {
    const created = await create({ payload, person, topics, now })
    if (created) return created
  }
  return update({ payload, person, topics, now })
}

async function create({ payload, person, topics, now }: Asking): Promise<Subscriber | null> {
  const { email, name, locale } = person
  try {
    return await payload.create({
      collection: 'subscribers',
      data: { email, name, locale, topics, status: 'pending', askedAt: now.toISOString() },
      depth: 0,
      overrideAccess: true,
    })
  } catch (error) {
    // Added meanwhile by an import, by staff, or by another form: as good as having found them.
    if (await findByEmail({ payload, email })) return null
    throw error
  }
}

/**
 * Past Payload's operations, which would write back every field as they had read it, and only while the person still
 * waits or is gone. The topics go by themselves: on SQLite Payload's adapter takes relationships together with other
 * fields only for a whole row.
 */
async function update({ payload, person, topics, now }: Asking): Promise<Subscriber | null> {
  const { email, name, locale } = person
  const where: Where = {
    and: [{ email: { equals: email } }, { status: { in: ['pending', 'unsubscribed'] } }],
  }
  const write = (data: Partial<Subscriber>) =>
    payload.db.updateOne({
      collection: 'subscribers',
      where,
      data: { ...data, updatedAt: now.toISOString() },
    })
  const written = await write({ locale, askedAt: now.toISOString(), ...(name && { name }) })
  if (!written) return null
  if (topics.length > 0) await write({ topics })
  return findByEmail({ payload, email })
}

interface Asking {
  payload: Payload
  person: AskingPerson
  topics: NonNullable<Subscriber['topics']>
  now: Date
}

async function topicIds({
  payload,
  slugs,
}: {
  payload: Payload
  slugs: string[]
}): Promise<NonNullable<Subscriber['topics']>> {
  if (slugs.length === 0) return []
  const { docs } = await payload.find({
    collection: 'topics',
    where: { slug: { in: slugs } },
    select: {},
    depth: 0,
    limit: 0,
    pagination: false,
    overrideAccess: true,
  })
  return docs.map(({ id }) => id)
}
