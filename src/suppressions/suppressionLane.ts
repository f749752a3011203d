import type { Payload } from 'payload'
import { depsOf, providerListOf } from '../deps.ts'
import type { Lane } from '../newsletter/work.ts'
import type { Pace } from '../newsletter/ports.ts'
import { startRests } from './rests.ts'
import { tellProvider } from './tellProvider.ts'

const LOOK_EVERY_MS = 10_000

/** What a worker tells the provider's list; nothing where the mailer has none. */
export function suppressionLane({ payload, pace }: { payload: Payload; pace: Pace }): Lane {
  const rests = startRests()
  const known = providerListOf(payload)
  return {
    name: 'tell-provider',
    step: async () => {
      const { events, clock, log } = depsOf(payload)
      const list = await known
      return list ? tellProvider({ events, list, pace, clock, log, rests }) : false
    },
    idleMs: LOOK_EVERY_MS,
  }
}
