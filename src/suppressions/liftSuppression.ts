import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { changeSuppression } from '../newsletter/changeSuppression.ts'
import type { Id, Suppression } from '../newsletter/model.ts'
import { normaliseEmail } from '../subscribers/emailAddress.ts'
import { statusWithoutSuppression } from './statusWithoutSuppression.ts'

/**
 * The address may be mailed again, and its subscriber is what statusWithoutSuppression says. Doing it again changes nothing.
 * Writes as the system: the caller says who may.
 * @param lift.by the user who did it, with a name that outlives them; null for the person themselves.
 * @returns false when the address was not suppressed.
 * @throws what the database throws; doing it again makes up for what was lost.
 */
export async function liftSuppression({
  payload,
  email: given,
  by,
  reason,
  now,
}: {
  payload: Payload
  email: string
  by: { id: Id; name: string } | null
  reason: string
  now: Date
}): Promise<boolean> {
  const deps = depsOf(payload)
  const email = normaliseEmail(given)
  const hasList = deps.env.mailer.kind === 'resend'
  const { was, is } = await changeSuppression(deps, {
    email,
    decide: (before) =>
      before === null || before.liftedAt !== null
        ? before
        : {
            ...before,
            email,
            liftedAt: now,
            liftedBy: by && by.id,
            liftedByName: by && by.name,
            liftedReason: reason,
            forgivenAt: now,
            toTellProvider: hasList ? 'lift' : null,
          },
  })
  // One that was lifted before may have been cut off before its subscriber.
  if (is) await releaseSubscriber({ payload, email, suppression: is, now })
  return was !== null && was.liftedAt === null
}

async function releaseSubscriber({
  payload,
  email,
  suppression,
  now,
}: {
  payload: Payload
  email: string
  suppression: Suppression
  now: Date
}): Promise<void> {
  const { events } = depsOf(payload)
  const subscriber = await events.findAddressed(email)
  if (subscriber?.status !== 'suppressed') return
  const to = await statusWithoutSuppression({ payload, subscriber, suppression })
  await events.moveAddressed({ email, from: ['suppressed'], to, now })
}
