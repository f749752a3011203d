import type { PayloadRequest } from 'payload'
import { depsOf } from '../../deps.ts'
import type { ReaderPurpose } from '../../newsletter/rules/readerToken.ts'
import { findReader, type FoundReader } from '../../readers/findReader.ts'
import { codeOf } from '../../codeOf.ts'
import {
  LINK_EXPIRED,
  NOT_SAVED,
  READER_GONE,
  readerToken,
  TOKEN_INVALID,
  type Problem,
} from '../reader/answers.ts'

/** The person whose link a request came with. */
export interface AsReader extends Extract<FoundReader, { kind: 'found' }> {
  req: PayloadRequest
  now: Date
}

/**
 * Does something for the person whose link the request came with, or says why not: 400 for a link that is not ours, 410 for
 * one that is too old, 404 for a person who is gone, 503 when the database fails.
 * @param asked.what names the act in the log.
 */
export async function asReader<Done extends object>(
  req: PayloadRequest,
  { what, purpose = 'preferences' }: { what: string; purpose?: ReaderPurpose },
  act: (reader: AsReader) => Promise<Done | Problem>,
): Promise<Done | Problem> {
  const { payload } = req
  const { secret, clock, log } = depsOf(payload)
  const now = clock.now()
  try {
    const found = await findReader({ payload, secret, token: readerToken(req), purpose, now })
    const answer = found.kind === 'found' ? await act({ ...found, req, now }) : PROBLEMS[found.kind]
    return isProblem(answer) && 'reader' in found ? { ...answer, locale: found.reader.locale } : answer
  } catch (error) {
    log(`${what}.failed`, { code: codeOf(error) })
    return NOT_SAVED
  }
}

export const isProblem = (answer: object): answer is Problem => 'code' in answer && 'text' in answer

const PROBLEMS: Record<'invalid' | 'expired' | 'gone', Problem> = {
  invalid: TOKEN_INVALID,
  expired: LINK_EXPIRED,
  gone: READER_GONE,
}
