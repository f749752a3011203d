/** A masked address or a date that stays on one line: a browser would break it after “…” and at a space. */
export const unbroken = (text: string): string => text.replace('…', '…\u2060').replaceAll(' ', '\u00a0')
