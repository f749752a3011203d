import type { Payload } from 'payload'
import { depsOf } from '../../../deps.ts'
import { TRIAL_TOKEN } from '../../../newsletter/rules/personalise.ts'
import { readNewAddress } from '../../../readers/changeAddress.ts'
import { findReader, type FoundReader } from '../../../readers/findReader.ts'
import { maskEmail } from '../../../readers/maskEmail.ts'
import { orFailure } from '../_answers/orFailure.tsx'
import { privateAnswer } from '../_answers/privateAnswer.ts'
import { preferredLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { ConfirmAddressPage, type ConfirmAddressState } from '../_pages/ConfirmAddressPage.tsx'

/**
 * `/confirm-address?token=`: where the link leads that was mailed to a new address. Looking at it changes nothing, since
 * scanners look at every link: the button posts.
 */
export function GET(request: Request): Promise<Response> {
  return orFailure(preferredLocale(request), async () => {
    const query = new URL(request.url).searchParams
    const token = query.get('token') ?? ''
    const payload = await sitePayload()
    const { secret, clock } = depsOf(payload)
    const purpose = 'confirm-address'
    const found = await findReader({ payload, secret, token, purpose, now: clock.now() })
    const state: ConfirmAddressState = token === TRIAL_TOKEN ? { kind: 'trial' } : stateOf({ payload, found })
    const locale = found.kind === 'found' ? found.reader.locale : preferredLocale(request)
    const site = await readSite(locale)
    const problem = query.get('problem') ?? ''
    return privateAnswer(<ConfirmAddressPage {...{ locale, site, state, token, problem }} />, {
      status: STATUSES[state.kind],
    })
  })
}

const STATUSES = {
  trial: 200,
  invalid: 400,
  expired: 410,
  used: 410,
  gone: 404,
  asked: 200,
  changed: 200,
} as const

function stateOf({ payload, found }: { payload: Payload; found: FoundReader }): ConfirmAddressState {
  if (found.kind !== 'found') return { kind: found.kind }
  const change = readNewAddress({ payload, ...found })
  if (!change) return { kind: 'used' }
  return { kind: change.isDone ? 'changed' : 'asked', email: maskEmail(change.email) }
}
