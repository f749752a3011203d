import { dark, type BrandColors } from './colors.ts'

/**
 * What a mail gains in a client that reads styles in the <head>; nothing depends on it. Dark colours for those that let
 * the mail choose them, more room for the text on phones.
 */
export const enhancements = ({ brand, onBrand, accentInDark }: BrandColors): string =>
  [
    ':root{color-scheme:light dark}',
    '@media screen and (max-width:480px){',
    '.side{padding-left:20px!important;padding-right:20px!important}',
    '.title{font-size:28px!important;line-height:35px!important;-webkit-hyphens:auto;hyphens:auto}',
    '}',
    '@media screen and (prefers-color-scheme:dark){',
    `.page,.page td{background-color:${dark.page}!important;border-color:${dark.line}!important}`,
    `.page .card,.page .card td{background-color:${dark.card}!important}`,
    `.page .card .box,.page .card code{background-color:${dark.tint}!important}`,
    `.page .card .action{background-color:${brand}!important;border-color:${accentInDark}!important}`,
    `.page .card{border-top-color:${accentInDark}!important}`,
    `.page .card .edge{border-left-color:${accentInDark}!important}`,
    `.page .card .important{border-left-color:${dark.important}!important}`,
    `.page *{color:${dark.ink}!important}`,
    `.page a,.page .edge .label{color:${accentInDark}!important}`,
    `.page .important .label{color:${dark.important}!important}`,
    `.page .action a{color:${onBrand}!important}`,
    '.page .logo{background:#fff;padding:6px;border-radius:4px}',
    '}',
  ].join('')
