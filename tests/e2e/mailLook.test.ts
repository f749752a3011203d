import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn, openTab } from '../support/browser/admin.ts'
import { fillInSite, openNewsroom, STAFF, type Newsroom } from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { paragraph } from '../support/siteContent.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
let articleId: number
beforeAll(async () => {
  newsroom = await openNewsroom()
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Om ansvar',
    excerpt: 'Två sidor av samma mynt.',
    content: paragraph('Ansvar är frihet.'),
    _status: 'draft',
  })
  articleId = doc.id
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

const look = () => page.locator('.mail-look')
const mail = () => page.frameLocator('.mail-frame').locator('body')
const showAs = (name: string) => look().getByRole('radio', { name }).check()
/** Whether the text is brighter than what it stands on. */
const isDark = () =>
  mail().evaluate((body) => {
    const brightness = (color: string) => Number(/\d+/.exec(color)?.[0])
    const { color, backgroundColor } = getComputedStyle(body)
    return brightness(color) > brightness(backgroundColor)
  })

// One story, from a site that nobody has set up to a test in one's own inbox.
describe('before an article is mailed, an editor', () => {
  it('looks at the mail as it will be, in each way that readers have', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${articleId}`)
    await openTab(page, 'Nyhetsbrev')
    await mail().getByText('Ansvar är frihet.').waitFor()
    await look().getByText('Två sidor av samma mynt.').waitFor()
    await keepScreenshot(page, 'look-desktop', { fullPage: true })
    expect(await isDark()).toBe(false)

    await showAs('Mörkt läge')
    await mail().getByText('Ansvar är frihet.').waitFor()
    expect(await isDark()).toBe(true)
    await keepScreenshot(page, 'look-dark')

    await showAs('Mobil')
    await mail().getByText('Ansvar är frihet.').waitFor()
    expect(await mail().evaluate((body) => body.ownerDocument.documentElement.clientWidth)).toBeLessThan(400)

    await showAs('Ren text')
    await look().locator('pre').getByText('Ansvar är frihet.').waitFor()

    await showAs('Dator')
    await showAs('engelska')
    await mail().getByText('Read on the web').waitFor()
    await showAs('svenska')
    expect(await accessibilityFaults({ page, selector: '.mail-look' })).toEqual([])
  })

  it('sees what they write, as soon as it is saved', async () => {
    await openTab(page, 'Text')
    await page.locator('#field-title').fill('Om frihet')
    await openTab(page, 'Nyhetsbrev')
    await look().locator('.mail-look__line strong').getByText('Om frihet').waitFor()
    await mail().getByRole('heading', { name: 'Om frihet' }).waitFor()
  })

  it('is told what keeps a test from being sent, and then sends one to themselves with one click', async () => {
    const send = () => look().getByRole('button', { name: 'Skicka ett provbrev till mig' }).click()
    await send()
    await look().getByText('Nyhetsbrevet – avsändarens namn, avsändarens adress och postadress.').waitFor()
    await keepScreenshot(page, 'look-refused', { fullPage: true })

    await fillInSite(newsroom)
    await send()
    await look().getByText(`Provbrevet är på väg till ${STAFF.editor.email}.`).waitFor()
    await look().getByText(`${STAFF.editor.email}: skickat`).waitFor()
    await keepScreenshot(page, 'look-sent', { fullPage: true })
    expect(await isTooWideForPhone(page, 'look-phone')).toBe(false)

    await page.goto(`${newsroom.server.baseUrl}/admin/outbox`)
    await page.getByRole('heading', { name: '[Prov] Om frihet' }).waitFor()
  })

  it('learns from a link of the test that it is one', async () => {
    for (const path of ['unsubscribe', 'preferences']) {
      const answer = await page.goto(`${newsroom.server.baseUrl}/${path}?token=trial`)
      expect(answer?.status()).toBe(200)
      await page.getByRole('heading', { name: 'Länken kommer från ett provbrev' }).waitFor()
    }
  })
})
