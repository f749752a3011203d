import { depsOf } from '../../../deps.ts'
import { TRIAL_TOKEN } from '../../../newsletter/rules/personalise.ts'
import { findReader, type FoundReader } from '../../../readers/findReader.ts'
import { maskEmail } from '../../../readers/maskEmail.ts'
import { canUndoLeaving } from '../../../readers/undoWindow.ts'
import { orFailure } from '../_answers/orFailure.tsx'
import { privateAnswer } from '../_answers/privateAnswer.ts'
import { preferredLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { UnsubscribePage, type LeavingState } from '../_pages/UnsubscribePage.tsx'

/**
 * `/unsubscribe?token=`: where the link of a mail leads. Looking at it changes nothing, since scanners look at every
 * link: the button posts. It says what is true now, so that a reload tells the same.
 */
export function GET(request: Request): Promise<Response> {
  return orFailure(preferredLocale(request), async () => {
    const query = new URL(request.url).searchParams
    const token = query.get('token') ?? ''
    const payload = await sitePayload()
    const { secret, clock } = depsOf(payload)
    const found = await findReader({ payload, secret, token, purpose: 'leave', now: clock.now() })
    const state = token === TRIAL_TOKEN ? TRIAL : stateOf({ found, now: clock.now() })
    const locale = found.kind === 'found' ? found.reader.locale : preferredLocale(request)
    const site = await readSite(locale)
    const problem = query.get('problem') ?? ''
    return privateAnswer(<UnsubscribePage {...{ locale, site, state, token, problem }} />, {
      status: state.kind === 'invalid' ? 400 : 200,
    })
  })
}

const TRIAL: LeavingState = { kind: 'trial' }

function stateOf({ found, now }: { found: FoundReader; now: Date }): LeavingState {
  if (found.kind === 'invalid' || found.kind === 'expired') return { kind: 'invalid' }
  if (found.kind === 'gone') return { kind: 'notMailed' }
  const { reader } = found
  switch (reader.status) {
    case 'active':
    case 'pending':
      return { kind: 'subscribed', email: maskEmail(reader.email) }
    case 'unsubscribed':
      return { kind: 'left', canUndo: found.hasKey && canUndoLeaving({ ...reader, now }) }
    case 'suppressed':
      return { kind: 'notMailed' }
  }
}
