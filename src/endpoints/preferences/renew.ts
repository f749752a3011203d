import type { PayloadRequest } from 'payload'
import { depsOf } from '../../deps.ts'
import { inEvenTime } from '../../limits/inEvenTime.ts'
import { findReader } from '../../readers/findReader.ts'
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
  const token = readerToken(req)
  try {
    return await inEvenTime(payload, async () => {
      const found = await findReader({ payload, secret, token, purpose: 'preferences', now })
      if (found.kind === 'invalid') return TOKEN_INVALID
      if (found.kind !== 'gone') await renewLink({ payload, reader: found.reader, now })
      return { status: 'mailed' }
    })
  } catch (error) {
    log('preferences.renew.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}
