import type { Payload } from 'payload'
import { depsOf } from '../../../deps.ts'
import { makeReaderToken } from '../../../newsletter/rules/readerToken.ts'
import { TRIAL_TOKEN } from '../../../newsletter/rules/personalise.ts'
import { findReader, rowOf, type FoundReader } from '../../../readers/findReader.ts'
import { readPreferences } from '../../../readers/preferences.ts'
import { orFailure } from '../_answers/orFailure.tsx'
import { privateAnswer } from '../_answers/privateAnswer.ts'
import { preferredLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { PreferencesPage, type ChoiceOutcome, type PreferencesState } from '../_pages/PreferencesPage.tsx'

/** `/preferences?token=`: where the link of a mail leads. Looking at it changes nothing: the forms post. */
export function GET(request: Request): Promise<Response> {
  return orFailure(preferredLocale(request), async () => {
    const query = new URL(request.url).searchParams
    const payload = await sitePayload()
    const { secret, clock } = depsOf(payload)
    const token = query.get('token') ?? ''
    const now = clock.now()
    const found = await findReader({ payload, secret, token, purpose: 'preferences', now })
    const outcome = readOutcome(query)
    const isErasing = query.get('step') === 'erase'
    const state = await stateOf({ payload, found, token, now, outcome, isErasing })
    const locale = 'reader' in found ? found.reader.locale : preferredLocale(request)
    const site = await readSite(locale)
    return privateAnswer(<PreferencesPage {...{ locale, site, state, outcome }} />, {
      status: STATUSES[state.kind],
    })
  })
}

const STATUSES = { found: 200, trial: 200, erased: 200, gone: 404, invalid: 400, expired: 410 } as const

async function stateOf({
  payload,
  found,
  token,
  now,
  outcome,
  isErasing,
}: {
  payload: Payload
  found: FoundReader
  token: string
  now: Date
  outcome: ChoiceOutcome
  isErasing: boolean
}): Promise<PreferencesState> {
  if (token === TRIAL_TOKEN) return { kind: 'trial' }
  if (found.kind === 'expired') return { kind: 'expired', token }
  if (found.kind === 'gone' && outcome.done === 'erased') return { kind: 'erased' }
  if (found.kind !== 'found') return found
  const { reader } = found
  const { secret } = depsOf(payload)
  const claim = { ...rowOf(reader), purpose: 'leave', expiresAt: null, data: null } as const
  return {
    kind: 'found',
    preferences: await readPreferences({ payload, reader, now }),
    token,
    leaveToken: makeReaderToken({ secret, ...claim }),
    isErasing,
  }
}

const readOutcome = (query: URLSearchParams): ChoiceOutcome => ({
  done: query.get('saved') === '1' ? 'saved' : query.get('done'),
  problem: query.get('problem') || null,
})
