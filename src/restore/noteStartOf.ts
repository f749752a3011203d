import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BasePayload, Payload } from 'payload'
import { withLock } from '../adapters/database/withLock.ts'
import { followUpForgotten } from '../contact/followUpForgotten.ts'
import { depsOf, restoreOf } from '../deps.ts'
import { rescue } from '../newsletter/rescue.ts'
import { noteStart, rememberFolder } from './noteStart.ts'
import type { Restored } from './rules/whyRestored.ts'
import { putNotice, removeNotice } from './staffNotice.ts'

/**
 * For every process that mails, or takes what is to be mailed, before it does.
 * @returns why staff were asked now; null: they were not.
 * @throws what the database throws.
 */
export const noteStartOf = (payload: Payload): Promise<Restored | null> =>
  alone(payload, () => {
    const deps = depsOf(payload)
    return noteStart({
      ...restoreOf(payload),
      completeRows: async () => {
        while (await rescue(deps));
        while (await followUpForgotten(payload)());
      },
      tellStaff: (what) => putNotice(payload, what),
      workerSeenAt: async () => (await deps.store.readPulse({ now: deps.clock.now() })).workerSeenAt,
      now: deps.clock.now,
      log: (event, facts = {}) => payload.logger.warn({ event, ...facts }),
    })
  })

/** A person says that the database is as new as what was mailed, wherever it is now: nothing waits. */
export const acceptMove = (payload: Payload): Promise<void> =>
  alone(payload, async () => {
    await rememberFolder(restoreOf(payload))
    await depsOf(payload).store.beat(moveAt(depsOf(payload).clock.now()))
    await removeNotice(payload)
  })

/** A worker that was last seen long ago is no reason to ask either. */
const moveAt = (now: Date) => ({ worker: 'planned-move', mailer: 'none', startedAt: now, now })

/** One process of a folder at a time. */
function alone<Result>(payload: BasePayload, run: () => Promise<Result>): Promise<Result> {
  const { dataDir } = depsOf(payload).env
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return withLock(join(dataDir, 'start.lock'), run)
}
