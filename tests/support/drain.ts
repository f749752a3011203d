import type { Payload } from 'payload'
import { depsOf } from '../../src/deps.ts'
import { eventLane } from '../../src/newsletter/applyEvents.ts'
import { flowLanes } from '../../src/newsletter/work.ts'

/** Does what a worker does until nothing is due. */
export async function drain(payload: Payload): Promise<void> {
  const deps = depsOf(payload)
  const lanes = [...flowLanes(deps), eventLane(deps)]
  let isBusy = true
  while (isBusy) {
    isBusy = false
    for (const { step } of lanes) while (await step()) isBusy = true
  }
}

/** Applies the provider's events that wait, as a worker does. */
export async function applyAll(payload: Payload): Promise<void> {
  const { step } = eventLane(depsOf(payload))
  while (await step());
}
