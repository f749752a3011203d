import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import type { Preferences } from '../../../readers/preferences.ts'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { siteText, type SiteText } from '../_text/siteText.ts'
import { unbroken } from '../_text/unbroken.ts'

export type PreferencesState =
  | { kind: 'invalid' }
  | { kind: 'gone' }
  /** The two tokens are those of the links to this page and to the one for leaving. */
  | { kind: 'found'; preferences: Preferences; token: string; leaveToken: string }

/** `saved`, or what could not be saved: the name of a field or a code. */
export type SavingOutcome = { kind: 'none' } | { kind: 'saved' } | { kind: 'problem'; problem: string }

export function PreferencesPage({
  locale,
  site,
  state,
  outcome,
}: {
  locale: Locale
  site: SiteFacts
  state: PreferencesState
  outcome: SavingOutcome
}) {
  const text = siteText[locale]
  return (
    <SiteDocument
      locale={locale}
      site={site}
      head={<PrivateHead site={site} title={text.preferences.title} />}
    >
      <State state={state} text={text} outcome={outcome} />
    </SiteDocument>
  )
}

function State({
  state,
  text,
  outcome,
}: {
  state: PreferencesState
  text: SiteText
  outcome: SavingOutcome
}) {
  switch (state.kind) {
    case 'invalid':
      return <Message {...text.linkInvalid} />
    case 'gone':
      return <Message title={text.preferences.gone} text={text.preferences.goneText} />
    case 'found':
      return <PreferencesForm {...state} words={text.preferences} outcome={outcome} />
  }
}

type Words = SiteText['preferences']

function PreferencesForm({
  preferences,
  token,
  leaveToken,
  words,
  outcome,
}: {
  preferences: Preferences
  token: string
  leaveToken: string
  words: Words
  outcome: SavingOutcome
}) {
  const isMailed = preferences.status === 'active' || preferences.status === 'pending'
  const hasWrongName = outcome.kind === 'problem' && outcome.problem === 'name'
  return (
    <Message title={words.title} text={words.intro(unbroken(preferences.email))}>
      {outcome.kind === 'saved' && <Notice tone="success">{words.saved}</Notice>}
      {outcome.kind === 'problem' && <Notice tone="problem">{problemText(outcome.problem, words)}</Notice>}
      {!isMailed && <p className="notice">{words.notMailed}</p>}
      <form className="form" method="post" action={`/api/preferences?${new URLSearchParams({ token })}`}>
        <NameField name={preferences.name} words={words} isWrong={hasWrongName} />
        <LanguageField locale={preferences.locale} words={words} />
        {preferences.allTopics.length > 0 && <TopicsField preferences={preferences} words={words} />}
        <button type="submit" className="button">
          {words.save}
        </button>
      </form>
      {isMailed && (
        <p className="aside">
          <a href={`/unsubscribe?${new URLSearchParams({ token: leaveToken })}`}>{words.leave}</a>
        </p>
      )}
    </Message>
  )
}

function NameField({ name, words, isWrong }: { name: string | null; words: Words; isWrong: boolean }) {
  return (
    <div className="field">
      <label htmlFor="name">{words.name}</label>
      <p className="hint" id="name-hint">
        {words.nameHint}
      </p>
      <input
        id="name"
        type="text"
        name="name"
        defaultValue={name ?? ''}
        maxLength={100}
        autoComplete="name"
        aria-describedby="name-hint"
        aria-invalid={isWrong || undefined}
      />
    </div>
  )
}

function LanguageField({ locale, words }: { locale: Locale; words: Words }) {
  return (
    <fieldset className="field" aria-describedby="locale-hint">
      <legend>{words.language}</legend>
      <p className="hint" id="locale-hint">
        {words.languageHint}
      </p>
      {LOCALES.map((value) => (
        <label className="choice" key={value}>
          <input type="radio" name="locale" value={value} defaultChecked={value === locale} />
          <span lang={value}>{siteText[value].language}</span>
        </label>
      ))}
    </fieldset>
  )
}

function TopicsField({
  preferences: { allTopics, topics },
  words,
}: {
  preferences: Preferences
  words: Words
}) {
  return (
    <fieldset className="field" aria-describedby="topics-hint">
      <legend>{words.topics}</legend>
      <p className="hint" id="topics-hint">
        {words.topicsHint}
      </p>
      {allTopics.map(({ slug, name, description }) => (
        <label className="choice" key={slug}>
          <input type="checkbox" name="topics" value={slug} defaultChecked={topics.includes(slug)} />
          <span>
            {name}
            {description && <span className="hint">{description}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function problemText(problem: string, words: Words): string {
  if (problem === 'not_saved') return words.notSaved
  if (problem === 'name' || problem === 'locale' || problem === 'topics') return words.wrong[problem]
  return words.wrongOther
}
