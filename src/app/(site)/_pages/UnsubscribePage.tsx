import type { Locale } from '../../../newsletter/model.ts'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { siteText, type SiteText } from '../_text/siteText.ts'
import { unbroken } from '../_text/unbroken.ts'

/** What is true of the reader right now. */
export type LeavingState =
  | { kind: 'invalid' | 'trial' }
  /** `email` is masked. */
  | { kind: 'subscribed'; email: string }
  | { kind: 'left'; canUndo: boolean }
  | { kind: 'notMailed' }

/** @param problem the code of what did not work just now, if anything: a word in the address, so never trusted alone. */
export function UnsubscribePage({
  locale,
  site,
  state,
  token,
  problem,
}: {
  locale: Locale
  site: SiteFacts
  state: LeavingState
  token: string
  problem: string
}) {
  const text = siteText[locale]
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={null}
      head={<PrivateHead site={site} title={text.unsubscribe.title} />}
    >
      <State state={state} text={text} token={token} notice={problemText({ problem, state, text })} />
    </SiteDocument>
  )
}

function State({
  state,
  text,
  token,
  notice,
}: {
  state: LeavingState
  text: SiteText
  token: string
  notice: string | null
}) {
  const words = text.unsubscribe
  const problem = notice && <Notice tone="problem">{notice}</Notice>
  switch (state.kind) {
    case 'invalid':
      return <Message {...text.linkInvalid} />
    case 'trial':
      return <Message {...text.linkOfTrial} />
    case 'notMailed':
      return <Message title={words.notMailed} text={words.notMailedText} />
    case 'left':
      return (
        <Message title={words.left} text={words.leftText}>
          {problem}
          {state.canUndo && (
            <form method="post" action={`/api/unsubscribe/undo?${fromPage(token)}`}>
              <button type="submit" className="button button-quiet">
                {words.undo}
              </button>
            </form>
          )}
        </Message>
      )
    case 'subscribed':
      return (
        <Message title={words.question} text={words.address(unbroken(state.email))}>
          {problem}
          <form method="post" action={`/api/unsubscribe?${fromPage(token)}`}>
            <button type="submit" className="button">
              {words.leave}
            </button>
          </form>
        </Message>
      )
  }
}

const fromPage = (token: string) => new URLSearchParams({ token, from: 'page' })

/** An address that claims a problem where there can be none says nothing. */
function problemText({
  problem,
  state,
  text: { unsubscribe: words },
}: {
  problem: string
  state: LeavingState
  text: SiteText
}): string | null {
  if (problem === 'not_saved' && state.kind === 'subscribed') return words.notSaved
  if (problem === 'not_saved' && state.kind === 'left') return words.undoNotSaved
  if (problem === 'undo_too_late' && state.kind === 'left' && !state.canUndo) return words.tooLate
  return null
}
