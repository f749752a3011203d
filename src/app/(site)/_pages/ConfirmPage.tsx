import type { Locale } from '../../../newsletter/model.ts'
import { assetUrl } from '../_assets/assets.ts'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { siteText, type SiteText } from '../_text/siteText.ts'
import { unbroken } from '../_text/unbroken.ts'
import { subscribePath } from './paths.ts'

/** What is true of who asked right now. */
export type ConfirmState =
  /** `email` is masked; `consentText` is what they agree to, null where nobody knows. */
  | { kind: 'waiting'; email: string; consentText: string | null; token: string; isFailed: boolean }
  | { kind: 'done' | 'invalid' | 'trial' | 'expired' | 'gone' | 'left' | 'refused' }

/** @param hasScript that the page confirms by itself, as soon as a browser shows it. */
export function ConfirmPage({
  locale,
  site,
  state,
  hasScript,
}: {
  locale: Locale
  site: SiteFacts
  state: ConfirmState
  hasScript: boolean
}) {
  const text = siteText[locale]
  const head = (
    <>
      <PrivateHead site={site} title={text.confirm.title} />
      {hasScript && <script type="module" src={assetUrl('confirm.js')} />}
    </>
  )
  return (
    <SiteDocument locale={locale} site={site} translations={null} head={head}>
      <State state={state} text={text} locale={locale} />
    </SiteDocument>
  )
}

function State({ state, text, locale }: { state: ConfirmState; text: SiteText; locale: Locale }) {
  const words = text.confirm
  const toForm = (
    <p>
      <a className="button" href={subscribePath(locale)}>
        {words.subscribe}
      </a>
    </p>
  )
  switch (state.kind) {
    case 'waiting':
      return <Waiting {...state} words={words} />
    case 'done':
      return (
        <Message title={words.done} text={words.doneText}>
          <p>
            <a className="button" href={`/${locale}`}>
              {text.home}
            </a>
          </p>
        </Message>
      )
    case 'invalid':
      return <Message {...text.linkInvalid} />
    case 'trial':
      return <Message {...text.linkOfTrial} />
    case 'refused':
      return (
        <Message title={words.notMailed} text={words.notMailedText}>
          {toForm}
        </Message>
      )
    case 'expired':
    case 'gone':
    case 'left':
      return (
        <Message title={words[state.kind]} text={words[`${state.kind}Text`]}>
          {toForm}
        </Message>
      )
  }
}

function Waiting({
  email,
  consentText,
  token,
  isFailed,
  words,
}: {
  email: string
  consentText: string | null
  token: string
  isFailed: boolean
  words: SiteText['confirm']
}) {
  return (
    <Message title={words.question} text={words.address(unbroken(email))}>
      {isFailed && <Notice tone="problem">{words.notSaved}</Notice>}
      {consentText && (
        <p className="hint">
          {words.agree} {consentText}
        </p>
      )}
      <form method="post" action="/api/confirm" data-confirm>
        <input type="hidden" name="token" value={token} />
        <button type="submit" className="button">
          {words.confirm}
        </button>
      </form>
      <p className="hint" role="status" data-working={words.working} />
    </Message>
  )
}
