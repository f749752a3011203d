import type { PayloadRequest } from 'payload'
import { limitsOf, type Limit } from '../limits/limitsOf.ts'
import { networkAddressOf } from '../limits/networkAddressOf.ts'
import { refuseHaste } from './refusals.ts'

const QUARTER_OF_AN_HOUR_MS = 15 * 60_000
const HOUR_MS = 60 * 60_000

/** Attempts that were counted before they were made, so that many at once count too. */
export interface Attempt {
  /** It was right: it counts no more. @throws what the database throws. */
  succeeded: () => Promise<void>
}

type Asking = Pick<PayloadRequest, 'payload' | 'headers' | 'i18n' | 't'>

/** As Payload looks a login up. */
export const normaliseLogin = (email: string): string => email.trim().toLowerCase()

/**
 * Wrong logins count on the network address that they come from: 30 in a quarter of an hour whatever the name, 8 for one
 * name. The account itself is never locked, or a stranger could keep anybody out for good; and a name that there is not
 * counts as one that there is.
 * @param login.email normalised.
 * @throws APIError 429, what the database throws.
 */
export function takeLogin(req: Asking, { email }: { email: string }): Promise<Attempt> {
  const network = networkAddressOf(req)
  return take(req, [
    { key: `login ${network}`, points: 30, perMs: QUARTER_OF_AN_HOUR_MS },
    { key: `login ${network} ${email}`, points: 8, perMs: QUARTER_OF_AN_HOUR_MS },
  ])
}

/** Ten wrong setup codes an hour from one network address. @throws APIError 429, what the database throws. */
export const takeSetupCode = (req: Asking): Promise<Attempt> =>
  take(req, [{ key: `setup code ${networkAddressOf(req)}`, points: 10, perMs: HOUR_MS }])

/** Eight wrong current passwords in a quarter of an hour for one user, who has a session. @throws APIError 429 */
export const takeCurrentPassword = (req: Asking, { id }: { id: string | number }): Promise<Attempt> =>
  take(req, [{ key: `current password ${id}`, points: 8, perMs: QUARTER_OF_AN_HOUR_MS }])

/** Ten addresses a day: an answer tells whether an address is taken. @throws APIError 429 */
export const takeNewAddress = (req: Asking, { id }: { id: string | number }): Promise<Attempt> =>
  take(req, [{ key: `new address by ${id}`, points: 10, perMs: 24 * HOUR_MS }])

/** Twenty an hour from one network address, for whatever address or token. @throws APIError 429 */
export const takeReset = (req: Asking, what: 'ask' | 'use'): Promise<Attempt> =>
  take(req, [{ key: `reset ${what} ${networkAddressOf(req)}`, points: 20, perMs: HOUR_MS }])

async function take(req: Asking, counts: Limit[]): Promise<Attempt> {
  const limits = limitsOf(req.payload)
  const waits = await Promise.all(counts.map((limit) => limits.takeOrWait(limit)))
  const waitMs = Math.max(...waits)
  if (waitMs > 0) throw refuseHaste(req, waitMs)
  return { succeeded: async () => void (await Promise.all(counts.map((limit) => limits.giveBack(limit)))) }
}
