import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn } from '../support/browser/admin.ts'
import {
  addSubscribers,
  fillInSite,
  openNewsroom,
  publishArticle,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { startSmtpServer, type TestSmtpServer } from '../support/smtp/startSmtpServer.ts'

let smtp: TestSmtpServer
let newsroom: Newsroom
let browser: Browser
let page: Page
beforeAll(async () => {
  smtp = await startSmtpServer()
  // Of four mails one is refused, and two are handed over and never answered for.
  smtp.failNext(
    { at: 'RCPT', does: '550 5.1.1 No such user' },
    { at: 'DATA', does: 'cut' },
    { at: 'DATA', does: 'cut' },
  )
  newsroom = await openNewsroom({ MAILER: 'smtp', SMTP_URL: smtp.url })
  await fillInSite(newsroom)
  await addSubscribers(
    newsroom,
    ['ada', 'bo', 'cia', 'dan'].map((name) => ({ email: `${name}@example.com`, locale: 'sv' })),
  )
  await publishArticle(newsroom, { title: 'Ett år utan chefer' })
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
  await smtp?.stop()
})

const control = () => page.locator('.campaign-control')
const inState = (status: string) =>
  page.locator(`.campaign-control[data-status=${status}]`).waitFor({ timeout: 60_000 })
const press = (name: string) => control().getByRole('button', { name }).click()
const buttons = () => control().getByRole('button').allInnerTexts()
/** The numbers as they are shown, by their label. */
const sum = async () =>
  (await control().locator('.campaign-counts--sum > div').allInnerTexts()).map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  )

// One story: from a mail server that breaks off to everybody having the mail.
describe('of those of whom nobody can know whether they were mailed an editor', () => {
  it('reads how many they are, and what each choice means', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/campaigns/1`)
    await inState('paused')
    await control().getByRole('heading', { name: 'Vad ska hända med de ovissa?' }).waitFor()
    await control().getByText('Alla 2 får brevet igen. Några av dem kan få det två gånger.').waitFor()
    expect(await sum()).toEqual(['Mottagare 4', 'Överlämnade 1', 'Nekade 1', 'Ovissa 2'])
    expect(await buttons()).toEqual(['Skicka igen till de ovissa…', 'Låt dem vara'])
    await keepScreenshot(page, 'campaign-undecided')
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
  })

  it('reads it on a telephone, and is not made to scroll sideways', async () => {
    expect(await isTooWideForPhone(page, 'campaign-undecided-phone')).toBe(false)
  })

  it('is told before they are mailed again how many may get it twice, and may think again', async () => {
    await press('Skicka igen till de ovissa…')
    const question = page.getByRole('dialog')
    await question.getByText('upp till 2 kan få det två gånger').waitFor()
    await keepScreenshot(page, 'campaign-mail-again')
    await question.getByRole('button', { name: 'Skicka inte' }).click()
    await question.waitFor({ state: 'detached' })
    await inState('paused')
  })

  it('keeps the receipt as a file', async () => {
    const download = page.waitForEvent('download')
    await control().getByRole('link', { name: 'Ladda ned CSV' }).click()
    const file = await download
    const rows: Record<string, string>[] = parse(readFileSync(await file.path()), {
      bom: true,
      columns: true,
      // The browser asks in Swedish, where a spreadsheet splits at semicolons.
      delimiter: ';',
    })
    expect(file.suggestedFilename()).toBe('receipt-1-ett-ar-utan-chefer.csv')
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'rejected',
      'submitted',
      'uncertain',
      'uncertain',
    ])
  })

  it('leaves them, and sees who decided so', async () => {
    await press('Låt dem vara')
    await inState('submitted')
    await control().getByText('Beslut om de ovissa: låt dem vara · Eva Lind').waitFor()
    expect(await buttons()).toEqual(['Försök igen med de nekade', 'Skicka igen till de ovissa…'])
    await keepScreenshot(page, 'campaign-left')
  })

  it('mails them again all the same, and retries who was refused', async () => {
    await press('Skicka igen till de ovissa…')
    await page.getByRole('dialog').getByRole('button', { name: 'Skicka igen' }).click()
    await control().getByText('Beslut om de ovissa: skicka igen · Eva Lind').waitFor()
    await control().locator('[data-count=uncertain]').waitFor({ state: 'detached', timeout: 60_000 })
    await inState('submitted')
    await press('Försök igen med de nekade')
    await control().locator('[data-count=rejected]').waitFor({ state: 'detached', timeout: 60_000 })
    await inState('submitted')
    expect(await sum()).toEqual(['Mottagare 4', 'Överlämnade 4'])
    expect(await buttons()).toEqual([])
    await keepScreenshot(page, 'campaign-all-mailed')
  })

  it('reads who did what, the newest first', async () => {
    const told = control().locator('.campaign-moves li')
    expect((await told.locator('.timeline__title').allInnerTexts()).slice(0, 7)).toEqual([
      'Avslutades',
      'Nytt försök begärdes',
      'Avslutades',
      'De ovissa får brevet igen',
      'Avslutades',
      'De ovissa lämnas som de är',
      'Pausades av sig självt',
    ])
    await told.nth(1).getByText('Av Eva Lind').waitFor()
    await told.nth(0).getByText('Av utskickstjänsten').waitFor()
  })

  it('finds somebody by the beginning of an address, and who had a mail of which something became', async () => {
    const found = page.locator('.find-recipients')
    await found.getByLabel('Början av en adress eller ett namn').fill('ci')
    await found.getByRole('link', { name: 'cia@example.com' }).waitFor()
    await found.getByText('1 mottagare.').waitFor()
    await found.getByLabel('Början av en adress eller ett namn').fill('')
    await found.getByLabel('Vad som hände').selectOption({ label: 'Överlämnade' })
    await found.getByText('4 mottagare.').waitFor()
    await keepScreenshot(page, 'campaign-recipients-found', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
    expect(await isTooWideForPhone(page, 'campaign-recipients-phone')).toBe(false)
  })
})

it('of a recipient whose server asks to come later an editor reads when they are tried again', async () => {
  smtp.failNext({ at: 'RCPT', does: '450 4.2.0 Greylisted, come back later' })
  await publishArticle(newsroom, { title: 'Ett år till' })
  await page.goto(`${newsroom.server.baseUrl}/admin/collections/campaigns/2`)
  await inState('submitting')
  await control()
    .getByText(
      'Servern hos en av dem som väntar ber oss komma senare. Den prövas igen i ett dygn, nästa gång',
    )
    .waitFor()
  await control().locator('[data-count=submitted]').getByText('3').waitFor()
  expect(await sum()).toEqual(['Mottagare 4', 'Överlämnade 3', 'Väntar 1'])
  await keepScreenshot(page, 'campaign-postponed')
  expect(await accessibilityFaults({ page, selector: '.campaign-control' })).toEqual([])
  expect(await isTooWideForPhone(page, 'campaign-postponed-phone')).toBe(false)
})
