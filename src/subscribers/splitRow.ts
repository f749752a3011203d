/**
 * The values of a well-formed row (RFC 4180), trimmed; null for one that is not, or not whole: csv-parse, which takes
 * thirty times as long for a row of its own, says what is wrong with it.
 */
export function splitRow(text: string): string[] | null {
  if (!text.includes('"')) return text.split(',').map((value) => value.trim())
  const values: string[] = []
  let from = 0
  while (true) {
    const start = afterSpace(text, from)
    const value = text[start] === '"' ? quotedAt(text, start) : plainAt(text, from)
    if (!value) return null
    values.push(value.text)
    if (value.end === text.length) return values
    from = value.end + 1
  }
}

/** Ends at the comma or at the end of the row. */
type Value = { text: string; end: number } | null

function plainAt(text: string, from: number): Value {
  const comma = text.indexOf(',', from)
  const end = comma < 0 ? text.length : comma
  const value = text.slice(from, end)
  return value.includes('"') ? null : { text: value.trim(), end }
}

function quotedAt(text: string, start: number): Value {
  let at = start + 1
  while (true) {
    const mark = text.indexOf('"', at)
    if (mark < 0) return null
    if (text[mark + 1] !== '"') {
      const end = afterSpace(text, mark + 1)
      if (end < text.length && text[end] !== ',') return null
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

function afterSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at += 1
  return at
}
