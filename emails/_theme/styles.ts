/**
 * Fonts that every system has: a mail cannot bring its own everywhere. Quotes would be escaped, at five bytes each. The
 * first is one that Windows has: Outlook there falls back to Times New Roman when the first is not installed.
 */
export const SERIF = 'Georgia,Times New Roman,serif'
export const SANS = 'Segoe UI,-apple-system,Roboto,Helvetica,Arial,sans-serif'
/** What an article is set in. */
export const TEXT_FONT = `17px/28px ${SERIF}`
export const MONO = 'Consolas,Menlo,monospace'

/** Pixels. The text is as wide as a line that is comfortable to read. */
export const MAIL_WIDTH = 600
export const SIDE_PADDING = 32
export const TEXT_WIDTH = MAIL_WIDTH - 2 * SIDE_PADDING

/** Between two blocks of text. */
export const BLOCK_MARGIN = '0 0 20px'
