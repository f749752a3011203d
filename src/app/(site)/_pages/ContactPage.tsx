import { LONGEST_MESSAGE, LONGEST_NAME } from '../../../readers/fieldRules.ts'
import type { Problem } from '../../../endpoints/reader/answers.ts'
import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import { FormGuards } from '../_components/FormGuards.tsx'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PageHead } from '../_components/PageHead.tsx'
import { SiteDocument, type Translations } from '../_components/SiteDocument.tsx'
import { telephone } from '../_components/telephone.ts'
import type { SiteFacts } from '../_data/site.ts'
import { siteText, type SiteText } from '../_text/siteText.ts'
import type { Written } from './contactForm.ts'
import { contactPath } from './paths.ts'

export type ContactState = { kind: 'sent' } | { kind: 'form'; form: ContactForm }

export interface ContactForm {
  written: Written
  /** What a subscriber agrees to: it is kept with their consent, so they must have seen it. */
  consentText: string
  /** When this form was made: see limits/formGuards. */
  stamp: string
  /** Why what was written has not been taken, if it has not. */
  problem: Problem | null
}

const TRANSLATIONS: Translations = Object.fromEntries(LOCALES.map((locale) => [locale, contactPath(locale)]))

export function ContactPage({
  locale,
  site,
  state,
}: {
  locale: Locale
  site: SiteFacts
  state: ContactState
}) {
  const words = siteText[locale].contactForm
  const path = contactPath(locale)
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={TRANSLATIONS}
      head={
        <PageHead
          {...{ site, locale, path }}
          title={words.title}
          description={words.intro}
          translations={TRANSLATIONS}
        />
      }
    >
      {state.kind === 'sent' ? (
        <Sent locale={locale} site={site} words={words} />
      ) : (
        <Form locale={locale} site={site} words={words} {...state.form} />
      )}
    </SiteDocument>
  )
}

type Words = SiteText['contactForm']
type Wrong = keyof Words['wrong']

function Sent({ locale, site, words }: { locale: Locale; site: SiteFacts; words: Words }) {
  return (
    <Message title={words.sent} text={site.answerTime ?? words.sentText}>
      <p>
        <a className="button" href={`/${locale}`}>
          {siteText[locale].home}
        </a>
      </p>
    </Message>
  )
}

function Form({
  written,
  consentText,
  stamp,
  problem,
  words,
  locale,
  site: { phone },
}: ContactForm & { words: Words; locale: Locale; site: SiteFacts }) {
  const wrong = (field: Wrong) =>
    problem?.fields?.some((of) => of.field === field) ? words.wrong[field] : null
  return (
    <Message title={words.title}>
      <p>
        {words.intro}
        {phone && (
          <>
            {' '}
            {siteText[locale].orCall} <a href={telephone(phone)}>{phone}</a>.
          </>
        )}
      </p>
      {problem && <Notice tone="problem">{problemText(problem, words)}</Notice>}
      <form className="form" method="post" action={contactPath(locale)}>
        <TextField
          {...{ name: 'name', label: words.name, value: written.name, wrong: wrong('name') }}
          autoComplete="name"
          maxLength={LONGEST_NAME}
        />
        <TextField
          {...{ name: 'email', label: words.email, value: written.email, wrong: wrong('email') }}
          type="email"
          autoComplete="email"
        />
        <div className="field">
          <label htmlFor="message">{words.message}</label>
          <textarea
            id="message"
            name="message"
            rows={8}
            maxLength={LONGEST_MESSAGE}
            required
            defaultValue={written.message}
            {...describedBy('message', wrong('message'))}
          />
          <WrongField name="message" text={wrong('message')} />
        </div>
        <label className="choice">
          <input type="checkbox" name="subscribe" defaultChecked={written.subscribe} />
          <span>
            {words.subscribe}
            <span className="hint consent">{consentText}</span>
            <span className="hint">{words.subscribeHint}</span>
          </span>
        </label>
        <FormGuards stamp={stamp} label={words.trap} />
        <button type="submit" className="button">
          {words.send}
        </button>
      </form>
    </Message>
  )
}

function TextField({
  name,
  label,
  value,
  wrong,
  type = 'text',
  ...input
}: {
  name: Wrong
  label: string
  value: string
  wrong: string | null
  type?: 'text' | 'email'
  autoComplete: string
  maxLength?: number
}) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        type={type}
        name={name}
        required
        defaultValue={value}
        {...input}
        {...describedBy(name, wrong)}
      />
      <WrongField name={name} text={wrong} />
    </div>
  )
}

const describedBy = (name: Wrong, wrong: string | null) =>
  wrong ? { 'aria-invalid': true, 'aria-describedby': `${name}-wrong` } : {}

const WrongField = ({ name, text }: { name: Wrong; text: string | null }) =>
  text && (
    <p className="hint field-wrong" id={`${name}-wrong`}>
      {text}
    </p>
  )

function problemText({ code, fields }: Problem, words: Words): string {
  if (fields?.some(({ field }) => !(field in words.wrong))) return words.wrongOther
  if (fields) return words.wrongSome
  return code === 'too_many' ? words.tooMany : words.notSaved
}
