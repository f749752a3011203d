import type { PayloadRequest } from 'payload'
import { depsOf } from '../../deps.ts'
import { readReaderToken } from '../../newsletter/rules/readerToken.ts'
import { renewLink } from '../../readers/renewLink.ts'
import { codeOf } from '../../codeOf.ts'
import { NOT_SAVED, readerToken, TOKEN_INVALID, type Problem } from '../reader/answers.ts'
import { answerReader } from './answerReader.ts'

/** Longer than writing a mail down takes, so that the time tells no more than the answer. */
const ANSWER_AFTER_MS = 300

/** `POST /api/preferences/renew`: see preferencesEndpoints. The link may be too old, but it must have been ours. */
export async function renew(req: PayloadRequest): Promise<Response> {
  return answerReader(req, { done: 'renewed', answer: await attempt(req) })
}

async function attempt(req: PayloadRequest): Promise<{ status: 'mailed' } | Problem> {
  const { payload } = req
  const { secret, clock, log, sleep } = depsOf(payload)
  const now = clock.now()
  const read = readReaderToken({ secret, token: readerToken(req), purpose: 'preferences', now })
  if (read.kind === 'invalid') return TOKEN_INVALID
  const { subscriberId } = read
  try {
    await Promise.all([renewLink({ payload, subscriberId, now }), sleep(ANSWER_AFTER_MS)])
    return { status: 'mailed' }
  } catch (error) {
    log('preferences.renew.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}
