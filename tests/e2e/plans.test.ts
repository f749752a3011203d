import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn } from '../support/browser/admin.ts'
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
let articleUrl: string
beforeAll(async () => {
  newsroom = await openNewsroom()
  await fillInSite(newsroom)
  await addSubscribers(newsroom, [{ email: 'ada@example.com', locale: 'sv' }])
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Om tid',
    content: paragraph('Allt har sin tid.'),
    _status: 'draft',
  })
  articleUrl = `${newsroom.server.baseUrl}/admin/collections/articles/${doc.id}`
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

const sheet = () => page.locator('.publish-sheet')
const card = () => page.locator('.article-plans .plan-card')
const planNow = () => sheet().locator('#publish-now')
const openSheet = async () => {
  await page.locator('#action-save').click()
  await sheet().getByLabel('Vid en viss tid', { exact: true }).check()
}
const siteShows = async (text: string) =>
  (await (await fetch(`${newsroom.server.baseUrl}/sv`)).text()).includes(text)
const readPlans = async () =>
  (await newsroom.rest.get<{ docs: { id: number; status: string; dueAt: string }[] }>('/plans?depth=0')).docs

// One story, from the sheet to the site.
describe('an editor who plans an article', () => {
  it('chooses a time by the clock of the site, and the button says what will happen', async () => {
    await page.goto(articleUrl)
    await openSheet()
    await sheet().getByText('Tiden följer webbplatsens klocka (Europe/Stockholm).').waitFor()
    expect(await planNow().isDisabled()).toBe(true)
    await sheet().getByLabel('Annan tid').fill('2020-01-01T08:00')
    await sheet().getByText('Den tiden har redan varit.').waitFor()
    expect(await planNow().isDisabled()).toBe(true)
    await sheet().getByLabel('Annan tid').fill('2029-03-25T02:30')
    await sheet().getByText('Den tiden finns inte, för klockan ställs om.').waitFor()
    await sheet()
      .getByRole('button', { name: /^torsdag .* 08:00$/ })
      .click()
    await page.locator('#publish-now:enabled').waitFor()
    expect(await planNow().innerText()).toMatch(/^Publicera och skicka till 1, torsdag .* 08:00$/)
    await keepScreenshot(page, 'plan-sheet')
    expect(await accessibilityFaults({ page, selector: '.publish-sheet' })).toEqual([])
    expect(await isTooWideForPhone(page, 'plan-sheet-phone')).toBe(false)
  })

  it('sees in the article what is planned, by whose words', async () => {
    await planNow().click()
    await card().waitFor()
    expect(await card().locator('time').innerText()).toMatch(
      /^Publiceras på webben och som nyhetsbrev torsdag .* 08:00\.$/,
    )
    await keepScreenshot(page, 'plan-card')
    expect(await accessibilityFaults({ page, selector: '.article-plans' })).toEqual([])
    expect(await isTooWideForPhone(page, 'plan-card-phone')).toBe(false)
    const [plan] = await readPlans()
    expect(plan?.status).toBe('waiting')
  })

  it('is told that a newer text waits, and has it used', async () => {
    await page.locator('#field-title').fill('Om tid och rum')
    await card().getByText('Artikeln har en nyare text.').waitFor()
    await card().getByRole('button', { name: 'Använd den här texten' }).click()
    await card().getByText('Artikeln har en nyare text.').waitFor({ state: 'detached' })
    await page.locator('#field-title').waitFor()
    expect(await page.locator('#field-title').inputValue()).toBe('Om tid och rum')
  })

  it('moves it', async () => {
    const [before] = await readPlans()
    await card().getByRole('button', { name: 'Flytta', exact: true }).click()
    await card().getByLabel('Annan tid').fill('2029-06-01T10:00')
    await card().getByRole('button', { name: 'Flytta till fredag 1 juni 2029 10:00' }).click()
    await card().locator('time', { hasText: 'fredag 1 juni 2029 10:00' }).waitFor()
    const [after] = await readPlans()
    expect([after?.id, after?.dueAt]).toEqual([before?.id, '2029-06-01T08:00:00.000Z'])
  })

  it('is told in the sheet that publishing now cancels it', async () => {
    await page.locator('#action-save').click()
    await sheet().getByText('Artikeln är redan planerad, och planen avbokas om du publicerar nu.').waitFor()
    expect(await sheet().getByLabel('Vid en viss tid', { exact: true }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await sheet().waitFor({ state: 'detached' })
  })

  it('finds it in the list of what is planned', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/plans`)
    await page.getByRole('cell', { name: 'Om tid och rum' }).waitFor()
    await page.getByRole('cell', { name: 'fredag 1 juni 2029 10:00' }).waitFor()
    await keepScreenshot(page, 'plan-list')
    const [plan] = await readPlans()
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/plans/${plan?.id}`)
    await page.locator('.plan-card').getByText('fredag 1 juni 2029 10:00').waitFor()
    await keepScreenshot(page, 'plan-page')
    expect(await accessibilityFaults({ page, selector: '.plan-card' })).toEqual([])
  })

  it('finds it on the desk', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin`)
    const planned = page.getByRole('region', { name: 'Planerat', exact: true })
    await planned.getByRole('link', { name: 'Om tid och rum' }).waitFor()
    await planned.getByText('fredag 1 juni 2029 10:00').waitFor()
    await page.getByText('Inget väntar på dig.').waitFor()
    await keepScreenshot(page, 'desk-planned', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.desk' })).toEqual([])
  })

  it('sees it carried out when its time comes', async () => {
    await page.goto(articleUrl)
    await card().waitFor()
    const [plan] = await readPlans()
    expect(await siteShows('Om tid och rum')).toBe(false)
    await newsroom.rest.patch(`/plans/${plan?.id}`, { dueAt: new Date(Date.now() + 1_500).toISOString() })
    await until('the site shows it', async () => ((await siteShows('Om tid och rum')) ? true : undefined))
    const [done] = await readPlans()
    expect(done?.status).toMatch(/running|done/)
    await page.reload()
    await page.locator('.publish-forecast').getByText('Överlämnat').waitFor()
    expect(await card().count()).toBe(0)
  })

  it('reads on the desk how it went', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin`)
    const last = page.getByRole('region', { name: 'Senaste nyhetsbrevet' })
    await last.getByRole('link', { name: 'Om tid och rum' }).waitFor()
    const submitted = await last.locator('[data-figure=submitted] dd').first().innerText()
    expect(submitted.replaceAll(/\s/g, ' ')).toBe('1 100 %')
    const subscribers = page.getByRole('region', { name: 'Prenumeranter' })
    await subscribers.getByText('1 aktiv prenumerant').waitFor()
    await subscribers.getByText('De senaste 30 dagarna: 1 ny, 0 avslutade.').waitFor()
    await keepScreenshot(page, 'desk', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.desk' })).toEqual([])
    expect(await isTooWideForPhone(page, 'desk-phone')).toBe(false)
  })

  it('plans to take it off the site', async () => {
    await page.goto(articleUrl)
    const unpublishing = page.locator('.article-plans')
    await unpublishing.getByText('Avpublicera vid en viss tid').click()
    await unpublishing.getByLabel('Annan tid').fill('2029-12-24T15:00')
    await unpublishing.getByRole('button', { name: 'Avpublicera måndag 24 december 2029 15:00' }).click()
    await card().getByText('Avpubliceras måndag 24 december 2029 15:00.').waitFor()
    await card().getByRole('button', { name: 'Avboka' }).click()
    await card().waitFor({ state: 'detached' })
    const plans = await readPlans()
    expect(plans.map(({ status }) => status).sort()).toEqual(['cancelled', 'done'])
  })
})
