import { LOCALES, SUPPRESSION_REASONS, type HashOnlyReason } from '../newsletter/model.ts'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'
import { shownEmail } from './emailAddress.ts'
import { LONGEST_NAME } from './fields.ts'
import type { Outcome, RowProblem } from './problems.ts'

export type ReportLanguage = 'sv' | 'en'

/** Why a row brought nobody new, or as what the person was added, in words for staff. */
export function describeOutcome({
  outcome,
  language,
}: {
  outcome: Outcome
  language: ReportLanguage
}): string {
  if (outcome.kind === 'refused')
    return outcome.problems.map((problem) => describeProblem(problem)[language]).join('; ')
  if (outcome.kind === 'imported') return AS_STATUS[outcome.status][language]
  return LEFT_OUT[outcome.kind](shownEmail(outcome.email))[language]
}

type Words = Record<ReportLanguage, string>

const AS_STATUS: Record<Extract<Outcome, { kind: 'imported' }>['status'], Words> = {
  active: { en: 'new, active', sv: 'ny, aktiv' },
  pending: { en: 'new, waits for confirmation', sv: 'ny, väntar på bekräftelse' },
  unsubscribed: { en: 'new, unsubscribed', sv: 'ny, avregistrerad' },
  suppressed: { en: 'new, suppressed', sv: 'ny, spärrad' },
}

const LEFT_OUT: Record<'known' | 'repeated' | 'suppressed' | HashOnlyReason, (email: string) => Words> = {
  known: (email) => ({
    en: `${email} was a subscriber already and stays as they are`,
    sv: `${email} var redan prenumerant och lämnas som den är`,
  }),
  repeated: (email) => ({
    en: `${email} stands in an earlier line already`,
    sv: `${email} står redan på en tidigare rad`,
  }),
  suppressed: (email) => ({
    en: `${email} is suppressed and must not be mailed`,
    sv: `${email} är spärrad och får inga brev`,
  }),
  erased: (email) => ({
    en: `${email} asked to be erased and is not brought back`,
    sv: `${email} har bett att bli raderad och tas inte in igen`,
  }),
  moved: (email) => ({
    en: `${email} was changed to another address by its owner and is not brought back`,
    sv: `${email} har av sin ägare bytts till en annan adress och tas inte in igen`,
  }),
}

function describeProblem(problem: RowProblem): Words {
  switch (problem.code) {
    case 'quote_inside':
      return {
        en: 'a quotation mark stands inside a value: write it twice, and the value in quotation marks',
        sv: 'ett citattecken står inne i ett värde: skriv det dubbelt, och värdet inom citattecken',
      }
    case 'quote_open':
      return {
        en: 'a quotation mark is opened and not closed',
        sv: 'ett citattecken öppnas men stängs inte',
      }
    case 'email_missing':
      return { en: 'has no e-mail address', sv: 'saknar e-postadress' }
    case 'consent_source_missing':
      return { en: 'has no consent source', sv: 'saknar uppgift om var samtycket gavs' }
    case 'deleted':
      return { en: 'was deleted where the file comes from', sv: 'är borttagen där filen kommer ifrån' }
    case 'name_too_long':
      return {
        en: `the name has more than ${LONGEST_NAME} characters`,
        sv: `namnet har mer än ${LONGEST_NAME} tecken`,
      }
    case 'values_count':
      return {
        en: `has ${problem.found} values for ${problem.expected} columns`,
        sv: `har ${problem.found} värden till ${problem.expected} kolumner`,
      }
    default:
      return describeValue(problem)
  }
}

function describeValue(problem: Extract<RowProblem, { value: string }>): Words {
  const { value } = problem
  switch (problem.code) {
    case 'email_invalid':
      return { en: `“${value}” is not an e-mail address`, sv: `”${value}” är ingen e-postadress` }
    case 'email_local_part':
      return {
        en: `“${value}” cannot be mailed: before the @ only the letters a–z, digits and some signs work`,
        sv: `”${value}” går inte att skriva till: före @ går bara bokstäverna a–z, siffror och vissa tecken`,
      }
    case 'topic_unknown':
      return { en: `there is no topic “${value}”`, sv: `det finns inget ämne ”${value}”` }
    case 'locale_invalid':
      return noneOf({ value, what: { en: 'a locale', sv: 'inget språk här' }, names: LOCALES })
    case 'suppression_invalid':
      return noneOf({
        value,
        what: { en: 'a reason for a suppression', sv: 'ingen spärrorsak' },
        names: SUPPRESSION_REASONS.filter((reason) => !isHashOnly(reason)),
      })
    case 'time_invalid':
      return {
        en: `${problem.field}: “${value}” is not a time such as 2026-05-04T08:00:00Z`,
        sv: `${problem.field}: ”${value}” är ingen tidpunkt som 2026-05-04T08:00:00Z`,
      }
  }
}

const noneOf = ({ value, what, names }: { value: string; what: Words; names: readonly string[] }): Words => ({
  en: `“${value}” is not ${what.en}: ${listed(names, 'or')}`,
  sv: `”${value}” är ${what.sv}: ${listed(names, 'eller')}`,
})

const listed = (names: readonly string[], or: string) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${or} ${names.at(-1)}`
