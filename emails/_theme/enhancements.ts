import { dark, type BrandColors } from './colors.ts'

/**
 * What a mail gains in a client that reads styles in the <head>; nothing depends on it. Dark colours for those that let
 * the mail choose them, more room for the text on phones. The classes stand on elements inside the body too: some clients
 * drop the body's own. A space before `!important`: Orange's webmail drops a rule without it (caniemail, css-important).
 */
export const enhancements = ({ action, onAction, accentInDark }: BrandColors): string =>
  [
    ':root{color-scheme:light dark}',
    '@media screen and (max-width:480px){',
    rules({
      '.side': 'padding-left:20px;padding-right:20px',
      '.title': 'font-size:28px;line-height:35px;-webkit-hyphens:auto;hyphens:auto',
      // The site's name above, the link below.
      '.stack': 'display:block;width:auto;text-align:left',
    }),
    '}',
    '@media screen and (prefers-color-scheme:dark){',
    rules({
      '.page,.page td,.page th': `background-color:${dark.page};border-color:${dark.line}`,
      '.page .card,.page .card td': `background-color:${dark.card}`,
      '.page .card .box,.page .card code': `background-color:${dark.tint}`,
      '.page .card .action,.page .card .mark': `background-color:${action};border-color:${accentInDark}`,
      '.page .card': `border-top-color:${accentInDark}`,
      '.page .card .edge': `border-left-color:${accentInDark}`,
      '.page .card .important': `border-left-color:${dark.important}`,
      '.page *': `color:${dark.ink}`,
      '.page a,.page .edge .label': `color:${accentInDark}`,
      '.page .important .label': `color:${dark.important}`,
      '.page .soft,.page .soft *': `color:${dark.inkSoft}`,
      '.page .soft strong,.page a.name': `color:${dark.ink}`,
      '.page .action a,.page .mark': `color:${onAction}`,
    }),
    '}',
  ].join('')

/** Each declaration wins over the style of its element. */
const rules = (declarations: Record<string, string>): string =>
  Object.entries(declarations)
    .map(([selector, style]) => `${selector}{${style.replace(/;|$/g, ' !important;')}}`)
    .join('')
