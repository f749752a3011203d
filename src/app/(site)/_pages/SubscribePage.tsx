import type { Locale } from '../../../newsletter/model.ts'
import { FormGuards } from '../_components/FormGuards.tsx'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PageHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import type { TopicFacts } from '../_data/topics.ts'
import { siteText, type SiteText } from '../_text/siteText.ts'
import { subscribePath } from './paths.ts'

export interface SubscribeForm {
  topics: TopicFacts[]
  consentText: string
  stamp: string
  /** What could not be taken, if anything: the name of a field or a code. */
  problem: string | null
}

/** @param state `asked`: the form has been sent; what comes of it, only the inbox tells. */
export function SubscribePage({
  locale,
  site,
  state,
}: {
  locale: Locale
  site: SiteFacts
  state: { kind: 'asked' } | { kind: 'form'; form: SubscribeForm }
}) {
  const { subscribe: words } = siteText[locale]
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={{ sv: subscribePath('sv'), en: subscribePath('en') }}
      head={
        <PageHead
          locale={locale}
          site={site}
          title={words.title}
          description={words.intro}
          path={subscribePath(locale)}
          translations={{ sv: subscribePath('sv'), en: subscribePath('en') }}
        />
      }
    >
      {state.kind === 'asked' ? (
        <Asked locale={locale} words={words} />
      ) : (
        <Form locale={locale} words={words} {...state.form} />
      )}
    </SiteDocument>
  )
}

type Words = SiteText['subscribe']

function Asked({ locale, words }: { locale: Locale; words: Words }) {
  return (
    <Message title={words.asked} text={words.askedText}>
      <p className="hint">{words.askedHint}</p>
      <p className="aside">
        <a href={subscribePath(locale)}>{words.again}</a>
      </p>
    </Message>
  )
}

function Form({
  locale,
  words,
  topics,
  consentText,
  stamp,
  problem,
}: SubscribeForm & { locale: Locale; words: Words }) {
  return (
    <Message title={words.title} text={words.intro}>
      {problem && (
        <Notice tone="problem">
          <span id="problem">{problemText(problem, words)}</span>
        </Notice>
      )}
      <form className="form" method="post" action="/api/subscribe">
        <input type="hidden" name="locale" value={locale} />
        <EmailField words={words} isWrong={problem === 'email'} />
        <NameField words={words} isWrong={problem === 'name'} />
        {topics.length > 0 && <TopicsField topics={topics} words={words} />}
        <FormGuards stamp={stamp} label={words.trap} />
        <p className="hint consent">{consentText}</p>
        <button type="submit" className="button">
          {words.submit}
        </button>
      </form>
    </Message>
  )
}

function EmailField({ words, isWrong }: { words: Words; isWrong: boolean }) {
  return (
    <div className="field">
      <label htmlFor="email">{words.email}</label>
      <input
        id="email"
        type="email"
        name="email"
        required
        maxLength={254}
        autoComplete="email"
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'problem' : undefined}
      />
    </div>
  )
}

function NameField({ words, isWrong }: { words: Words; isWrong: boolean }) {
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
        maxLength={100}
        autoComplete="name"
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'name-hint problem' : 'name-hint'}
      />
    </div>
  )
}

function TopicsField({ topics, words }: { topics: TopicFacts[]; words: Words }) {
  return (
    <fieldset className="field" aria-describedby="topics-hint">
      <legend>{words.topics}</legend>
      <p className="hint" id="topics-hint">
        {words.topicsHint}
      </p>
      {topics.map(({ slug, name, description }) => (
        <label className="choice" key={slug}>
          <input type="checkbox" name="topics" value={slug} />
          <span>
            {name}
            {description && <span className="hint">{description}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The problem is a word in the address, so anything may be in it. */
function problemText(problem: string, words: Words): string {
  switch (problem) {
    case 'email':
    case 'name':
    case 'locale':
    case 'topics':
      return words.wrong[problem]
    case 'too_many':
      return words.tooMany
    case 'not_saved':
      return words.notSaved
    default:
      return words.wrongOther
  }
}
