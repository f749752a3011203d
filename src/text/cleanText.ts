/** What breaks a line elsewhere: the vertical tab of PowerPoint, next line, and Unicode's line and paragraph separators. */
const BREAKS = /[\v\u0085\u2028\u2029]/g

/**
 * What no text needs and XML 1.0 (section 2.2) partly forbids: control characters but tab and line breaks, halves of
 * surrogate pairs, noncharacters, the byte order mark, anchors of annotations and of objects that were not pasted, and
 * the overrides of direction, which show `gnp.exe` as `exe.png`.
 * Joiners, soft hyphens, no-break spaces and direction marks stay: words and emoji are made of them.
 */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202d\u202e\ufeff\ufff9-\ufffc]/gu

/** Embed another direction until they are ended, which a line of a header never does. */
const EMBEDDINGS = /[\u202a-\u202c]/g

/** A text of several lines: other programs' line breaks become `\n`, forbidden characters go. */
export const cleanText = (text: string): string => text.replace(BREAKS, '\n').replace(FORBIDDEN, '')

/**
 * A text of one line, such as a title, a name or a subject: a line break or a tab becomes a space, and one in which there
 * is nothing to see is empty.
 */
export function cleanLine(text: string): string {
  const line = cleanText(text)
    .replace(/\r?\n|[\r\t]/g, ' ')
    .replace(EMBEDDINGS, '')
  return BLANK.test(line) ? '' : line
}

/** The same with single spaces and none at either end: a name or a subject, which goes into a mail's header. */
export const oneLine = (text: string): string => cleanLine(text.replace(/[\s\p{Cc}]+/gu, ' ')).trim()

/** Spaces, joiners, fillers of Hangul, the empty pattern of Braille. */
const BLANK = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u
