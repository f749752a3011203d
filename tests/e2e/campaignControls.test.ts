import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { logIn } from '../support/browser/admin.ts'
import {
  addSubscribers,
  fillInSite,
  openNewsroom,
  publishArticle,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
beforeAll(async () => {
  // Nobody listens there: the campaign waits for a mail server for as long as the test lasts.
  newsroom = await openNewsroom({ MAILER: 'smtp', SMTP_URL: 'smtp://127.0.0.1:1' })
  await addSubscribers(newsroom, [
    { email: 'ada@example.com', locale: 'sv' },
    { email: 'bo@example.com', locale: 'sv' },
  ])
  await fillInSite(newsroom)
  const { rest } = newsroom
  await rest.post('/globals/site', { holdSeconds: 600 })
  await publishArticle(newsroom, { title: 'Om ansvar' })
  // Somebody empties the settings between the click and the mailing.
  await rest.post('/globals/site', { senderName: null, senderEmail: null, postalAddress: null })
  await rest.post('/campaigns/1/send-now', {})
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

const control = () => page.locator('.campaign-control')
const inState = (status: string) => page.locator(`.campaign-control[data-status=${status}]`).waitFor()
const buttons = () =>
  control().locator('.campaign-buttons > button, .campaign-buttons > .btn').allInnerTexts()
const press = (name: string) => control().getByRole('button', { name }).click()

// One story, from a campaign that cannot start to one that is cancelled.
describe('on the page of a campaign an editor', () => {
  it('reads why it failed, mends it and retries', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin/collections/campaigns/1`)
    await inState('failed')
    await control().locator('.campaign-problem').getByText('Uppgifter om avsändaren saknas.').waitFor()
    await keepScreenshot(page, 'campaign-failed')
    expect(await buttons()).toEqual(['Försök igen', 'Avbryt för gott…'])

    await fillInSite(newsroom)
    await press('Försök igen')
    await inState('submitting')
    await control().locator('.campaign-problem').getByText('E-postleverantören går inte att nå.').waitFor()
    await keepScreenshot(page, 'campaign-waiting')
    expect(await buttons()).toEqual(['Pausa', 'Avbryt för gott…'])
  })

  it('pauses it and resumes it', async () => {
    await press('Pausa')
    await inState('paused')
    expect(await buttons()).toEqual(['Fortsätt', 'Avbryt för gott…'])
    await press('Fortsätt')
    await inState('submitting')
  })

  it('is asked before it is cancelled for good, and may think again', async () => {
    await press('Avbryt för gott…')
    const question = page.getByRole('dialog')
    await question.getByText('Inga fler får brevet: 2 prenumeranter skulle ha fått det.').waitFor()
    await keepScreenshot(page, 'campaign-cancel')
    await question.getByRole('button', { name: 'Låt det vara' }).click()
    await inState('submitting')

    await press('Avbryt för gott…')
    await question.getByRole('button', { name: 'Avbryt för gott' }).click()
    await inState('cancelled')
    await keepScreenshot(page, 'campaign-cancelled', { fullPage: true })
    expect(await buttons()).toEqual([])
  })

  it('is told in the outbox that mail goes by SMTP, and has no link to it', async () => {
    await page.goto(`${newsroom.server.baseUrl}/admin/outbox`)
    await page.getByText('breven skickas genom SMTP').waitFor()
    expect(await page.locator('#nav-outbox').count()).toBe(0)
  })
})
