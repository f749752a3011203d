import type { Payload } from 'payload'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'
import { findReaderById } from '../readers/findReader.ts'
import { liftSuppression } from '../suppressions/liftSuppression.ts'
import { activate } from './activate.ts'
import { findAsked, recordConfirmed, removeConfirmed } from './consentsOfAsking.ts'
import { findAsking, type FoundAsking } from './findAsking.ts'
import { welcomeOnce } from './welcomeOnce.ts'

/** `done`: they subscribe, since now or since an earlier click. `gone`: they waited too long, or have been deleted. */
export type Confirmation = 'done' | 'invalid' | 'expired' | 'gone' | 'left' | 'refused'

/**
 * Makes who asked a subscriber, with their consent on record, and welcomes them once. The consent comes first: nobody is
 * ever a subscriber without proof. Done again it changes nothing, but finishes what a crash left of the first time.
 * Writes as the system: the link stands in for a login.
 * @throws what the database throws: nobody is told that they subscribe when they do not.
 */
export async function confirmSubscription({
  payload,
  token,
  now,
}: {
  payload: Payload
  token: string
  now: Date
}): Promise<Confirmation> {
  const found = await findAsking({ payload, token, now })
  switch (found.confirming) {
    case 'invalid':
    case 'expired':
    case 'gone':
    case 'left':
    case 'refused':
      return found.confirming
    case 'confirm':
      return confirm({ payload, found, now })
    case 'again':
      if (hasMadeThem(found)) await finish({ payload, found, now })
      return 'done'
  }
}

interface Act {
  payload: Payload
  found: FoundAsking
  now: Date
}

async function confirm({ payload, found, now }: Act): Promise<'done' | 'left' | 'gone'> {
  const asked = await findAsked({ payload, found })
  await recordConfirmed({ payload, found, asked, now })
  if (!(await activate({ payload, found, asked, now }))) {
    const reader = await findReaderById({ payload, id: String(found.reader.id) })
    if (!reader) {
      await removeConfirmed({ payload, found })
      return 'gone'
    }
    // Else it was the other of two clicks.
    if (reader.status !== 'active') return 'left'
  }
  await finish({ payload, found, now })
  return 'done'
}

/** Not when they became a subscriber in another way, earlier: this link has nothing to do with it. */
const hasMadeThem = ({ reader: { consentAt }, linkAskedAt }: FoundAsking): boolean =>
  consentAt ? new Date(consentAt) >= linkAskedAt : false

/** After the status: who leaves at this very moment is not let in again. */
async function finish({ payload, found: { reader, linkAskedAt, suppression }, now }: Act): Promise<void> {
  if (suppression !== null && isHashOnly(suppression))
    await liftSuppression({ payload, email: reader.email, by: null, reason: 'Confirmed by mail', now })
  await welcomeOnce({ payload, reader, linkAskedAt })
}
