import { expect } from '@jest/globals'
import type { Store } from '../../../src/newsletter/ports.ts'
import type { CutDatabase } from './cutDatabase.ts'

/** A worker that stands still in the middle of an operation, and all that others do meanwhile. */
export interface Late {
  act: (store: Store) => Promise<unknown>
  meanwhile: () => Promise<unknown>
}

/**
 * The late one stands still before each of its calls in turn, and goes on when the others are done: nothing may change
 * any more.
 * @param from 1 where it knows nothing before its first call is answered, so that until then it is not late at all.
 */
export async function standStill({
  late,
  documents,
  clear,
  arrange,
  from,
}: {
  late: CutDatabase
  documents: () => Promise<unknown>
  clear: () => Promise<void>
  arrange: () => Promise<Late>
  from: number
}): Promise<void> {
  const calls = await countCalls(late, arrange)
  expect(calls).toBeGreaterThan(from)
  for (let call = from; call < calls; call++) {
    await clear()
    const { act, meanwhile } = await arrange()
    const stall = late.proxy.stall(call)
    const acting = act(late.store)
    await stall.isReached
    await meanwhile()
    const before = await documents()
    stall.letGo()
    await acting
    expect({ call, after: await documents() }).toEqual({ call, after: before })
  }
}

async function countCalls({ proxy, store }: CutDatabase, arrange: () => Promise<Late>): Promise<number> {
  const { act } = await arrange()
  proxy.count(null)
  await act(store)
  return proxy.calls.length
}
