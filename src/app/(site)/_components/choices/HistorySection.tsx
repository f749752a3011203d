import type { Locale } from '../../../../newsletter/model.ts'
import type { ShownConsent } from '../../../../readers/consentHistory.ts'
import { choicesText, type ChoicesText } from '../../_text/choices/choicesText.ts'
import { formatDate } from '../../_text/formatDate.ts'
import { Section } from './Section.tsx'

/** Why somebody gets the newsletter: what they agreed to and took back, in the words that they were shown. */
export function HistorySection({ consents, locale }: { consents: ShownConsent[]; locale: Locale }) {
  const words = choicesText[locale].history
  return (
    <Section title={words.title}>
      {consents.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ol className="history">
          {consents.map((consent) => (
            <li key={`${consent.at} ${consent.kind}`}>
              <Consent consent={consent} words={words} locale={locale} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function Consent({
  consent: { kind, at, source, text, locale: language },
  words,
  locale,
}: {
  consent: ShownConsent
  words: ChoicesText['history']
  locale: Locale
}) {
  return (
    <>
      <p>
        <strong>{words.kinds[kind]}</strong>, <time dateTime={at}>{formatDate(at, locale)}</time>
      </p>
      {source && <p className="hint">{words.source(sourceText(source, words))}</p>}
      {text && (
        <>
          <p className="hint">{words.agreed}</p>
          <blockquote className="hint" lang={language ?? undefined}>
            {text}
          </blockquote>
        </>
      )}
    </>
  )
}

/** As the form of our own page and that of another site are written down; what staff wrote may begin with the word too. */
const FORM = /^form (\/.*|https?:\/\/.*)$/

function sourceText(source: string, words: ChoicesText['history']): string {
  const page = FORM.exec(source)?.[1]
  return page ? words.form(page) : (words.sources[source] ?? source)
}
