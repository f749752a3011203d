import type { Flow } from '../../../src/newsletter/ports.ts'
import { aroundCalls } from './crash.ts'

/** Numbers that look like chance and are the same for the same seed (mulberry32), from 0 up to 1. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Lets several workers run side by side, one call at a time: each waits before and after every call until it is its
 * turn, and `random` says whose turn it is. So a worker may stand still between any two calls for as long as the others
 * like, also with the provider's answer in its hand.
 * @param onTurn is told before each turn, for what else may happen meanwhile: time passes, an editor acts.
 */
export async function interleave<Content>({
  flows,
  run,
  random,
  onTurn,
}: {
  flows: Flow<Content>[]
  run: (flow: Flow<Content>) => Promise<void>
  random: () => number
  onTurn: () => Promise<void>
}): Promise<void> {
  const waiting: (() => void)[] = []
  const turn = () => new Promise<void>((resume) => waiting.push(resume))
  const running = flows.map((flow) =>
    run(
      aroundCalls(flow, async (_, call) => {
        await turn()
        const result = await call()
        await turn()
        return result
      }),
    ),
  )
  const isOver = Promise.all(running).then(() => true)
  for (;;) {
    if (await Promise.race([isOver, settled()])) return
    await onTurn()
    const [resume] = waiting.splice(Math.floor(random() * waiting.length), 1)
    resume?.()
  }
}

/** When everything that can go on without us has. */
const settled = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)))
