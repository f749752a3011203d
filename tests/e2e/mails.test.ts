import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { contrastOf, READABLE } from '../../emails/_theme/contrast.ts'
import { missingWebkit } from '../support/browser/findWebkit.mjs'
import { openChromium, openWebkit, type MailEngine, type Scheme } from '../support/browser/mailEngines.ts'
import { variants } from '../unit/emails/variants.ts'

// Where WebKit is missing `npm test` says so, and in CI that counts as failed: see tests/run.mjs.
const engines: [name: string, open: (scheme: Scheme) => Promise<MailEngine>][] = [
  ['Chromium', openChromium],
  ...(missingWebkit() ? [] : [['WebKit', openWebkit] satisfies [string, typeof openWebkit]]),
]
const SCHEMES: Scheme[] = ['light', 'dark']
/** A small phone, a phone, a window. */
const WIDTHS = [320, 375, 600]

/** Wider than any mail is drawn. */
const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="1200" height="630" fill="#789"/></svg>',
)}`
const NO_PICTURE = 'data:image/png;base64,AAAA'
const LOGO_ON_DARK = PICTURE.replace('789', 'def')
const withPictures = (html: string, src: string) =>
  html
    .replace(/(<img[^>]* src=")[^"]*/g, `$1${src}`)
    .replace(/(<source[^>]* srcSet=")[^"]*/g, `$1${src === PICTURE ? LOGO_ON_DARK : src}`)

/** Letters in one language and of one site: the others are laid out alike, see tests/unit/emails. */
const drawn = variants.filter(({ name }) => !/, (?:en|of a site.*)$/.test(name))

const WRONG = `<body style="margin:0"><table width="600" style="max-width:100%"><tr><td class="action" style="padding:20px">
<a href="https://example.com" style="color:#999999">Klicka</a></td></tr></table></body>`

let mails: { name: string; html: string }[]
beforeAll(async () => {
  mails = await Promise.all(drawn.map(async ({ name, render }) => ({ name, html: (await render()).html })))
})

describe.each(engines.flatMap(([name, open]) => SCHEMES.map((scheme) => ({ name, open, scheme }))))(
  'in $name, $scheme',
  ({ name: engineName, open, scheme }) => {
    let engine: MailEngine
    beforeAll(async () => {
      engine = await open(scheme)
    })
    afterAll(() => engine?.close())

    it.each(
      WIDTHS.flatMap((width) => [
        { width, images: 'with pictures', src: PICTURE },
        { width, images: 'without pictures', src: NO_PICTURE },
      ]),
    )(
      'each mail fits $width pixels, can be read, and has whole buttons, $images',
      async ({ width, images, src }) => {
        const faults = []
        for (const { name, html } of mails) {
          const { isDark, texts, buttons, ...found } = await engine.draw({
            html: withPictures(html, src),
            width,
          })
          if (name === 'with every node') await keep(`${engineName}-${scheme}-${width}-${images}`)
          const faint = texts.filter(isFaint)
          const cut = buttons.filter(({ isWhole }) => !isWhole)
          if (isDark !== (scheme === 'dark') || found.width > width || faint.length + cut.length > 0)
            faults.push({ name, isDark, width: found.width, faint, cut })
        }
        expect(faults).toEqual([])
      },
    )

    it('a site’s logo for dark screens is shown on them alone', async () => {
      const withLogo = []
      for (const { name, html } of mails) {
        const { pictures } = await engine.draw({ html: withPictures(html, PICTURE), width: 375 })
        if (pictures.includes(LOGO_ON_DARK)) withLogo.push(name)
      }
      expect(withLogo).toEqual(scheme === 'dark' ? ['with a logo for dark screens'] : [])
    })

    it('a mail that is too wide and faint, with a button whose words alone are a link, is found', async () => {
      const { width, texts, buttons } = await engine.draw({ html: WRONG, width: 375 })
      expect({ isWide: width > 375, faint: texts.filter(isFaint).map(({ text }) => text), buttons }).toEqual({
        // Chromium obeys the width at most, WebKit the attribute.
        isWide: engineName === 'WebKit',
        faint: scheme === 'light' ? ['Klicka'] : [],
        buttons: [{ label: 'Klicka', isWhole: false }],
      })
    })

    const keep = async (name: string) => {
      mkdirSync('artifacts/e2e', { recursive: true })
      writeFileSync(`artifacts/e2e/mail-${name.replaceAll(' ', '-')}.png`, await engine.screenshot())
    }
  },
)

const isFaint = ({ color, background }: { color: string; background: string }) =>
  !(contrastOf(hex(color), hex(background)) >= READABLE)

/** `rgb(35, 32, 28)` as `#23201c`. */
const hex = (color: string) =>
  `#${[...color.matchAll(/\d+/g)]
    .slice(0, 3)
    .map(([part]) => Number(part).toString(16).padStart(2, '0'))
    .join('')}` as const
