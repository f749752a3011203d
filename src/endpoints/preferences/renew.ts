import type { PayloadRequest } from 'payload'
import { depsOf } from '../../deps.ts'
import { inEvenTime } from '../../limits/inEvenTime.ts'
import { readReaderToken } from '../../newsletter/rules/readerToken.ts'
import { renewLink } from '../../readers/renewLink.ts'
import { codeOf } from '../../codeOf.ts'
import { NOT_SAVED, readerToken, TOKEN_INVALID, type Problem } from '../reader/answers.ts'
import { answerReader } from './answerReader.ts'

/** `POST /api/preferences/renew`: see preferencesEndpoints. The link may be too old, but it must have been ours. */
export async function renew(req: PayloadRequest): Promise<Response> {
  return answerReader(req, { done: 'renewed', answer: await attempt(req) })
}

async function attempt(req: PayloadRequest): Promise<{ status: 'mailed' } | Problem> {
  const { payload } = req
  const { secret, clock, log } = depsOf(payload)
  const now = clock.now()
  const read = readReaderToken({ secret, token: readerToken(req), purpose: 'preferences', now })
  if (read.kind === 'invalid') return TOKEN_INVALID
  const { subscriberId } = read
  try {
    await inEvenTime(payload, () => renewLink({ payload, subscriberId, now }))
    return { status: 'mailed' }
  } catch (error) {
    log('preferences.renew.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}
