import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn, openTab } from '../support/browser/admin.ts'
import {
  addSubscribers,
  fillInSite,
  openNewsroom,
  publishArticle,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
beforeAll(async () => {
  newsroom = await openNewsroom({ WORKER: 'off' })
  await fillInSite(newsroom)
  await addSubscribers(newsroom, [{ email: 'ada@example.com', locale: 'sv' }])
  await publishArticle(newsroom, { title: 'Om ansvar' })
  browser = await openBrowser()
  page = await openPage(browser)
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

/** Past the product, as time and a worker's process would. */
async function write(sql: string, ...args: string[]): Promise<void> {
  const client = createClient({ url: newsroom.server.environment.DATABASE_URL ?? '' })
  await client.execute('PRAGMA busy_timeout = 5000')
  await client.execute({ sql, args })
  client.close()
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const banner = () => page.locator('.worker-banner')
const open = (path: string) => page.goto(`${newsroom.server.baseUrl}/admin${path}`)
/** As when somebody comes back to the window. */
const lookAgain = async () => {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/health'))
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await answer
}

describe('while no worker runs, whoever looks at the admin', () => {
  it('is told nothing as long as what is due has waited but a moment', async () => {
    await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.author })
    await open('')
    await page.locator('.dashboard').waitFor()
    await lookAgain()
    expect(await banner().count()).toBe(0)
  })

  it('is told on every page what waits since when, and what to do', async () => {
    await write('UPDATE campaigns SET due_at = ?, moved_at = ?', ago(12), ago(12))
    for (const path of ['', '/collections/articles', '/collections/campaigns/1', '/account', '/outbox']) {
      await open(path)
      await banner().getByText('Inget skickas: utskickstjänsten är inte igång.').waitFor()
      await banner().getByText('npm run worker').waitFor()
    }
    await open('')
    await banner().waitFor()
    await keepScreenshot(page, 'worker-missing')
    expect(await accessibilityFaults({ page, selector: '.worker-banner' })).toEqual([])
  })

  it('is told so on a telephone', async () => {
    await open('/collections/campaigns/1')
    await banner().waitFor()
    expect(await isTooWideForPhone(page, 'worker-missing-phone')).toBe(false)
  })

  it('reads on the campaign and on its article that it stands still', async () => {
    await open('/collections/campaigns/1')
    const state = page.locator('.campaign-control')
    await state.getByText('Utskicket har stått still sedan').waitFor()
    await state.getByText('Inget fel är noterat.').waitFor()
    await keepScreenshot(page, 'campaign-stalled')
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
    await open('/collections/articles/1')
    await openTab(page, 'Nyhetsbrev')
    await state.getByText('Utskicket har stått still sedan').waitFor()
    await keepScreenshot(page, 'article-stalled')
  })

  it('is told no more once a worker is seen, without loading the page again', async () => {
    await banner().waitFor()
    await write(
      `INSERT INTO workers (worker, mailer, started_at, seen_at) VALUES ('w', 'outbox', ?, ?)`,
      ago(0),
      ago(0),
    )
    await lookAgain()
    await banner().waitFor({ state: 'detached' })
  })

  it('is told of events of the provider that wait, and of those that were set aside', async () => {
    const row = `INSERT INTO waiting_events (event_id, received_at, body, due_at, tries, set_aside_at, reason)
      VALUES (?, ?, '{}', ?, ?, ?, ?)`
    await write(row, 'late', ago(12), ago(12), '0', '', '')
    await write("UPDATE waiting_events SET set_aside_at = NULL, reason = NULL WHERE event_id = 'late'")
    await lookAgain()
    await banner().getByText('är inte räknat än: 1 händelse väntar, sedan').waitFor()
    await write(row, 'odd', ago(30), '', '6', ago(20), 'no JSON')
    await write("UPDATE waiting_events SET due_at = NULL WHERE event_id = 'odd'")
    await lookAgain()
    await banner().getByText('1 av e-postleverantörens händelser gick inte att hantera.').waitFor()
    await keepScreenshot(page, 'events-waiting')
    expect(await accessibilityFaults({ page, selector: '.worker-banner' })).toEqual([])
    expect(await isTooWideForPhone(page, 'events-waiting-phone')).toBe(false)
  })

  it('works on undisturbed when the health cannot be asked for', async () => {
    await page.route('**/api/health', (route) => route.abort())
    await open('/collections/articles')
    await page.getByRole('link', { name: 'Om ansvar' }).first().waitFor()
    expect(await banner().count()).toBe(0)
  })
})
