import type { SuppressionStore } from '../newsletter/eventPorts.ts'
import type { Suppression } from '../newsletter/model.ts'
import type { Clock, Log, Pace } from '../newsletter/ports.ts'
import type { ProviderList } from './ports.ts'
import type { Rests } from './rests.ts'

const AT_ONCE = 10
/** More than are told at once: the first may be those that rest. */
const LOOKED_AT = 100

interface Telling {
  events: SuppressionStore
  list: ProviderList
  /** Calls share the provider's limit with the mails. */
  pace: Pick<Pace, 'waitForCall'>
  clock: Clock
  log: Log
  rests: Rests
}

type Untold = { addressHash: string; suppression: Suppression }

/**
 * Tells the provider's list what staff and readers decided, so that it does not swallow the mails of somebody who was let
 * go, and keeps whom staff suppressed. What could not be told stays to be told, later and later, and keeps nobody else
 * waiting, unless the provider takes nothing from us at all; telling twice does no harm.
 * @returns whether there may be more at once.
 */
export async function tellProvider(telling: Telling): Promise<boolean> {
  const { events, clock, rests } = telling
  if (rests.isResting(EVERYBODY, clock.now())) return false
  const untold = await events.findUntoldSuppressions({ limit: LOOKED_AT })
  const awake = untold.filter(({ addressHash }) => !rests.isResting(addressHash, clock.now()))
  for (const one of awake.slice(0, AT_ONCE)) if (!(await tell(telling, one))) return false
  return awake.length > AT_ONCE
}

/** No hash of an address. */
const EVERYBODY = 'everybody'

/** @returns whether to go on with others. */
async function tell(telling: Telling, { addressHash, suppression }: Untold): Promise<boolean> {
  const { list, pace, clock, log, rests } = telling
  const { email, toTellProvider: what } = suppression
  if (what === null || email === null) return settle(telling, { addressHash, suppression, isDone: false })
  const slot = await pace.waitForCall()
  if (!slot) return false
  const told = await list.tell({ email, what }).finally(() => slot.end(null))
  if (told.kind !== 'done') log('suppression.not_told', { what, kind: told.kind, code: told.code })
  switch (told.kind) {
    case 'done':
    case 'impossible':
      rests.worked(EVERYBODY)
      rests.worked(addressHash)
      return settle(telling, { addressHash, suppression, isDone: told.kind === 'done' })
    case 'later':
      rests.failed(addressHash, clock.now())
      // It may have reached the provider all the same.
      await makeUp(telling, { addressHash, suppression })
      return true
    case 'closed':
      rests.failed(EVERYBODY, clock.now())
      return false
  }
}

async function settle(
  telling: Telling,
  { addressHash, suppression, isDone }: Untold & { isDone: boolean },
): Promise<true> {
  const { events, clock } = telling
  const isLifted = isDone && suppression.toTellProvider === 'lift'
  const next = {
    ...suppression,
    toTellProvider: null,
    // That the list had the address until now is no news.
    ...(isLifted && { forgivenAt: clock.now() }),
  }
  if (!(await events.writeSuppression({ addressHash, was: suppression, next })))
    await makeUp(telling, { addressHash, suppression })
  return true
}

/**
 * Others have changed it meanwhile, and another worker may have told of that before what we told arrived: unless what holds
 * now is what we told, it is to be told again.
 */
async function makeUp({ events }: Telling, { addressHash, suppression: told }: Untold): Promise<void> {
  for (;;) {
    const was = (await events.readSuppressions([addressHash])).get(addressHash)
    if (!was || was.email === null) return
    const holds = was.liftedAt === null ? 'suppress' : 'lift'
    if (holds === told.toTellProvider || holds === was.toTellProvider) return
    if (await events.writeSuppression({ addressHash, was, next: { ...was, toTellProvider: holds } })) return
  }
}
