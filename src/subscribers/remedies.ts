import type { ReportLanguage } from './describeOutcome.ts'
import type { RowProblem } from './problems.ts'

const REMEDIES: Record<RowProblem['code'], Record<ReportLanguage, string>> = {
  quote_inside: {
    sv: 'Ta bort citattecknet, eller skriv det dubbelt.',
    en: 'Take the quotation mark out, or write it twice.',
  },
  quote_open: {
    sv: 'Ta bort citattecknet, eller stäng det.',
    en: 'Take the quotation mark out, or close it.',
  },
  email_missing: {
    sv: 'Skriv en adress, eller ta bort raden.',
    en: 'Write an address, or take the line out.',
  },
  consent_source_missing: {
    sv: 'Ange var samtycket gavs, på raden eller för hela filen.',
    en: 'Say where the consent was given, in the line or for the whole file.',
  },
  deleted: {
    sv: 'Låt raden vara borta: personen är borttagen.',
    en: 'Leave the line out: the person was deleted.',
  },
  name_too_long: { sv: 'Korta namnet.', en: 'Shorten the name.' },
  email_invalid: {
    sv: 'Rätta adressen, till exempel anna@example.com.',
    en: 'Mend the address, such as anna@example.com.',
  },
  email_local_part: {
    sv: 'Fråga personen efter en adress utan å, ä och ö före @.',
    en: 'Ask the person for an address with plain letters before the @.',
  },
  topic_unknown: {
    sv: 'Skapa ämnet först, eller ta bort det från raden.',
    en: 'Create the topic first, or take it out of the line.',
  },
  locale_invalid: { sv: 'Skriv sv eller en.', en: 'Write sv or en.' },
  suppression_invalid: {
    sv: 'Skriv en av orsakerna, eller lämna tomt.',
    en: 'Write one of the reasons, or nothing.',
  },
  time_invalid: {
    sv: 'Skriv tiden som 2026-05-04T08:00:00Z.',
    en: 'Write the time as 2026-05-04T08:00:00Z.',
  },
  values_count: {
    sv: 'Kontrollera skiljetecknet, och att varje värde står i sin kolumn.',
    en: 'Check the separator, and that each value stands in its column.',
  },
}

/** What somebody does about a row that was refused: of each of its problems once. */
export const remediesFor = ({
  problems,
  language,
}: {
  problems: readonly RowProblem[]
  language: ReportLanguage
}): string => [...new Set(problems.map(({ code }) => REMEDIES[code][language]))].join(' ')
