import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../../tests/support/browser/findChromium.mjs'

const MINUTE_MS = 60_000
/** Somebody who writes fast. */
const KEY_EVERY_MS = 60
/** After so many words they stop, until the mail beside the text has followed. */
const WORDS_BETWEEN_STOPS = 3

export interface Typed {
  /** From the last key before each stop until the mail beside the text shows it. */
  shown: number[]
  keys: number
  lostKeys: number
  reloads: number
}

/**
 * Writes for a minute in a real editor, with the mail beside the text.
 * @param input.cookie of a login.
 * @throws when there is no Chromium.
 */
export async function typeInChromium({
  baseUrl,
  path,
  cookie,
}: {
  baseUrl: string
  path: string
  cookie: string
}): Promise<Typed> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium here; set CHROMIUM_PATH to one.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'sv-SE' })
    const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/s) ?? []
    await context.addCookies([{ name, value, url: baseUrl }])
    const page = await context.newPage()
    await page.goto(baseUrl + path)
    await page.getByRole('button', { name: 'Visa brevet bredvid' }).click()
    await untilShown(page, 'Rad.')
    return await type(page)
  } finally {
    await browser.close()
  }
}

async function type(page: Page): Promise<Typed> {
  const typed: Typed = { shown: [], keys: 0, lostKeys: 0, reloads: 0 }
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) typed.reloads += 1
  })
  const line = page.locator('.rich-text-lexical [contenteditable] p').first()
  await line.click()
  await page.keyboard.press('End')
  const before = await line.innerText()
  let written = ''
  const end = performance.now() + MINUTE_MS
  for (let word = 1; performance.now() < end; word += 1) {
    const text = ` ord${word}x`
    await page.keyboard.type(text, { delay: KEY_EVERY_MS })
    written += text
    if (word % WORDS_BETWEEN_STOPS !== 0) continue
    const begun = performance.now()
    await untilShown(page, text.trim())
    typed.shown.push(performance.now() - begun)
  }
  typed.keys = written.length
  typed.lostKeys = Math.abs((before + written).length - (await line.innerText()).length)
  return typed
}

const untilShown = (page: Page, text: string) =>
  page.waitForFunction(
    (searched) =>
      document
        .querySelector<HTMLIFrameElement>('.mail-frame')
        ?.contentDocument?.querySelector('body')
        ?.textContent.includes(searched),
    text,
    { polling: 'raf', timeout: MINUTE_MS },
  )
