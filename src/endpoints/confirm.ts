import type { Endpoint, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { readFormInput } from '../limits/readFormInput.ts'
import { confirmSubscription } from '../subscribing/confirmSubscription.ts'
import { codeOf } from '../codeOf.ts'
import {
  BODY_TOO_LARGE,
  dataAnswer,
  NOT_SAVED,
  problemAnswer,
  seePage,
  TOKEN_INVALID,
  type Problem,
} from './reader/answers.ts'

/**
 * `POST /api/confirm` {token}, as JSON or as the page's form -> 200 {status: 'active'}, also when it was done before. 400 for
 * a token that is not ours, 410 for one that is too old, or for a person who is gone, who left after they asked or whose
 * address must not be mailed; 503 when it was not written down. The page's form is led to the page again.
 * A GET changes nothing: scanners follow links.
 */
export const confirmEndpoints: Endpoint[] = [{ path: '/confirm', method: 'post', handler: answer }]

async function answer(req: PayloadRequest): Promise<Response> {
  const { isPlainForm, isTooLong, values } = await readFormInput(req)
  const token = typeof values?.token === 'string' ? values.token : ''
  const problem = isTooLong ? BODY_TOO_LARGE : await attempt(req, token)
  if (isPlainForm)
    return seePage('/confirm', { token, posted: '1', ...(problem && { problem: problem.code }) })
  return problem ? problemAnswer(req, problem) : dataAnswer({ status: 'active' })
}

async function attempt({ payload }: PayloadRequest, token: string): Promise<Problem | null> {
  const { clock, log } = depsOf(payload)
  try {
    const confirmation = await confirmSubscription({ payload, token, now: clock.now() })
    return confirmation === 'done' ? null : PROBLEMS[confirmation]
  } catch (error) {
    log('confirm.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}

const PROBLEMS: Record<'invalid' | 'expired' | 'gone' | 'left' | 'refused', Problem> = {
  invalid: TOKEN_INVALID,
  expired: {
    status: 410,
    code: 'link_expired',
    text: {
      en: 'The link is more than a week old. Ask for the newsletter again to get a new one.',
      sv: 'Länken är mer än en vecka gammal. Anmäl dig till nyhetsbrevet igen, så får du en ny.',
    },
  },
  gone: {
    status: 410,
    code: 'reader_gone',
    text: {
      en: 'Nobody waits to confirm with this link any more. Ask for the newsletter again to get a new one.',
      sv: 'Ingen väntar på att bekräfta med den här länken längre. Anmäl dig till nyhetsbrevet igen, så får du en ny.',
    },
  },
  left: {
    status: 410,
    code: 'left_since',
    text: {
      en: 'This address has been unsubscribed since. Ask for the newsletter again to get a new link.',
      sv: 'Adressen har avslutat prenumerationen sedan dess. Anmäl dig till nyhetsbrevet igen, så får du en ny länk.',
    },
  },
  refused: {
    status: 410,
    code: 'not_mailed',
    text: {
      en: 'No mail can be sent to this address.',
      sv: 'Det går inte att skicka till den här adressen.',
    },
  },
}
