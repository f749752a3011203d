import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page, Route } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn, openTab } from '../support/browser/admin.ts'
import { fillInSite, openNewsroom, STAFF, type Newsroom } from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { paragraph } from '../support/siteContent.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
let articleId: number
/** Nobody has it open. */
let otherId: number
beforeAll(async () => {
  newsroom = await openNewsroom()
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Om ansvar',
    excerpt: 'Två sidor av samma mynt.',
    content: paragraph('Ansvar är frihet.'),
    _status: 'draft',
  })
  articleId = doc.id
  const other = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    ...{ title: 'Så planerar vi veckan', content: paragraph('En halvtimme räcker.'), _status: 'draft' },
  })
  otherId = other.doc.id
  const karin = { email: 'karin@example.com', name: 'Karin Ek', locale: 'sv', status: 'active' }
  await newsroom.rest.post('/subscribers', { ...karin, consentSource: 'the tests' })
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

const SENTENCE = 'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra. '
/** About 60 KB of words. */
const longText = () => {
  const { root } = paragraph('')
  const paragraphs = Array.from({ length: 110 }, (_, index) =>
    paragraph(`${index}. ${SENTENCE.repeat(7)}`).root.children.at(0),
  )
  return { root: { ...root, children: paragraphs } }
}

const look = () => page.locator('.mail-look')
const inboxes = () => look().getByRole('group', { name: 'Raden i inkorgen' })
const mail = () => page.frameLocator('.mail-frame').locator('body')
const showAs = (name: string) => look().getByRole('radio', { name }).check()
const expectValue = (selector: string, value: string) =>
  page.waitForFunction(
    ([where, text]) => document.querySelector<HTMLTextAreaElement>(where ?? '')?.value === text,
    [selector, value],
  )
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
    await inboxes().getByText('Två sidor av samma mynt.').first().waitFor()
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

  it('has it beside the text, and sees what they write while they write it', async () => {
    await openTab(page, 'Text')
    await page.getByRole('button', { name: 'Visa brevet bredvid' }).click()
    await mail().getByText('Ansvar är frihet.').waitFor()
    // Nothing is saved meanwhile.
    const saves: Route[] = []
    await page.route('**/api/articles/*', (route) => {
      if (route.request().method() === 'PATCH') saves.push(route)
      else void route.continue()
    })
    await page.locator('#field-title').fill('Om frihet')
    const written = 'Varje tangent kommer med, hur fort man än skriver. '
    await page.locator('.rich-text-lexical [contenteditable]').first().click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type(written)
    await mail().getByText(`${written}Ansvar är frihet.`).waitFor()
    await mail().getByRole('heading', { name: 'Om frihet' }).waitFor()
    await inboxes().getByText('Om frihet').first().waitFor()
    await keepScreenshot(page, 'look-beside')
    expect(await accessibilityFaults({ page, selector: '.look-beside' })).toEqual([])
    for (const route of saves) await route.continue()
    await page.unroute('**/api/articles/*')
  })

  it('sees it as a subscriber of their choice gets it, and as somebody without a name', async () => {
    await showAs('Utan namn')
    await inboxes().getByText('Till: anna.berg@example.com').waitFor()
    await showAs('En prenumerant')
    await look().getByRole('searchbox', { name: 'Sök på namn eller adress' }).fill('karin')
    await look().getByRole('button', { name: 'Karin Ek <karin@example.com>' }).press('Enter')
    await mail().getByText('karin@example.com').waitFor()
    await inboxes().getByText('Till: Karin Ek <karin@example.com>').waitFor()
    await keepScreenshot(page, 'look-subscriber')
    await showAs('På svenska')
  })

  it('finds it still there after the page is loaded anew, and in its tab when they close it', async () => {
    await page.reload()
    await mail().getByRole('heading', { name: 'Om frihet' }).waitFor()
    await openTab(page, 'Nyhetsbrev')
    await page.getByText('Brevet visas bredvid texten.').waitFor()
    await page.getByRole('button', { name: 'Dölj brevet' }).press('Enter')
    await mail().getByRole('heading', { name: 'Om frihet' }).waitFor()
  })

  it('writes in each language on a tab of the text, and loses nothing on the way', async () => {
    const languages = page.getByRole('navigation', { name: 'Textens språk' })
    const tab = (name: string) => languages.getByRole('button', { name, exact: true })
    await openTab(page, 'Text')
    await tab('Svenska klar').waitFor()
    await page.locator('#field-excerpt').fill('Två sidor av ett mynt.')
    await tab('Engelska saknas').click()
    await page.waitForURL(/locale=en/)
    await languages.locator('[aria-current]', { hasText: 'Engelska' }).waitFor()
    await expectValue('#field-excerpt', '')
    await page.locator('#field-title').fill('On freedom')
    await tab('Engelska text saknas').waitFor()
    await keepScreenshot(page, 'languages')
    expect(await accessibilityFaults({ page, selector: '.article-languages' })).toEqual([])
    expect(await page.locator('.app-header__localizer').isVisible()).toBe(false)
    await tab('Svenska klar').press('Enter')
    await page.waitForURL(/locale=sv/)
    await languages.locator('[aria-current]', { hasText: 'Svenska' }).waitFor()
    await expectValue('#field-excerpt', 'Två sidor av ett mynt.')
    await tab('Engelska text saknas').waitFor()
  })

  it('links words with the keyboard alone, and sees which articles readers cannot reach', async () => {
    const picker = page.getByRole('dialog', { name: 'Länka' })
    const search = picker.getByRole('combobox', { name: 'Sök en artikel, eller skriv en adress' })
    await page.locator('.rich-text-lexical [contenteditable]').first().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await page.keyboard.press('Control+k')
    await search.fill('veckan')
    await picker.getByRole('option', { name: 'Så planerar vi veckan Utkast' }).waitFor()
    await keepScreenshot(page, 'link-picker')
    expect(await accessibilityFaults({ page, selector: '.link-picker' })).toEqual([])
    await search.fill('example.com/handbok')
    await picker.getByRole('option', { name: 'Länka till https://example.com/handbok' }).waitFor()
    await page.keyboard.press('Enter')
    await picker.waitFor({ state: 'detached' })
    const link = page.locator('.rich-text-lexical [contenteditable] a')
    expect(await link.getAttribute('href')).toBe('https://example.com/handbok')

    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Läs ')
    await page.keyboard.press('Control+k')
    await search.fill('veckan')
    await picker.getByRole('option', { name: 'Så planerar vi veckan Utkast' }).waitFor()
    await page.keyboard.press('Enter')
    await link.filter({ hasText: 'Så planerar vi veckan' }).waitFor()
  })

  it('is told what keeps a test from being sent, and then sends one to themselves with one click', async () => {
    await openTab(page, 'Nyhetsbrev')
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

  it('writes fast in a long article beside its mail, and no key is lost', async () => {
    const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
      ...{ title: 'En lång artikel', content: longText(), _status: 'draft' },
    })
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${doc.id}`)
    await page.getByRole('button', { name: 'Visa brevet bredvid' }).click()
    await mail().getByText('109. Frihet').waitFor()
    let loads = 0
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) loads += 1
    })
    const written =
      'Det här skrivs utan paus medan brevet bredvid följer med, och ingen tangent går förlorad. '.repeat(3)
    await page.locator('.rich-text-lexical [contenteditable] p').first().click()
    await page.keyboard.press('Home')
    await page.keyboard.type(written, { delay: 15 })
    const first = page.locator('.rich-text-lexical [contenteditable] p').first()
    expect(await first.innerText()).toContain(written.trim())
    await mail().getByText(written.trim()).waitFor()
    expect(loads).toBe(0)
  })

  it('is an author who knows no subscribers: there are none to choose', async () => {
    const author = await openPage(browser)
    await logIn(author, { baseUrl: newsroom.server.baseUrl, ...STAFF.author })
    await author.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${otherId}`)
    await openTab(author, 'Nyhetsbrev')
    const readers = author.getByRole('group', { name: 'Läsare' }).getByRole('radio')
    await readers.first().waitFor()
    expect(await readers.count()).toBe(3)
    await author.context().close()
  })

  it('learns from a link of the test that it is one', async () => {
    for (const path of ['unsubscribe', 'preferences']) {
      const answer = await page.goto(`${newsroom.server.baseUrl}/${path}?token=trial`)
      expect(answer?.status()).toBe(200)
      await page.getByRole('heading', { name: 'Länken kommer från ett provbrev' }).waitFor()
    }
  })
})
