import type { Payload } from 'payload'
import { depsOf } from '../../src/deps.ts'
import { flowLanes } from '../../src/newsletter/work.ts'

/** Does what a worker does until nothing is due. */
export async function drain(payload: Payload): Promise<void> {
  const lanes = flowLanes(depsOf(payload))
  let isBusy = true
  while (isBusy) {
    isBusy = false
    for (const { step } of lanes) while (await step()) isBusy = true
  }
}
