import type { Endpoint, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { findReader, type FoundReader } from '../readers/findReader.ts'
import { leaveList, undoLeaving, type LeavingSource } from '../readers/leaveList.ts'
import { codeOf } from '../codeOf.ts'
import {
  dataAnswer,
  inTheirs,
  isFromPage,
  NOT_SAVED,
  problemAnswer,
  readerToken,
  seePage,
  TOKEN_INVALID,
  type Problem,
} from './reader/answers.ts'

/**
 * `POST /api/unsubscribe?token=`: the link of the List-Unsubscribe header (RFC 8058). The token is all that counts: no
 * cookie, no redirect, whatever the body. 200 {status}, 400 for a token that is not ours, 503 when it was not written
 * down. A person who has been deleted has nothing to leave, which is as good. With `from=page` (the button of the
 * page) the answer is the page again.
 * `POST /api/unsubscribe/undo?token=` takes it back for a day: 200, 400 or 409.
 * A GET changes nothing: it leads to the page.
 */
export const unsubscribeEndpoints: Endpoint[] = [
  { path: '/unsubscribe', method: 'post', handler: (req) => answer(req, leave) },
  {
    path: '/unsubscribe',
    method: 'get',
    handler: (req) => seePage('/unsubscribe', { token: readerToken(req) }),
  },
  { path: '/unsubscribe/undo', method: 'post', handler: (req) => answer(req, undo) },
]

type Act = (req: PayloadRequest, found: FoundReader) => Promise<Problem | null>

async function answer(req: PayloadRequest, act: Act): Promise<Response> {
  const problem = await attempt(req, act)
  if (isFromPage(req))
    return seePage('/unsubscribe', { token: readerToken(req), ...(problem && { problem: problem.code }) })
  return problem
    ? problemAnswer(req, problem)
    : dataAnswer({ status: act === leave ? 'unsubscribed' : 'active' })
}

async function attempt(req: PayloadRequest, act: Act): Promise<Problem | null> {
  const { secret, clock, log } = depsOf(req.payload)
  try {
    const found = await findReader({
      payload: req.payload,
      secret,
      token: readerToken(req),
      purpose: 'leave',
      now: clock.now(),
    })
    return inTheirs(await act(req, found), 'reader' in found ? found.reader.locale : null)
  } catch (error) {
    log('unsubscribe.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}

/** A link for leaving holds no time, so that one which does was not made here, whatever its signature says. */
const leave: Act = async (req, found) => {
  const { payload } = req
  if (found.kind === 'invalid' || found.kind === 'expired') return TOKEN_INVALID
  if (found.kind === 'found')
    await leaveList({
      payload,
      reader: found.reader,
      source: sourceOf(req),
      now: depsOf(payload).clock.now(),
    })
  return null
}

const undo: Act = async (req, found) => {
  const { payload } = req
  if (found.kind === 'invalid' || found.kind === 'expired') return TOKEN_INVALID
  if (found.kind === 'gone' || !found.hasKey) return TOO_LATE
  const isBack = await undoLeaving({
    payload,
    reader: found.reader,
    source: sourceOf(req),
    now: depsOf(payload).clock.now(),
  })
  return isBack ? null : TOO_LATE
}

const sourceOf = (req: PayloadRequest): LeavingSource => (isFromPage(req) ? 'page' : 'list-unsubscribe')

const TOO_LATE: Problem = {
  status: 409,
  code: 'undo_too_late',
  text: {
    en: 'Leaving cannot be taken back any more.',
    sv: 'Det går inte längre att ångra att du avslutade prenumerationen.',
  },
}
