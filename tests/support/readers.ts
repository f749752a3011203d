import { handleEndpoints, type DataFromCollectionSlug, type Payload } from 'payload'
import { depsOf } from '../../src/deps.ts'
import { makeReaderToken, type ReaderPurpose } from '../../src/newsletter/rules/readerToken.ts'
import { rowOf } from '../../src/readers/findReader.ts'
import type { Subscriber, TransactionalMail } from '../../src/payload-types.ts'
import type { TestDatabase } from './databases.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** A link's token for a person; one for anything but leaving works for an hour unless it says otherwise. */
export const tokenOf = (
  payload: Payload,
  {
    reader,
    purpose,
    until = new Date(depsOf(payload).clock.now().getTime() + HOUR_MS),
    data = null,
  }: {
    reader: Pick<Subscriber, 'id' | 'linkKey'>
    purpose: ReaderPurpose
    until?: Date
    data?: string | null
  },
): string =>
  makeReaderToken({
    secret: depsOf(payload).secret,
    purpose,
    ...rowOf(reader),
    expiresAt: purpose === 'leave' ? null : until,
    data: purpose === 'leave' ? null : data,
  })

export interface ReaderAnswer {
  status: number
  location: string | null
  headers: Headers
  body: unknown
}

type Body = { json: unknown } | { form: Record<string, string> } | { text: string; type?: string }

/** Somebody without a login or a cookie, calling the API by way of Payload's own router. */
export const anybodyOn =
  ({ payload, key }: TestDatabase) =>
  async (method: string, path: string, body?: Body): Promise<ReaderAnswer> => {
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: key,
      request: new Request(`${payload.config.serverURL}/api${path}`, { method, ...(body && sent(body)) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      location: response.headers.get('location'),
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    }
  }

function sent(body: Body): RequestInit {
  if ('json' in body)
    return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body.json) }
  if ('form' in body) return { body: new URLSearchParams(body.form) }
  return { headers: { 'Content-Type': body.type ?? 'text/plain' }, body: body.text }
}

const ALL = { depth: 0, limit: 0, pagination: false, sort: 'id' } as const

type ReaderRows =
  'subscribers' | 'consents' | 'suppressions' | 'transactional-mails' | 'deliveries' | 'erasures'

const rowsIn = async <Slug extends ReaderRows>(payload: Payload, collection: Slug) =>
  (await payload.find({ collection, ...ALL })).docs as DataFromCollectionSlug<Slug>[]

/** All rows that a reader's link could change, as they are. */
export const readerRows = async (payload: Payload) => ({
  subscribers: await rowsIn(payload, 'subscribers'),
  consents: await rowsIn(payload, 'consents'),
  suppressions: await rowsIn(payload, 'suppressions'),
  mails: await rowsIn(payload, 'transactional-mails'),
  deliveries: await rowsIn(payload, 'deliveries'),
  erasures: await rowsIn(payload, 'erasures'),
})

/** What is written down of a person's consent, without ids. */
export async function consentsOf(payload: Payload, { id }: Pick<Subscriber, 'id'>) {
  const where = { subscriber: { equals: id } }
  const { docs } = await payload.find({ collection: 'consents', where, ...ALL })
  return docs.map(({ kind, source, by, locale, text }) => ({
    kind,
    source,
    by: by ?? null,
    locale: locale ?? null,
    text: text ?? null,
  }))
}

export const mailsOf = async (payload: Payload): Promise<TransactionalMail[]> =>
  (await payload.find({ collection: 'transactional-mails', ...ALL })).docs

/** The token of the one link of that kind in a mail. */
export function tokenIn({ mail }: TransactionalMail, path: string): string {
  const text = JSON.stringify(mail)
  return new RegExp(`${path}\\?token=([\\w.-]+)`).exec(text)?.[1] ?? ''
}

/** Removes what the tests of readers make. */
export async function clearReaders(payload: Payload): Promise<void> {
  for (const collection of [
    'consents',
    'suppressions',
    'transactional-mails',
    'erasures',
    'rate-limits',
    'subscribers',
  ] as const)
    await payload.db.deleteMany({ collection, where: {} })
}
