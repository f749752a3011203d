import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import {
  choose,
  fieldOf,
  fillIn,
  logInByForm,
  openTab,
  publish,
  saveDrawer,
} from '../support/browser/admin.ts'
import { writeEveryNode } from '../support/browser/everyNode.ts'
import {
  addContent,
  addSubscribers,
  fillInSite,
  openNewsroom,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { landscape } from '../support/browser/pictures.ts'
import { everyNode, shownNodes } from '../support/browser/shownNodes.ts'

const TITLE = 'Ett år utan chefer'
const SUBJECT = 'Vad hände när cheferna försvann?'

let newsroom: Newsroom
let browser: Browser
let page: Page
let baseUrl: string

let topicId: number
beforeAll(async () => {
  newsroom = await openNewsroom()
  baseUrl = newsroom.server.baseUrl
  ;({ topicId } = await addContent(newsroom))
  await addSubscribers(newsroom, [
    { email: 'ada@example.com', locale: 'sv', topics: [topicId] },
    { email: 'bo@example.com', locale: 'en', topics: [topicId] },
    { email: 'cia@example.com', locale: 'sv' },
    { email: 'left@example.com', locale: 'sv', topics: [topicId], status: 'unsubscribed' },
  ])
  browser = await openBrowser()
  page = await openPage(browser)
})
afterAll(async () => {
  if (page) await keepScreenshot(page, 'as-it-was-left')
  await browser?.close()
  await newsroom?.server.stop()
})

const forecast = () => page.locator('.publish-forecast')
const mailing = () => page.locator('.campaign-control')
const sheet = () => page.locator('.publish-sheet')
const mailBody = () => page.frameLocator('.mail-frame').locator('body')
const textsOf = async (locator: Locator) => (await locator.allInnerTexts()).map((text) => text.trim())

// One story: each step goes on where the one before it ended.
describe('an editor who has something to say', () => {
  it('logs in and writes an article with everything that the editor offers', async () => {
    await page.goto(`${baseUrl}/admin/login`)
    await page.locator('#field-email').waitFor()
    await keepScreenshot(page, 'login')
    await logInByForm(page, { baseUrl, ...STAFF.editor })
    await keepScreenshot(page, 'dashboard')
    await page.goto(`${baseUrl}/admin/collections/articles/create`)
    await page.locator('#field-title').fill(TITLE)
    await page.locator('#field-excerpt').fill('Vad vi lärde oss när alla fick styra sin egen tid.')
    await writeEveryNode(page)
    expect(page.url()).toMatch(/articles\/\d+$/)
  })

  it('gives it a lead image with a text for those who do not see it, a byline and a topic', async () => {
    const main = page.locator('main')
    await fieldOf({ within: main, label: 'Ledbild' }).getByText('Skapa ny').click()
    const drawer = page.getByRole('dialog')
    const buffer = await landscape({ sky: '#cfe3ea', hill: '#1f5f4a' })
    await drawer
      .locator('input[type=file]')
      .setInputFiles({ name: 'ledbild.png', mimeType: 'image/png', buffer })
    await fillIn({ within: drawer, label: 'Alternativtext', text: 'Gröna kullar en klar morgon' })
    await saveDrawer(drawer, drawer.locator('#action-save'))
    await choose({ field: fieldOf({ within: main, label: 'Skribenter' }), search: 'Maja Holm' })
    await choose({ field: fieldOf({ within: main, label: 'Ämnen' }), search: 'Självledarskap' })
    await page.evaluate(() => window.scrollTo(0, 0))
    await keepScreenshot(page, 'editor')
    await keepScreenshot(page, 'editor-whole', { fullPage: true })
  })

  it('is told before publishing what is missing, and to how many people it goes', async () => {
    await openTab(page, 'Nyhetsbrev')
    await fillIn({ within: page.locator('main'), label: 'Ämnesrad', text: SUBJECT })
    await forecast().getByText('Nyhetsbrev: uppgifter saknas').waitFor()
    await mailing().getByText('avsändarens namn, avsändarens adress, postadress').waitFor()
    await keepScreenshot(page, 'newsletter-settings-missing')

    await fillInSite(newsroom)
    // A server that is busy is asked again.
    await page.route('**/api/articles/audience*', (route) => route.fulfill({ status: 503 }), { times: 1 })
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await forecast().getByText('Går till 3 prenumeranter').waitFor()

    await choose({
      field: fieldOf({ within: page.locator('main'), label: 'Till dem som följer' }),
      search: 'Självledarskap',
    })
    await forecast().getByText('Går till 2 prenumeranter').waitFor()
    await keepScreenshot(page, 'newsletter-before')
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
    expect(await accessibilityFaults({ page, selector: '.publish-forecast' })).toEqual([])
    expect(await textsOf(mailing().locator('p'))).toEqual([
      'Artikeln skickas till 2 prenumeranter, bara en gång. 1 på svenska och 1 på engelska.',
      'Brevet går i väg direkt och går inte att ångra.',
      'Provläge: inga brev lämnar datorn. De hamnar i utkorgen här.',
    ])
  })

  it('sees the draft beside the text', async () => {
    await openTab(page, 'Text')
    await page.locator('#live-preview-toggler').click()
    const preview = page.frameLocator('#live-preview-iframe')
    expect(await preview.locator('h1').innerText()).toBe(TITLE)
    await preview.getByText('Vi hörs! Maja').waitFor()
    await preview.locator('img.hero').waitFor()
    await keepScreenshot(page, 'live-preview')
    await page.locator('#live-preview-toggler').click()
  })

  it('publishes it, and sees that two mails were submitted', async () => {
    await openTab(page, 'Nyhetsbrev')
    await page.locator('#action-save').click()
    await sheet().getByRole('button', { name: 'Publicera och skicka till 2' }).waitFor()
    await sheet()
      .getByText('Inget hinder hittades.')
      .or(sheet().getByText(/sak(er)? att se över/))
      .waitFor()
    expect(await sheet().locator('input:checked').count()).toBe(3)
    await keepScreenshot(page, 'publish-sheet')
    expect(await accessibilityFaults({ page, selector: '.publish-sheet' })).toEqual([])
    await sheet().getByText('Bara på webben').click()
    await sheet().getByRole('button', { name: 'Publicera på webben' }).waitFor()
    await sheet().getByText('På webben och som nyhetsbrev').click()
    await sheet().getByText('De här får inget brev').click()
    const leftOut = sheet().locator('.publish-sheet__recipients li')
    await leftOut.first().waitFor()
    expect(await textsOf(leftOut)).toEqual(['1 följer bara andra ämnen', '1 har avslutat sin prenumeration'])
    await sheet().getByRole('button', { name: 'Inte nu' }).click()
    await publish(page)
    await mailing().getByText('Överlämnat', { exact: true }).waitFor()
    await forecast().getByText('Utskick: Överlämnat').waitFor()
    await keepScreenshot(page, 'newsletter-after')
    await page.getByRole('link', { name: 'Öppna utskicket' }).click()
    await page.waitForURL(/collections\/campaigns\/\d+/)
    await mailing().getByText('2 av 2 avgjorda').waitFor()
    await keepScreenshot(page, 'campaign')
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
    expect(await textsOf(mailing().locator('dl > div'))).toEqual([
      ...['Mottagare\n2', 'Överlämnade\n2'],
      // Nobody tells what becomes of a mail in the outbox.
      ...['Levererade\n–', 'Studsade\n–', 'Anmälda som skräppost\n–'],
    ])

    await mailing().locator('[data-count=submitted] a').click()
    await page.waitForURL(/collections\/deliveries/)
    await page.locator('tbody tr').first().waitFor()
    await keepScreenshot(page, 'deliveries')
    expect((await textsOf(page.locator('td.cell-email'))).sort()).toEqual([
      'ada@example.com',
      'bo@example.com',
    ])
  })
})

describe('everybody', () => {
  it('sees the article with all of it on the site', async () => {
    const visitor = await openPage(browser)
    await visitor.goto(`${baseUrl}/sv/articles/ett-ar-utan-chefer`)
    const expected = everyNode({ baseUrl })
    await untilImagesLoad(visitor)
    const shown = await shownNodes({ root: visitor.locator('.article-body'), expected })
    await keepScreenshot(visitor, 'site-desktop', { fullPage: true })
    const isTooWide = await isTooWideForPhone(visitor, 'site-phone')
    await visitor.context().close()
    expect(shown).toEqual(expected)
    expect(isTooWide).toBe(false)
  })
})

describe('in the outbox', () => {
  it('the editor reads the mail as subscribers see it, on a computer and on a phone', async () => {
    await page.goto(`${baseUrl}/admin/outbox?search=ada`)
    await page.locator('.outbox__list').waitFor()
    expect(await textsOf(page.locator('.outbox__list .outbox__subject'))).toEqual([SUBJECT])
    // The newsroom's first article.
    const expected = everyNode({ baseUrl, articlePath: '/a/1?l=sv' })
    for (const view of ['Dator', 'Mobil'] as const) {
      await page.locator('.outbox__views a', { hasText: view }).click()
      await page.locator('.outbox__views a[aria-current]', { hasText: view }).waitFor()
      await mailBody().getByText('Vi hörs! Maja').waitFor()
      await keepScreenshot(page, view === 'Dator' ? 'outbox-desktop' : 'outbox-phone')
      expect(await shownNodes({ root: mailBody(), expected })).toEqual(expected)
      expect(
        await mailBody().evaluate(
          (body) => body.scrollWidth <= body.ownerDocument.documentElement.clientWidth,
        ),
      ).toBe(true)
    }
  })

  it('the editor reads its plain text and its headers', async () => {
    await page.locator('.outbox__views a', { hasText: 'Ren text' }).click()
    const text = await page.locator('.outbox__mail pre').innerText()
    expect(text).toContain('Vi hörs! Maja')
    await keepScreenshot(page, 'outbox-text')
    expect(await accessibilityFaults({ page, selector: '.outbox' })).toEqual([])
    await page.locator('.outbox__views a', { hasText: 'Brevhuvud' }).click()
    await page.locator('.outbox__headers').waitFor()
    await keepScreenshot(page, 'outbox-headers')
    expect(await accessibilityFaults({ page, selector: '.outbox' })).toEqual([])
    const names = (await textsOf(page.locator('.outbox__headers dt'))).map((name) => name.toLowerCase())
    expect(names).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'list-id',
      ]),
    )
  })
})

describe('those who came later', () => {
  it('get the article in one more mailing, with a look at how many they are', async () => {
    await addSubscribers(newsroom, [{ email: 'eva@example.com', locale: 'sv', topics: [topicId] }])
    await page.goto(`${baseUrl}/admin/collections/campaigns/1`)
    const more = page.locator('.follow-up')
    await more.getByLabel('De som prenumererade då men inte fick brevet').check()
    await more.getByText('Ingen står på tur').waitFor()
    await more.getByLabel('De som har blivit prenumeranter sedan dess').check()
    const send = more.getByRole('button', { name: 'Skicka till 1 person' })
    await send.waitFor()
    await page.locator('.campaign-mail summary').click()
    await page.locator('.campaign-mail iframe').waitFor()
    await keepScreenshot(page, 'follow-up', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
    expect(await isTooWideForPhone(page, 'follow-up-phone')).toBe(false)
    await send.click()
    await page.waitForURL(/collections\/campaigns\/2/)
    await mailing().getByText('1 av 1 avgjorda').waitFor()
    await page.locator('.follow-up').getByText('Till dem som har tillkommit').waitFor()
    await keepScreenshot(page, 'follow-up-done', { fullPage: true })
    await page.goto(`${baseUrl}/admin/collections/campaigns/1`)
    await page
      .locator('.campaign-moves')
      .getByRole('link', { name: 'Ett nytt utskick av artikeln begärdes' })
      .waitFor()
    await page.goto(`${baseUrl}/admin/outbox?search=eva`)
    await page.locator('.outbox__list').waitFor()
    expect(await textsOf(page.locator('.outbox__list .outbox__subject'))).toEqual([SUBJECT])
  })
})

describe('a subscriber', () => {
  it('leaves by the link in the mail and one button, and a second click does no harm', async () => {
    await page.goto(`${baseUrl}/admin/outbox?search=ada`)
    const link = mailBody()
      .getByRole('link', { name: /avsluta|avregistrera/i })
      .first()
    const href = (await link.getAttribute('href')) ?? ''
    const reader = await openPage(browser)
    const again = await reader.context().newPage()
    for (const tab of [reader, again]) await tab.goto(href)
    await keepScreenshot(reader, 'unsubscribe')
    expect(await statusOf('ada@example.com')).toBe('active')

    for (const tab of [reader, again]) {
      await tab.getByRole('button', { name: 'Ja, avsluta prenumerationen' }).click()
      await tab.getByRole('heading', { name: 'Du får inga fler nyhetsbrev' }).waitFor()
      expect(await statusOf('ada@example.com')).toBe('unsubscribed')
    }
    await keepScreenshot(reader, 'unsubscribed')
    await reader.context().close()
  })
})

async function statusOf(email: string): Promise<string | undefined> {
  const { docs } = await newsroom.rest.get<{ docs: { status: string }[] }>(
    `/subscribers?where[email][equals]=${email}`,
  )
  return docs[0]?.status
}

/** Images further down load when they are near. */
const untilImagesLoad = (visitor: Page) =>
  visitor.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = 'eager'
        return image.decode()
      }),
    ).then(() => undefined),
  )
