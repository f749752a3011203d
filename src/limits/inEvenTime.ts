import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'

/** Longer than writing it all down takes. */
const ANSWER_AFTER_MS = 300

/** Does what is written down for some addresses and not for others, so that the time tells no more than the answer. */
export async function inEvenTime<Result>(payload: Payload, act: () => Promise<Result>): Promise<Result> {
  const [result] = await Promise.all([act(), depsOf(payload).sleep(ANSWER_AFTER_MS)])
  return result
}
