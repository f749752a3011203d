/** Puts something before each line; nothing after it on an empty one. */
export const prefixLines = (text: string, prefix: string): string =>
  text
    .split('\n')
    .map((line) => `${prefix}${line}`.trimEnd())
    .join('\n')

/** A line, and under it another that makes it a heading. */
export const underlined = (text: string, character: string): string =>
  `${text}\n${character.repeat(Math.max(...text.split('\n').map((line) => Math.min(line.length, 60)), 3))}`

/** Parts with an empty line between; empty parts are left out. */
export const paragraphs = (parts: (string | false | null | undefined)[]): string =>
  parts.filter(Boolean).join('\n\n')
