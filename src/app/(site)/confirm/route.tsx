import { depsOf } from '../../../deps.ts'
import { DEFAULT_LOCALE, type Locale } from '../../../newsletter/model.ts'
import { TRIAL_TOKEN } from '../../../newsletter/rules/personalise.ts'
import { maskEmail } from '../../../readers/maskEmail.ts'
import { findAsked } from '../../../subscribing/consentsOfAsking.ts'
import { findAsking } from '../../../subscribing/findAsking.ts'
import { orFailure } from '../_answers/orFailure.tsx'
import { privateAnswer } from '../_answers/privateAnswer.ts'
import { preferredLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { ConfirmPage, type ConfirmState } from '../_pages/ConfirmPage.tsx'

/**
 * `/confirm?token=`: where the link of the mail leads. Looking at it changes nothing, since scanners look at every link:
 * the page's script posts at once, or its button does. It says what is true now, so that a reload tells the same; once
 * something was posted (`posted=1`) only the button posts.
 */
export function GET(request: Request): Promise<Response> {
  return orFailure(preferredLocale(request), async () => {
    const query = new URL(request.url).searchParams
    const { state, locale = preferredLocale(request) } = await readState(query)
    const site = await readSite(locale)
    const hasScript = state.kind === 'waiting' && !query.has('posted')
    return privateAnswer(<ConfirmPage {...{ locale, site, state, hasScript }} />, {
      status: STATUSES[state.kind],
      hasScript,
    })
  })
}

const STATUSES = {
  waiting: 200,
  done: 200,
  trial: 200,
  invalid: 400,
  expired: 410,
  gone: 410,
  left: 410,
  refused: 410,
} as const

async function readState(query: URLSearchParams): Promise<{ state: ConfirmState; locale?: Locale }> {
  const payload = await sitePayload()
  const token = query.get('token') ?? ''
  if (token === TRIAL_TOKEN) return { state: { kind: 'trial' } }
  const found = await findAsking({ payload, token, now: depsOf(payload).clock.now() })
  if (!('reader' in found)) return { state: { kind: found.confirming } }
  const { reader, confirming } = found
  const locale = reader.locale ?? DEFAULT_LOCALE
  switch (confirming) {
    case 'confirm': {
      const isFailed = query.get('problem') === 'not_saved'
      const asked = await findAsked({ payload, found })
      const shown = { email: maskEmail(reader.email), consentText: asked?.text ?? null }
      return { locale, state: { kind: 'waiting', ...shown, token, isFailed } }
    }
    case 'again':
      return { locale, state: { kind: 'done' } }
    case 'left':
    case 'refused':
      return { locale, state: { kind: confirming } }
  }
}
