import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn, openTab, publish } from '../support/browser/admin.ts'
import {
  addSubscribers,
  fillInSite,
  openNewsroom,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { paragraph } from '../support/siteContent.ts'
import { until } from '../support/until.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
let colleague: Page
let articleUrl: string
beforeAll(async () => {
  newsroom = await openNewsroom()
  await fillInSite(newsroom)
  await newsroom.rest.post('/globals/site', { holdSeconds: 600 })
  await addSubscribers(newsroom, [{ email: 'ada@example.com', locale: 'sv' }])
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Om ansvar',
    content: paragraph('Hej {{namn}}, ansvar är frihet.'),
    _status: 'draft',
  })
  articleUrl = `${newsroom.server.baseUrl}/admin/collections/articles/${doc.id}`
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
  colleague = await openPage(browser)
  await logIn(colleague, { baseUrl: newsroom.server.baseUrl, ...STAFF.admin })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

const banner = (of = page) => of.locator('.hold-banner')
const status = async () => {
  const { docs } = await newsroom.rest.get<{ docs: { _status: string; title: string }[] }>(
    '/articles?where[title][like]=ansvar&depth=0&locale=sv',
  )
  return docs[0]?._status
}
const isOnSite = async () => {
  const answer = await fetch(`${newsroom.server.baseUrl}/sv`)
  return (await answer.text()).includes('Om ansvar')
}

// One story, from a placeholder in the text to a mailing.
describe('an editor who publishes on a Friday afternoon', () => {
  it('checks the mail, and sees what stands in the way and where', async () => {
    await page.goto(articleUrl)
    await openTab(page, 'Nyhetsbrev')
    const panel = page.locator('.preflight')
    await panel.getByRole('button', { name: 'Kontrollera brevet' }).click()
    await panel.getByText('1 sak måste rättas.').waitFor()
    const stop = panel.locator('[data-check=placeholder]')
    expect(await stop.innerText()).toBe(
      'Hinder: En platshållare står kvar i texten. Byt den mot det som ska stå där.\n{{namn}}\n\nRättas i fliken Text.',
    )
    await keepScreenshot(page, 'preflight', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.preflight' })).toEqual([])
    expect(await isTooWideForPhone(page, 'preflight-phone')).toBe(false)
  })

  it('is not let through with it: nothing is published', async () => {
    await page.locator('#action-save').click()
    const sheet = page.locator('.publish-sheet')
    await sheet.getByText('Nyhetsbrevet kan inte skickas förrän hindren ovan är borta.').waitFor()
    await sheet.getByText('En platshållare står kvar i texten.').waitFor()
    expect(await sheet.locator('#publish-now').isDisabled()).toBe(true)
    await sheet.getByRole('button', { name: 'Publicera bara på webben' }).waitFor()
    await keepScreenshot(page, 'publish-stopped')
    expect(await accessibilityFaults({ page, selector: '.publish-sheet' })).toEqual([])
    expect(await isTooWideForPhone(page, 'publish-stopped-phone')).toBe(false)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    expect(await status()).toBe('draft')
  })

  it('mends it, publishes, and can undo it on every page for as long as the site says', async () => {
    await newsroom.rest.patch(`/articles/${articleUrl.split('/').at(-1)}?locale=sv&draft=true`, {
      content: paragraph('Ansvar är frihet.'),
    })
    await page.goto(articleUrl)
    await publish(page)
    await banner().getByText('”Om ansvar” skickas till prenumeranterna om').waitFor()
    expect(await banner().locator('.hold-banner__left').innerText()).toMatch(/^\d+ sekunder$/)
    await keepScreenshot(page, 'hold-article')
    expect(await accessibilityFaults({ page, selector: '.hold-banners' })).toEqual([])
    expect(await isTooWideForPhone(page, 'hold-phone')).toBe(false)
    await page.goto(`${newsroom.server.baseUrl}/admin`)
    await banner().waitFor()
    await keepScreenshot(page, 'hold-first-page')
    await colleague.goto(`${newsroom.server.baseUrl}/admin/collections/authors`)
    await banner(colleague).waitFor()
    expect(await isOnSite()).toBe(true)
  })

  it('undoes it: nobody is mailed, the article is a draft again, and each window says so', async () => {
    await page.goto(articleUrl)
    await colleague.goto(articleUrl)
    await banner(colleague).waitFor()
    const anew = Promise.all([page, colleague].map((window) => window.waitForEvent('load')))
    await banner().getByRole('button', { name: 'Ångra' }).click()
    await anew
    for (const window of [page, colleague]) {
      await openTab(window, 'Nyhetsbrev')
      await window.locator('.campaign-control').getByText('Ångrat i tid: inget brev har skickats.').waitFor()
      await window
        .locator('.campaign-control')
        .getByText(/Artikeln syntes på webbplatsen i \d+ sekund/)
        .waitFor()
      expect(await banner(window).count()).toBe(0)
    }
    await keepScreenshot(page, 'hold-undone', { fullPage: true })
    expect([await status(), await isOnSite()]).toEqual(['draft', false])
    const { docs } = await newsroom.rest.get<{ docs: { status: string; counts: object }[] }>(
      '/campaigns?depth=0',
    )
    expect(docs).toMatchObject([{ status: 'cancelled', counts: { submitted: 0 } }])
  })

  it('publishes it again, and sends it at once', async () => {
    await page.locator('#action-save').click()
    await page.locator('#publish-now', { hasText: 'Publicera och skicka till 1' }).waitFor()
    await page.locator('.publish-sheet button', { hasText: 'Inte nu' }).click()
    await publish(page)
    await banner().getByRole('button', { name: 'Skicka nu' }).click()
    await banner().waitFor({ state: 'detached' })
    await openTab(page, 'Nyhetsbrev')
    await page.locator('.campaign-control [data-count=submitted]').getByText('1').waitFor()
    await keepScreenshot(page, 'hold-sent', { fullPage: true })
    expect([await status(), await isOnSite()]).toEqual(['published', true])
  })
})

it('an admin publishes in spite of a stop, and the campaign says who and why', async () => {
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Så skriver du {{namn}}',
    content: paragraph('Text.'),
    _status: 'draft',
  })
  await colleague.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${doc.id}`)
  await colleague.locator('#action-save').click()
  const sheet = colleague.locator('.publish-sheet')
  await sheet.getByText('Skicka trots hindren').click()
  const button = sheet.getByRole('button', { name: 'Skicka ändå' })
  expect(await button.isDisabled()).toBe(true)
  await sheet.getByLabel('Skäl').fill('Texten handlar om mallar.')
  await keepScreenshot(colleague, 'publish-override')
  expect(await accessibilityFaults({ page: colleague, selector: '.publish-sheet' })).toEqual([])
  await button.click()
  await colleague.locator('.hold-banner', { hasText: 'Så skriver du {{namn}}' }).waitFor()
  await colleague.goto(`${newsroom.server.baseUrl}/admin/collections/campaigns/2`)
  await colleague.getByText('Skickas trots hinder: Texten handlar om mallar. · Kim Berg').waitFor()
})

describe('an article that is only mailed', () => {
  const sheet = () => page.locator('.publish-sheet')
  let url: string

  it('goes to those who subscribe, who read it on a page that is on no list', async () => {
    const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
      title: 'Till er som läser',
      content: paragraph('Bara för er.'),
      _status: 'draft',
    })
    await newsroom.rest.post('/globals/site', { holdSeconds: 0 })
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${doc.id}`)
    await page.locator('#action-save').click()
    await sheet().getByLabel('Bara som nyhetsbrev').check()
    await sheet().getByText('De som får brevet kan läsa den på en egen sida').waitFor()
    await page.locator('#publish-now:enabled', { hasText: 'Skicka till 1' }).waitFor()
    await keepScreenshot(page, 'publish-mail-only')
    expect(await accessibilityFaults({ page, selector: '.publish-sheet' })).toEqual([])
    expect(await isTooWideForPhone(page, 'publish-mail-only-phone')).toBe(false)
    await page.locator('#publish-now').click()
    await sheet().waitFor({ state: 'detached' })
    await openTab(page, 'Nyhetsbrev')
    await page.locator('.campaign-control [data-count=submitted]').getByText('1').waitFor()
    await colleague.goto(`${newsroom.server.baseUrl}/admin/outbox?search=Till+er+som`)
    await colleague.locator('.outbox__list a').first().click()
    await colleague.locator('.outbox__views a', { hasText: 'Ren text' }).click()
    const text = await colleague.locator('.outbox__mail pre').innerText()
    url = text.match(/http\S+\/m\/\S+/)?.[0] ?? ''
    const answers = await Promise.all(
      [url, `${newsroom.server.baseUrl}/sv/articles/till-er-som-laser`].map((address) => fetch(address)),
    )
    expect(answers.map((answer) => [answer.status, answer.headers.get('x-robots-tag')])).toEqual([
      [200, 'noindex'],
      [404, null],
    ])
  })

  it('is shown on the site when somebody says so, and its page leads there', async () => {
    await page.reload()
    await openTab(page, 'Text')
    await page.locator('#field-title').fill('Till alla som läser')
    await page.locator('#action-save').click()
    await sheet().getByText('Vem ska kunna läsa den?').waitFor()
    await page.locator('#publish-now', { hasText: 'Uppdatera brevets webbversion' }).waitFor()
    await keepScreenshot(page, 'publish-mailed-only')
    await sheet().getByLabel('Alla: visa den på webben').check()
    await page.locator('#publish-now:enabled', { hasText: 'Uppdatera webben' }).click()
    await sheet().waitFor({ state: 'detached' })
    const leadsTo = await until('the page of those who got the mail leads to the site', async () => {
      const answer = await fetch(url, { redirect: 'manual' })
      return answer.headers.get('location') ?? undefined
    })
    expect(leadsTo).toBe('/sv/articles/till-alla-som-laser')
  })
})
