import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { limitsOf } from '../limits/limitsOf.ts'
import { takeConfirmation } from '../limits/takeConfirmation.ts'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'
import type { Subscriber } from '../payload-types.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { queueMail } from '../transactional/queueMail.ts'
import { partsOfChange, readAddressChange } from './addressChange.ts'
import { findReaderById } from './findReader.ts'
import { finishAddressChange } from './finishAddressChange.ts'
import { confirmAddressUrl } from './links.ts'

const DAY_MS = 86_400_000
const MAILS_A_DAY = 3

/**
 * Somebody wants the newsletter at another address: mails a link to that address, which its owner confirms by. Nothing
 * changes until then. An address that subscribes already or must not be mailed gets no mail, and nobody many; the caller
 * answers the same to all, so that nobody learns who subscribes.
 * @param change.email normalised.
 * @throws what the database throws; asking again is not counted twice then.
 */
export async function askToChangeAddress({
  payload,
  reader,
  email,
  now,
}: {
  payload: Payload
  reader: Subscriber
  email: string
  now: Date
}): Promise<void> {
  const subscriberId = String(reader.id)
  const limits = limitsOf(payload)
  const oneOfToday = { key: `change address of ${subscriberId}`, points: MAILS_A_DAY, perMs: DAY_MS }
  if (!(await limits.take(oneOfToday))) return
  if (!(await isFree({ payload, email }))) return
  const turn = await takeConfirmation({ payload, email })
  if (!turn) return
  const { locale } = reader
  try {
    await queueMail({
      payload,
      request: {
        kind: 'confirm-address',
        confirmUrl: confirmAddressUrl({ payload, reader, now, from: reader.email, to: email }),
        to: { email, name: null },
        locale,
        subscriberId,
      },
    })
  } catch (error) {
    await turn.giveBack()
    await limits.giveBack(oneOfToday)
    throw error
  }
}

/** `done`: they have the new address, since now or since an earlier click. `used`: they have another one since. */
export type AddressConfirmation = 'done' | 'used' | 'taken'

/** The new address that a link to confirm names, and whether it can still be confirmed. */
export function readNewAddress({
  payload,
  reader,
  data,
}: {
  payload: Payload
  reader: Subscriber
  data: string | null
}): { email: string; isDone: boolean } | null {
  const { secret } = depsOf(payload)
  const email = readAddressChange({ secret, data, current: reader.email })
  if (email !== null) return { email, isDone: false }
  return partsOfChange(data)?.email === reader.email ? { email: reader.email, isDone: true } : null
}

/**
 * Gives the person the new address, in one write that takes effect only while they have the one they had when they asked;
 * the old one is told first. Done again it changes nothing, but finishes what a crash left of the first time.
 * Writes as the system: the link stands in for a login.
 * @returns `taken`, with nothing changed, when the address subscribes since or must not be mailed.
 * @throws what the database throws.
 */
export async function confirmAddress({
  payload,
  reader,
  data,
  now,
}: {
  payload: Payload
  reader: Subscriber
  data: string | null
  now: Date
}): Promise<AddressConfirmation> {
  const change = readNewAddress({ payload, reader, data })
  if (!change) return 'used'
  const { email, isDone } = change
  if (!isDone) {
    if (!(await isFree({ payload, email }))) return 'taken'
    const notice = await tellFormerAddress({ payload, reader })
    const isTaken = !(await write({ payload, reader, email, now }))
    if (isTaken) {
      await withdrawNotice({ payload, notice })
      return 'taken'
    }
  }
  const current = await findReaderById({ payload, id: String(reader.id) })
  // Another link was faster, or another click on this one.
  if (current?.email !== email) return 'used'
  const { formerAddressHash = '' } = partsOfChange(data) ?? {}
  await finishAddressChange({ payload, reader: current, formerAddressHash, now })
  return 'done'
}

/** @returns false when somebody subscribed with it meanwhile. One that was changed meanwhile stays as it is. */
async function write({
  payload,
  reader,
  email,
  now,
}: {
  payload: Payload
  reader: Subscriber
  email: string
  now: Date
}): Promise<boolean> {
  try {
    await payload.db.updateOne({
      collection: 'subscribers',
      where: { and: [{ id: { equals: reader.id } }, { email: { equals: reader.email } }] },
      data: { email, addressChangedAt: now.toISOString(), updatedAt: now.toISOString() },
    })
    return true
  } catch (error) {
    const current = await findReaderById({ payload, id: String(reader.id) })
    if (current?.email !== email && !(await isFree({ payload, email }))) return false
    throw error
  }
}

/**
 * Before the change: after it nobody knows the old address any more. Once for each change, however often it is tried; none
 * to an address that takes no mail.
 */
async function tellFormerAddress({
  payload,
  reader: { id, email, name, locale, addressChangedAt, createdAt },
}: {
  payload: Payload
  reader: Subscriber
}): Promise<string | null> {
  if ((await findSuppressed({ payload, emails: [email] })).has(email)) return null
  const key = `address-changed-${id}-${Date.parse(addressChangedAt ?? createdAt)}`
  await queueMail({
    payload,
    request: {
      kind: 'address-changed',
      to: { email, name: name ?? null },
      locale,
      subscriberId: String(id),
      idempotencyKey: key,
    },
  })
  return key
}

async function withdrawNotice({
  payload,
  notice,
}: {
  payload: Payload
  notice: string | null
}): Promise<void> {
  if (notice === null) return
  await payload.db.deleteMany({
    collection: 'transactional-mails',
    where: { requestKey: { equals: notice }, status: { equals: 'pending' } },
  })
}

/** Whether nobody subscribes with it, and it may be mailed, or may be once its owner has confirmed. */
async function isFree({ payload, email }: { payload: Payload; email: string }): Promise<boolean> {
  const [{ totalDocs }, suppressed] = await Promise.all([
    payload.count({ collection: 'subscribers', where: { email: { equals: email } }, overrideAccess: true }),
    findSuppressed({ payload, emails: [email] }),
  ])
  const reason = suppressed.get(email)
  return totalDocs === 0 && (reason === undefined || isHashOnly(reason))
}
