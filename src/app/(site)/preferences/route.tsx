import type { Payload } from 'payload'
import { depsOf } from '../../../deps.ts'
import { makeReaderToken } from '../../../newsletter/rules/readerToken.ts'
import { findReader } from '../../../readers/findReader.ts'
import { readPreferences } from '../../../readers/preferences.ts'
import { orFailure } from '../_answers/orFailure.tsx'
import { privateAnswer } from '../_answers/privateAnswer.ts'
import { preferredLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { PreferencesPage, type PreferencesState, type SavingOutcome } from '../_pages/PreferencesPage.tsx'

/** `/preferences?token=`: where the link of a mail leads. Looking at it changes nothing: the form posts. */
export function GET(request: Request): Promise<Response> {
  return orFailure(preferredLocale(request), async () => {
    const query = new URL(request.url).searchParams
    const state = await readState({ payload: await sitePayload(), token: query.get('token') ?? '' })
    const locale = state.kind === 'found' ? state.preferences.locale : preferredLocale(request)
    const site = await readSite(locale)
    return privateAnswer(<PreferencesPage {...{ locale, site, state, outcome: readOutcome(query) }} />, {
      status: STATUSES[state.kind],
    })
  })
}

const STATUSES = { found: 200, gone: 404, invalid: 400 } as const

async function readState({ payload, token }: { payload: Payload; token: string }): Promise<PreferencesState> {
  const { secret } = depsOf(payload)
  const found = await findReader({ payload, secret, token, purpose: 'preferences' })
  if (found.kind !== 'found') return found
  const { reader } = found
  return {
    kind: 'found',
    preferences: await readPreferences({ payload, reader }),
    token,
    leaveToken: makeReaderToken({ secret, purpose: 'leave', subscriberId: String(reader.id) }),
  }
}

function readOutcome(query: URLSearchParams): SavingOutcome {
  const problem = query.get('problem')
  if (problem) return { kind: 'problem', problem }
  return query.get('saved') === '1' ? { kind: 'saved' } : { kind: 'none' }
}
