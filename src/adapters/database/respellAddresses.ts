import type { BasePayload, Where } from 'payload'
import { changeSuppression } from '../../newsletter/changeSuppression.ts'
import type { SuppressionStore } from '../../newsletter/eventPorts.ts'
import type { SubscriberStatus } from '../../newsletter/model.ts'
import type { Clock } from '../../newsletter/ports.ts'
import { addressHash } from '../../newsletter/rules/addressHash.ts'
import { isHashOnly } from '../../newsletter/rules/isHashOnly.ts'
import { nextSuppression } from '../../newsletter/rules/nextSuppression.ts'
import type { Subscriber, Suppression } from '../../payload-types.ts'
import { normaliseEmail } from '../../subscribers/emailAddress.ts'

interface Respelling {
  payload: BasePayload
  events: SuppressionStore
  secret: string
  clock: Clock
}

const DONE = 'utskick-addresses-respelt'
const PAGE = 1_000

/** Of one person in two spellings: who left stays out, and who never confirmed is no reason to leave somebody out. */
const STRICTEST_FIRST: readonly SubscriberStatus[] = ['suppressed', 'unsubscribed', 'active', 'pending']

/**
 * Once for an installation of an earlier version, which kept addresses as they were written: subscribers and suppressions
 * get the spelling that lookups use now (subscribers/emailAddress). Somebody with a row in each spelling keeps the one in the
 * right spelling, with the stricter status. Suppressions first, so that nobody is mailed between the two. Cut off at any
 * point, the next start goes on; two at once do no harm.
 * A suppression of which only the hash is kept cannot be spelt again: no address is known.
 * @throws what the database throws.
 */
export async function respellAddresses(on: Respelling): Promise<void> {
  const { kv } = on.payload
  if (await kv.has(DONE)) return
  for (const suppression of await findMisspelt<Suppression>(on, 'suppressions'))
    await respellSuppression(on, suppression)
  for (const subscriber of await findMisspelt<Subscriber>(on, 'subscribers'))
    await respellSubscriber(on, subscriber)
  await kv.set(DONE, true)
}

type Misspelt<Row> = Row & { email: string }

async function findMisspelt<Row extends { email?: string | null }>(
  { payload }: Respelling,
  collection: 'subscribers' | 'suppressions',
): Promise<Misspelt<Row>[]> {
  const found: Misspelt<Row>[] = []
  for (let page = 1; ; page += 1) {
    const { docs } = await payload.db.find({ collection, sort: 'id', limit: PAGE, page, pagination: true })
    for (const row of docs as unknown as Row[]) if (isMisspelt(row)) found.push(row)
    if (docs.length < PAGE) return found
  }
}

const isMisspelt = <Row extends { email?: string | null }>(row: Row): row is Misspelt<Row> =>
  typeof row.email === 'string' && normaliseEmail(row.email) !== row.email

async function respellSuppression(on: Respelling, row: Misspelt<Suppression>): Promise<void> {
  const { events, payload, secret } = on
  const email = normaliseEmail(row.email)
  const [formerHash, hash] = [row.addressHash, addressHash({ secret, email })]
  const former = (await events.readSuppressions([formerHash])).get(formerHash)
  if (!former) return
  if (former.liftedAt === null) {
    const { reason, detail, suppressedAt, madeBy, statusBefore, toTellProvider } = former
    await changeSuppression(on, {
      email,
      decide: (was) => {
        const next = nextSuppression({ was, cause: { reason, detail, suppressedAt, madeBy }, email })
        if (next === was) return was
        return {
          ...next,
          statusBefore: next.statusBefore ?? statusBefore,
          toTellProvider: next.toTellProvider ?? toTellProvider,
        }
      },
    })
  } else if (!(await events.readSuppressions([hash])).has(hash))
    // Staff see in it who let the address back, and what is forgiven stays forgiven.
    await events.writeSuppression({ addressHash: hash, was: null, next: { ...former, email } })
  await payload.db.deleteOne({ collection: 'suppressions', where: { id: { equals: row.id } } })
}

async function respellSubscriber(on: Respelling, row: Misspelt<Subscriber>): Promise<void> {
  const { events, payload, secret } = on
  const email = normaliseEmail(row.email)
  const hash = addressHash({ secret, email })
  const suppression = (await events.readSuppressions([hash])).get(hash)
  const isOut = suppression !== undefined && suppression.liftedAt === null && !isHashOnly(suppression.reason)
  const twin = (await payload.db.findOne<Subscriber>({
    collection: 'subscribers',
    where: { email: { equals: email } },
  })) as Subscriber | null
  const status = strictest([
    row.status,
    ...(twin ? [twin.status] : []),
    ...(isOut ? ['suppressed' as const] : []),
  ])
  const unsubscribedAt = twin?.unsubscribedAt ?? row.unsubscribedAt ?? null
  await payload.db.updateOne({
    collection: 'subscribers',
    id: (twin ?? row).id,
    data: { email, status, unsubscribedAt },
  })
  if (!twin) return
  const theirs: Where = { subscriber: { equals: row.id } }
  for (const collection of ['consents', 'transactional-mails'] as const)
    await payload.db.updateMany({
      collection,
      where: theirs,
      data: { subscriber: twin.id },
      returning: false,
    })
  await payload.db.deleteOne({ collection: 'subscribers', where: { id: { equals: row.id } } })
}

const strictest = (statuses: readonly SubscriberStatus[]): SubscriberStatus =>
  STRICTEST_FIRST.find((status) => statuses.includes(status)) ?? 'suppressed'
