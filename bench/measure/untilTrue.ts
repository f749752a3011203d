import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks again and again until the answer is true.
 * @param progress what must change now and then: when it has not for `patienceMs`, it throws.
 */
export async function untilTrue({
  what,
  ask,
  progress,
  everyMs = 50,
  patienceMs = 120_000,
}: {
  what: string
  ask: () => Promise<boolean>
  progress?: () => number
  everyMs?: number
  patienceMs?: number
}): Promise<void> {
  let last = { at: Date.now(), value: progress?.() }
  while (!(await ask())) {
    const value = progress?.()
    if (value !== last.value) last = { at: Date.now(), value }
    if (Date.now() - last.at > patienceMs)
      throw new Error(`Waited ${patienceMs / 1000} s in vain until ${what}.`)
    await wait(everyMs)
  }
}
