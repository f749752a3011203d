import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { EMULATOR_SECRET } from '../../emulator/webhooks/sign.ts'
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

const READERS = 60

let emulator: ResendEmulator
let newsroom: Newsroom
let browser: Browser
let page: Page
beforeAll(async () => {
  emulator = await startResendEmulator({ apiKey: 're_test' })
  newsroom = await openNewsroom({
    MAILER: 'resend',
    RESEND_API_KEY: 're_test',
    RESEND_BASE_URL: emulator.url,
    RESEND_WEBHOOK_SECRET: EMULATOR_SECRET,
  })
  emulator.settings.webhookUrl = `${newsroom.server.baseUrl}/api/webhooks/resend`
  await addSubscribers(
    newsroom,
    Array.from({ length: READERS }, (_, number) => ({ email: `reader-${number}@example.com`, locale: 'sv' })),
  )
  await fillInSite(newsroom)
  browser = await openBrowser()
  page = await openPage(browser)
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
  await emulator?.stop()
})

const control = () => page.locator('.campaign-control')
const inState = (status: string) => page.locator(`.campaign-control[data-status=${status}]`).waitFor()

// One story, from the setting to the last mail.
it('an editor has the newsletter go to a few first, sees that the rest waits, and has it mailed', async () => {
  const { baseUrl } = newsroom.server
  await page.goto(`${baseUrl}/admin/globals/site`)
  await page.getByRole('button', { name: 'Nyhetsbrevet' }).click()
  const switchedOn = page.getByLabel('Skicka först till en liten del')
  await switchedOn.check()
  await page.getByLabel('Resten väntar, i minuter').fill('240')
  await switchedOn.scrollIntoViewIfNeeded()
  await keepScreenshot(page, 'canary-setting')
  await page.locator('#action-save').click()
  await page.getByText('uppdaterad').first().waitFor()

  await publishArticle(newsroom, { title: 'Om ansvar' })
  await page.goto(`${baseUrl}/admin/collections/campaigns/1`)
  await inState('canary')
  await control().getByText('Första delen är överlämnad.').waitFor()
  await control().getByText('skickas resten').waitFor()
  await keepScreenshot(page, 'campaign-canary')
  const first = emulator.mails.length
  expect([first > 0, first < READERS]).toEqual([true, true])
  await page.goto(`${baseUrl}/admin`)
  await page.getByText('skickas resten').waitFor()
  await keepScreenshot(page, 'desk-canary')

  await page.goto(`${baseUrl}/admin/collections/campaigns/1`)
  await control().getByRole('button', { name: 'Skicka resten nu' }).click()
  const question = page.locator('.confirmation-modal')
  await question.getByText(`${READERS - first} prenumeranter får brevet utan att någon vet`).waitFor()
  await question.getByRole('button', { name: 'Skicka resten' }).click()
  await inState('submitted')
  expect(new Set(emulator.mails.map(({ to }) => String(to))).size).toBe(READERS)
})
