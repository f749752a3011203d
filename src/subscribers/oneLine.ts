/** A name goes into a mail's header: it has no line breaks and no control characters. */
export const oneLine = (value: string): string => value.replace(/[\s\p{Cc}]+/gu, ' ').trim()
