import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { codeOf } from '../codeOf.ts'
import type { Lane } from '../newsletter/work.ts'
import type { ContactMessage } from '../payload-types.ts'
import { followUp } from './followUp.ts'

/** Whoever took the message has done it by then, if nothing went wrong. */
const LEFT_ALONE_MS = 30_000
const LOOK_EVERY_MS = 30_000
const MESSAGES_AT_ONCE = 50

/**
 * Messages that were kept, and then a crash, or a database that failed, before what follows from them. One that fails
 * does not keep the others waiting, and is found again: each look goes on after the last one, and in the end begins anew.
 * @returns looks once, and tells whether a message was made good.
 */
export function followUpForgotten(payload: Payload): () => Promise<boolean> {
  const { log } = depsOf(payload)
  let last: ContactMessage['id'] | null = null
  return async () => {
    const found = await findForgotten({ payload, after: last })
    last = found.length === MESSAGES_AT_ONCE ? (found.at(-1)?.id ?? null) : null
    let hasDone = false
    for (const message of found)
      try {
        await followUp({ payload, message })
        log('contact.rescued', { message: String(message.id) })
        hasDone = true
      } catch (error) {
        log('contact.not_rescued', { message: String(message.id), code: codeOf(error) })
      }
    return hasDone
  }
}

async function findForgotten({
  payload,
  after,
}: {
  payload: Payload
  after: ContactMessage['id'] | null
}): Promise<ContactMessage[]> {
  const before = new Date(depsOf(payload).clock.now().getTime() - LEFT_ALONE_MS).toISOString()
  const { docs } = await payload.find({
    collection: 'contact-messages',
    where: {
      and: [
        { mailsQueuedAt: { equals: null } },
        { createdAt: { less_than: before } },
        ...(after === null ? [] : [{ id: { greater_than: after } }]),
      ],
    },
    sort: 'id',
    limit: MESSAGES_AT_ONCE,
    pagination: false,
    depth: 0,
    joins: false,
    overrideAccess: true,
  })
  return docs
}

export const contactLane = (payload: Payload): Lane => ({
  name: 'contact',
  step: followUpForgotten(payload),
  idleMs: LOOK_EVERY_MS,
})
