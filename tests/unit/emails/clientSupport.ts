import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { elementsOf, type Element } from './elements.ts'

/** A feature of a mail: by the name that caniemail gives it, or, when it knows none, by what stands in the mail. */
export type Feature = string

/** Where a mail is read: the Gmail apps and Outlook for Windows, which draws with Word. */
const CLIENTS = [
  ['gmail', 'ios'],
  ['gmail', 'android'],
  ['outlook', 'windows'],
] as const

interface Datum {
  slug: string
  stats: Partial<Record<string, Partial<Record<string, Record<string, string>>>>>
}
const path = createRequire(import.meta.url).resolve('caniemail/caniemail.json')
const { data } = JSON.parse(readFileSync(path, 'utf8')) as { data: Datum[] }
const bySlug = new Map(data.map((datum) => [datum.slug, datum.stats]))

/** Which of the clients do not know a feature, in their latest version; null: caniemail has not tested it. */
export function clientsWithout(feature: Feature): string[] | null {
  const stats = bySlug.get(feature)
  if (!stats) return null
  return CLIENTS.filter(([family, platform]) =>
    Object.values(stats[family]?.[platform] ?? {})
      .at(-1)
      ?.startsWith('n'),
  ).map(([family, platform]) => `${family} ${platform}`)
}

/** What an HTML mail uses: `inHead` only in its style sheet, so that a client may drop it, `inBody` on its elements. */
export function featuresOf(html: string): { inHead: Feature[]; inBody: Feature[] } {
  const elements = elementsOf(html.replace(/<!--.*?-->/gs, '').replace(/<style>.*?<\/style>/gs, ''))
  const sheets = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, sheet = '']) => sheet)
  const inBody = new Set([
    'html-doctype',
    ...(html.includes('<!--') ? ['html-comments'] : []),
    ...elements.flatMap(featuresOfElement),
  ])
  const inHead = new Set(sheets.flatMap((sheet) => ['html-style', ...featuresOfSheet(sheet)]))
  return {
    inHead: [...inHead].filter((feature) => !inBody.has(feature)).toSorted(),
    inBody: [...inBody].toSorted(),
  }
}

const featuresOfElement = ({ tag, attributes, style }: Element): Feature[] => [
  elementNames[tag] ?? known(`html-${tag}`) ?? `<${tag}>`,
  ...Object.keys(attributes).flatMap((name) =>
    PLAIN.includes(name) ? [] : (known(`html-${name.toLowerCase()}`) ?? `${name}=`),
  ),
  ...(/^mailto:/.test(attributes.href ?? '') ? ['html-mailto-links'] : []),
  ...Object.entries(style).flatMap(featuresOfDeclaration),
]

const elementNames: Record<string, Feature> = {
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4'].map((tag) => [tag, 'html-h1-h6'])),
  ...Object.fromEntries(['ul', 'ol', 'li'].map((tag) => [tag, 'html-lists'])),
  ...Object.fromEntries(['table', 'tbody', 'tr', 'td'].map((tag) => [tag, 'html-table'])),
  s: 'html-strike',
}
/** What HTML has had from its beginning. */
const PLAIN = ['style', 'class', 'href', 'src', 'alt', 'content', 'name', 'charset', 'http-equiv', 'start']

function featuresOfDeclaration([property, value]: readonly [string, string]): Feature[] {
  return [
    nameOfProperty(property, value),
    ...[...value.matchAll(/(?<![#\w])-?[\d.]+(px|em|rem|%|pt|vw|vh|ch)/g)].map(([, unit]) =>
      unit === '%' ? 'css-unit-percent' : `css-unit-${unit}`,
    ),
    ...(value.includes('!important') ? ['css-important'] : []),
    ...(/rgba?\(/.test(value) ? ['css-rgb'] : []),
    ...(/calc\(/.test(value) ? ['css-unit-calc'] : []),
  ]
}

const nameOfProperty = (property: string, value: string): Feature =>
  (property === 'display' && value.startsWith('none') ? 'css-display-none' : null) ??
  known(`css-${property}`) ??
  known(`css-${property.replace(/-(?:top|right|bottom|left)\b.*/, '')}`) ??
  known(`css-${property.replace(/^(border|background)-.*/, '$1')}`) ??
  `${property}:`

function featuresOfSheet(sheet: string): Feature[] {
  const conditions = [...sheet.matchAll(/@media([^{]*)\{/g)].flatMap(([, condition = '']) => [
    'css-at-media',
    ...[...condition.matchAll(/\((prefers-[\w-]+)/g)].map(([, name]) => `css-at-media-${name}`),
  ])
  const rules = [...sheet.matchAll(/([^{}@]+)\{([^{}]*)\}/g)].flatMap(([, selector = '', block = '']) => [
    ...(selector.includes('.') ? ['css-selector-class'] : []),
    ...(/\S\s+\S/.test(selector) ? ['css-selector-descendant'] : []),
    ...(selector.includes('*') ? ['css-selector-universal'] : []),
    ...(selector.includes(',') ? ['css-selector-grouping'] : []),
    ...(/(?:^|[\s,])[a-z]/.test(selector) ? ['css-selector-type'] : []),
    ...block
      .split(';')
      .filter(Boolean)
      .map((declaration) => declaration.split(/:(.*)/s))
      .flatMap(([property = '', value = '']) => featuresOfDeclaration([property.trim(), value])),
  ])
  return [...conditions, ...rules]
}

const known = (slug: string): Feature | null => (bySlug.has(slug) ? slug : null)
