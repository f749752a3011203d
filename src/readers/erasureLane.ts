import type { Payload } from 'payload'
import type { Lane } from '../newsletter/work.ts'
import { continueErasures } from './eraseReader.ts'

const LOOK_EVERY_MS = 60_000

/** What a worker does for those who want to be forgotten, as long as something of them is left. */
export const erasureLane = (payload: Payload): Lane => ({
  name: 'erase',
  // What has to wait for a batch is there in the next round too: no reason to look again at once.
  step: async () => {
    await continueErasures(payload)
    return false
  },
  idleMs: LOOK_EVERY_MS,
})
