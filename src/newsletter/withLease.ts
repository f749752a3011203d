import type { Flow } from './ports.ts'

/** Does a piece of work under a lease token of its own, which the worker keeps alive meanwhile (keepLeases). */
export async function withLease<Content, Result>(
  { held, randomId }: Flow<Content>,
  run: (token: string) => Promise<Result>,
): Promise<Result> {
  const token = randomId()
  held.add(token)
  try {
    return await run(token)
  } finally {
    held.delete(token)
  }
}
