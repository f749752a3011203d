/**
 * The values of a well-formed row (RFC 4180), trimmed; null for one that is not, or not whole: csv-parse, which takes
 * thirty times as long for a row of its own, says what is wrong with it.
 */
export function splitRow({ text, separator }: { text: string; separator: string }): string[] | null {
  if (!text.includes('"')) return text.split(separator).map((value) => value.trim())
  const values: string[] = []
  let from = 0
  while (true) {
    const start = afterSpace({ text, from, separator })
    const value =
      text[start] === '"' ? quotedAt({ text, start, separator }) : plainAt({ text, from, separator })
    if (!value) return null
    values.push(value.text)
    if (value.end === text.length) return values
    from = value.end + 1
  }
}

/** Ends at the separator or at the end of the row. */
type Value = { text: string; end: number } | null

function plainAt({ text, from, separator }: { text: string; from: number; separator: string }): Value {
  const next = text.indexOf(separator, from)
  const end = next < 0 ? text.length : next
  const value = text.slice(from, end)
  return value.includes('"') ? null : { text: value.trim(), end }
}

function quotedAt({ text, start, separator }: { text: string; start: number; separator: string }): Value {
  let at = start + 1
  while (true) {
    const mark = text.indexOf('"', at)
    if (mark < 0) return null
    if (text[mark + 1] !== '"') {
      const end = afterSpace({ text, from: mark + 1, separator })
      if (end < text.length && text[end] !== separator) return null
      return {
        text: text
          .slice(start + 1, mark)
          .replaceAll('""', '"')
          .trim(),
        end,
      }
    }
    at = mark + 2
  }
}

function afterSpace({ text, from, separator }: { text: string; from: number; separator: string }): number {
  let at = from
  while (text[at] === ' ' || (text[at] === '\t' && separator !== '\t')) at += 1
  return at
}
