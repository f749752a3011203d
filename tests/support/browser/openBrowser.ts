import { mkdirSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { findChromium } from './findChromium.mjs'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

/** Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium here; set CHROMIUM_PATH to one.')
  return chromium.launch({ executablePath, args: ARGUMENTS })
}

/** A window of somebody who has never been here, in Swedish unless told otherwise. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'sv-SE', ...options })
  context.setDefaultTimeout(60_000)
  return context.newPage()
}

/** Whether one would have to scroll sideways to read the page on a telephone, as a whole screenshot of it shows. */
export async function isTooWideForPhone(page: Page, screenshot: string): Promise<boolean> {
  const viewport = page.viewportSize() ?? DESKTOP
  await page.setViewportSize(PHONE)
  // The admin's header measures itself and follows.
  const isTooWide = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, null, { timeout: 5000 })
    .then(() => false)
    .catch(() => true)
  await keepScreenshot(page, screenshot, { fullPage: true })
  await page.setViewportSize(viewport)
  return isTooWide
}

/** Kept under artifacts/e2e for people to look at, when `npm test -- --screenshots` asks for it; no test reads it. */
export async function keepScreenshot(
  page: Page,
  name: string,
  options: { fullPage?: boolean } = {},
): Promise<void> {
  if (process.env.UTSKICK_TEST_SCREENSHOTS !== '1') return
  mkdirSync('artifacts/e2e', { recursive: true })
  await page.screenshot({ path: `artifacts/e2e/${name}.png`, ...options })
}
