import { LOCALES, type Locale } from '../../../../newsletter/model.ts'
import type { Preferences } from '../../../../readers/preferences.ts'
import { siteText, type SiteText } from '../../_text/siteText.ts'

type Words = SiteText['preferences']

/** Name, language and topics: saved together. */
export function PreferencesForm({
  preferences,
  token,
  words,
  hasWrongName,
}: {
  preferences: Preferences
  token: string
  words: Words
  hasWrongName: boolean
}) {
  return (
    <form className="form" method="post" action={`/api/preferences?${new URLSearchParams({ token })}`}>
      <NameField name={preferences.name} words={words} isWrong={hasWrongName} />
      <LanguageField locale={preferences.locale} words={words} />
      {preferences.allTopics.length > 0 && <TopicsField preferences={preferences} words={words} />}
      <button type="submit" className="button">
        {words.save}
      </button>
    </form>
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
