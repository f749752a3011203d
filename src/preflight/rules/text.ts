import { LOCALES } from '../../newsletter/model.ts'
import type { Finding, LocalFacts, WrittenText } from '../model.ts'

/** Gmail hides what is beyond it: 102 KB (1,024 bytes each) of html. */
export const CLIPPED_ABOVE = 102_400
const LONGEST_SUBJECT = 60

/** What other newsletter systems and templates leave where a name or a text should stand. */
const PLACEHOLDERS =
  /\{\{\s*[\p{L}#/>!^][^{}\n]{0,60}\}\}|\*\|[A-Z0-9_:]{1,40}\|\*|<%=[^%\n]{1,60}%>|%%[A-Z_]{2,40}%%|\{%[^%\n]{1,60}%\}|\b[Ll]orem ipsum dolor\b/gu

/** The words, the subject and the size of the mail. */
export function textRules({ texts, bytes, formerSubjects, isTested }: LocalFacts): Finding[] {
  const written = LOCALES.flatMap((locale) => texts[locale] ?? [])
  const each = (of: (text: WrittenText) => string[]) => [...new Set(written.flatMap(of))]
  const warning = (code: Finding['code'], evidence: string[], place: Finding['place']): Finding => ({
    code,
    level: evidence.length > 0 ? 'warning' : 'ok',
    evidence,
    place,
  })
  const placeholders = each(({ title, subject, preheader, words }) =>
    [title, subject, preheader, words].flatMap((text) => text.match(PLACEHOLDERS) ?? []),
  )
  const known = new Set(formerSubjects.map(plain))
  return [
    {
      code: 'placeholder',
      level: placeholders.length > 0 ? 'stop' : 'ok',
      evidence: placeholders,
      place: 'text',
    },
    sizeOf(bytes),
    warning(
      'subject_length',
      each(({ subject }) => ([...subject].length > LONGEST_SUBJECT ? [subject] : [])),
      'newsletter',
    ),
    warning(
      'subject_repeated',
      each(({ subject }) => (known.has(plain(subject)) ? [subject] : [])),
      'newsletter',
    ),
    warning(
      'preheader',
      each(({ preheader, title }) => (preheader.trim() === '' ? [title] : [])),
      'newsletter',
    ),
    warning(
      'headings',
      each(({ headings }) => jumpsIn(headings)),
      'text',
    ),
    {
      code: 'test_mail',
      level: isTested === null ? 'not_run' : isTested ? 'ok' : 'warning',
      evidence: [],
      place: 'newsletter',
    },
  ]
}

function sizeOf(bytes: LocalFacts['bytes']): Finding {
  if (!bytes) return { code: 'size', level: 'not_run', evidence: [], place: 'text' }
  const most = Math.max(...LOCALES.map((locale) => bytes[locale]))
  const evidence = [`${Math.ceil(most / 1024)} KB`]
  return { code: 'size', level: most > CLIPPED_ABOVE ? 'stop' : 'ok', evidence, place: 'text' }
}

const plain = (subject: string): string => subject.trim().toLowerCase()

/** The article's title is the first level: a text begins with the second and goes down one by one. */
const jumpsIn = (headings: number[]): string[] =>
  headings.flatMap((level, index) => {
    const before = headings[index - 1] ?? 1
    return level > before + 1 ? [`h${before} → h${level}`] : []
  })
