import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import type { Subscriber } from '../payload-types.ts'
import { readerLinks } from '../readers/links.ts'
import { queueMail } from '../transactional/queueMail.ts'

/**
 * Welcomes a new subscriber, unless the site does not. One asking has one welcome, whoever writes it first: its key is in
 * the database once.
 */
export async function welcomeOnce({
  payload,
  reader,
  linkAskedAt,
}: {
  payload: Payload
  reader: Subscriber
  linkAskedAt: Date
}): Promise<void> {
  if (!(await wantsWelcome(payload))) return
  await queueMail({
    payload,
    request: {
      kind: 'welcome',
      ...readerLinks({ payload, reader, now: depsOf(payload).clock.now() }),
      to: { email: reader.email, name: reader.name ?? null },
      locale: reader.locale,
      subscriberId: String(reader.id),
      idempotencyKey: `welcome-${reader.id}-${linkAskedAt.getTime()}`,
    },
  })
}

async function wantsWelcome(payload: Payload): Promise<boolean> {
  const { sendsWelcome } = await payload.findGlobal({
    slug: 'site',
    select: { sendsWelcome: true },
    depth: 0,
    overrideAccess: true,
  })
  return sendsWelcome !== false
}
