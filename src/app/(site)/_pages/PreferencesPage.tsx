import type { Locale } from '../../../newsletter/model.ts'
import type { Preferences } from '../../../readers/preferences.ts'
import { AddressSection } from '../_components/choices/AddressSection.tsx'
import { DataSection } from '../_components/choices/DataSection.tsx'
import { EraseStep } from '../_components/choices/EraseStep.tsx'
import { ExpiredLink } from '../_components/choices/ExpiredLink.tsx'
import { HistorySection } from '../_components/choices/HistorySection.tsx'
import { PauseSection } from '../_components/choices/PauseSection.tsx'
import { PreferencesForm } from '../_components/choices/PreferencesForm.tsx'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { choicesText } from '../_text/choices/choicesText.ts'
import { siteText } from '../_text/siteText.ts'
import { unbroken } from '../_text/unbroken.ts'
import { subscribePath } from './paths.ts'

export type PreferencesState =
  | { kind: 'invalid' | 'trial' }
  | { kind: 'gone' }
  /** Gone at this reader's own wish. */
  | { kind: 'erased' }
  | { kind: 'expired'; token: string }
  /** The two tokens are those of the links to this page and to the one for leaving. */
  | { kind: 'found'; preferences: Preferences; token: string; leaveToken: string; isErasing: boolean }

/** What was done just now, or what could not be: the name of a field or a code. Words in the address: never trusted alone. */
export interface ChoiceOutcome {
  done: string | null
  problem: string | null
}

interface Props {
  locale: Locale
  state: PreferencesState
  outcome: ChoiceOutcome
}

export function PreferencesPage({ site, ...props }: Props & { site: SiteFacts }) {
  const { locale } = props
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={null}
      head={<PrivateHead site={site} title={siteText[locale].preferences.title} />}
    >
      <State {...props} />
    </SiteDocument>
  )
}

function State({ locale, state, outcome }: Props) {
  const text = siteText[locale]
  const { erase } = choicesText[locale]
  switch (state.kind) {
    case 'invalid':
      return <Message {...text.linkInvalid} />
    case 'trial':
      return <Message {...text.linkOfTrial} />
    case 'gone':
      return <Message title={text.preferences.gone} text={text.preferences.goneText} />
    case 'erased':
      return <Message title={erase.erased} text={erase.erasedText} />
    case 'expired':
      return (
        <ExpiredLink
          token={state.token}
          locale={locale}
          outcome={outcome.problem ? 'failed' : outcome.done === 'renewed' ? 'renewed' : null}
        />
      )
    case 'found':
      return state.isErasing ? (
        <EraseStep token={state.token} locale={locale} hasFailed={outcome.problem !== null} />
      ) : (
        <Choices {...state} locale={locale} outcome={outcome} />
      )
  }
}

function Choices({
  preferences,
  token,
  leaveToken,
  locale,
  outcome,
}: Omit<Extract<PreferencesState, { kind: 'found' }>, 'kind' | 'isErasing'> & Omit<Props, 'state'>) {
  const words = siteText[locale].preferences
  const { status, pausedUntil, consents } = preferences
  const isMailed = status === 'active' || status === 'pending'
  const isWrong = (field: string) => outcome.problem === field
  return (
    <Message title={words.title} text={words.intro(unbroken(preferences.email))}>
      <Outcome {...outcome} locale={locale} />
      {!isMailed && (
        <p className="notice">
          {words.notMailed} {status === 'unsubscribed' && <a href={subscribePath(locale)}>{words.again}</a>}
        </p>
      )}
      <PreferencesForm {...{ preferences, token, words }} hasWrongName={isWrong('name')} />
      {isMailed && <PauseSection {...{ pausedUntil, token, locale }} isWrong={isWrong('weeks')} />}
      <AddressSection {...{ token, locale }} isWrong={isWrong('email')} />
      <HistorySection consents={consents} locale={locale} />
      <DataSection token={token} locale={locale} />
      {isMailed && (
        <p className="aside">
          <a href={`/unsubscribe?${new URLSearchParams({ token: leaveToken })}`}>{words.leave}</a>
        </p>
      )}
    </Message>
  )
}

function Outcome({ done, problem, locale }: ChoiceOutcome & { locale: Locale }) {
  if (problem) return <Notice tone="problem">{problemText(problem, locale)}</Notice>
  const text = done && doneText(done, locale)
  return text ? <Notice tone="success">{text}</Notice> : null
}

function doneText(done: string, locale: Locale): string | null {
  const { pause, address, expired } = choicesText[locale]
  const texts: Record<string, string> = {
    saved: siteText[locale].preferences.saved,
    paused: pause.paused,
    resumed: pause.resumed,
    asked: address.asked,
    renewed: expired.renewed,
  }
  return texts[done] ?? null
}

function problemText(problem: string, locale: Locale): string {
  const { preferences: words } = siteText[locale]
  const texts: Record<string, string> = {
    ...words.wrong,
    not_saved: words.notSaved,
    weeks: choicesText[locale].pause.wrong,
    email: choicesText[locale].address.wrong,
  }
  return texts[problem] ?? words.wrongOther
}
