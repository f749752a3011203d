import type { Payload } from 'payload'
import { limitsOf } from './limitsOf.ts'

const QUARTER_OF_AN_HOUR_MS = 15 * 60_000
const DAY_MS = 86_400_000
const MAILS_A_DAY = 3

/** That one mail may go to the address. */
export interface ConfirmationTurn {
  /** The mail could not be written down: whoever tries again need not wait. @throws what the database throws. */
  giveBack: () => Promise<void>
}

/**
 * An address gets few mails that ask for a confirmation (to subscribe, to be somebody's new address), whoever asks for
 * whichever, however often: one in 15 minutes and three a day, so that nobody's inbox can be filled with them.
 * @param asked.email normalised.
 * @returns null when it is to get none now.
 * @throws what the database throws.
 */
export async function takeConfirmation({
  payload,
  email,
}: {
  payload: Payload
  email: string
}): Promise<ConfirmationTurn | null> {
  const limits = limitsOf(payload)
  const soon = { key: `confirm mail soon ${email}`, points: 1, perMs: QUARTER_OF_AN_HOUR_MS }
  const today = { key: `confirm mail today ${email}`, points: MAILS_A_DAY, perMs: DAY_MS }
  if (!(await limits.take(soon)) || !(await limits.take(today))) return null
  return {
    giveBack: async () => {
      await limits.giveBack(today)
      await limits.giveBack(soon)
    },
  }
}
