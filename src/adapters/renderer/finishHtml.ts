import { MAIL_WIDTH } from '../../../emails/_theme/styles.ts'

/**
 * What React cannot write. Its hints for browsers go: preloads of images, which a mail must not begin with, and comments of
 * its own, and React Email's marks. Conditional comments for Outlook for Windows come in, which every other client skips.
 * @param html a whole mail from `MailDocument`. Text in it is escaped, so that the tags below are the document's own.
 */
export const finishHtml = (html: string): string =>
  html
    .replace(/<link rel="preload"[^>]*>|<!--.*?-->| data-id="__react-email-column"/g, '')
    // As Gmail puts it; a saved mail opens as HTML everywhere.
    .replace(/^<!DOCTYPE[^>]*>/i, '<!doctype html>')
    .replace('</head>', `${OUTLOOK_HEAD}</head>`)
    .replace(COLUMN_BEGINS, (column) => OUTLOOK_COLUMN + column)
    .replace(COLUMN_ENDS, (end) => end.replace('</table>', `</table>${OUTLOOK_COLUMN_END}`))

const forOutlook = (markup: string) => `<!--[if mso]>${markup}<![endif]-->`

/** Pixels are pixels at 125 % too: without it Outlook enlarges text and not the widths of attributes (caniemail, html-width, note 2). */
const OUTLOOK_HEAD = forOutlook(
  '<xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:AllowPNG/>' +
    '<o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>',
)

/** It knows no greatest width: a table around the column gives it one. */
const OUTLOOK_COLUMN = forOutlook(
  `<table role="presentation" align="center" width="${MAIL_WIDTH}" cellpadding="0" cellspacing="0"><tr><td>`,
)
const OUTLOOK_COLUMN_END = forOutlook('</td></tr></table>')

const COLUMN_BEGINS = '<table class="column"'
/** The column, its cell and the table around it are what every mail ends with. */
const COLUMN_ENDS = '</table></td></tr></tbody></table></div>'
