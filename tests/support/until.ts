import { setTimeout as wait } from 'node:timers/promises'

const ASK_EVERY_MS = 100

/** Asks again and again until the answer is there (not undefined). For other processes, which tell nobody. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  { seconds = 60 }: { seconds?: number } = {},
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(ASK_EVERY_MS)
  }
  throw new Error(`Waited ${seconds} seconds in vain until ${what}.`)
}
