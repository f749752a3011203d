import type { Id } from './model.ts'
import type { Flow } from './ports.ts'
import { CANARY_SILENT } from './rules/problems.ts'

const MINUTE_MS = 60_000

/**
 * Takes each canary one step on: when all of it is mailed it waits for events; when it has waited, the rest follows (canary ->
 * submitting), or staff are asked (canary -> paused). Each step is one conditional write, so that a crash or a second worker
 * changes nothing.
 * @returns whether there was such a step.
 */
export async function judgeCanaries<Content>(flow: Flow<Content>): Promise<boolean> {
  const { store, clock } = flow
  let hasMoved = false
  for (const { id, minutes, waitsUntil } of await store.findDueCanaries({ now: clock.now() })) {
    const now = clock.now()
    if (waitsUntil === null) {
      await store.awaitCanary({ id, until: new Date(now.getTime() + minutes * MINUTE_MS), now })
      hasMoved = true
    } else if (await judge(flow, { id, waitsUntil })) hasMoved = true
  }
  return hasMoved
}

/** What came in before the wait was over counts, also when no worker was there to apply it: until that is done, nothing is decided. */
async function judge<Content>(
  { store, clock, log, guard, hasEvents }: Flow<Content>,
  { id, waitsUntil }: { id: Id; waitsUntil: Date },
): Promise<boolean> {
  const isHeard = await hasEvents({ campaignId: id, until: waitsUntil })
  if (isHeard === null) return false
  // Pauses it when too many bounced or complained: then the next write finds it in another state.
  await guard(id)
  const problem = isHeard ? null : CANARY_SILENT
  const isEnded = await store.endCanary({ id, problem, now: clock.now() })
  if (isEnded) log('campaign.canary_ended', { campaign: id, problem: problem?.code ?? null })
  return true
}
