import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn } from '../support/browser/admin.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { registerEditor } from '../support/http.ts'
import type { Rest } from '../support/rest.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const PASSWORD = 'a password of the tests'

describe('addresses in the admin', () => {
  let server: RunningServer
  let browser: Browser
  let page: Page
  let editor: Rest
  beforeAll(async () => {
    server = await startServer({ WORKER: 'off' })
    editor = (await registerEditor(server.baseUrl)).rest
    browser = await openBrowser()
    page = await openPage(browser)
    await logIn(page, { baseUrl: server.baseUrl, email: 'admin@example.com', password: PASSWORD })
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const form = (heading: string) => page.locator('.suppression-form', { hasText: heading })

  it('stand in the heading of a subscriber as their owner writes them, also after a save', async () => {
    const { body } = await editor('POST', '/subscribers', { email: 'info@åkeri.example', consentSource: 'x' })
    const { id } = body.doc as { id: number }
    await page.goto(`${server.baseUrl}/admin/collections/subscribers/${id}`)
    const heading = page.locator('h1', { hasText: 'info@åkeri.example' })
    await heading.waitFor()
    await page.locator('#field-name').fill('Åkeriet')
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await page.locator('#action-save').click()
    await saved
    await page.locator('.toast-success').waitFor()
    await heading.waitFor()
    expect(await page.locator('h1', { hasText: 'xn--' }).count()).toBe(0)
    await keepScreenshot(page, 'subscriber-heading')
  })

  it('are added to the suppressed ones by hand, looked up, and lifted by an admin with a reason', async () => {
    const subscriber = { email: 'anna@example.com', consentSource: 'the tests' }
    await editor('POST', '/subscribers', subscriber)
    await page.goto(`${server.baseUrl}/admin/collections/suppressions`)

    const adding = form('Spärra en adress')
    await adding.getByLabel('E-postadress').fill('Anna@example.com')
    await adding.getByLabel('Varför den spärras').fill('Ringde och bad om det')
    await adding.getByRole('button', { name: 'Spärra' }).click()
    await page.locator('table', { hasText: 'anna@example.com' }).waitFor()

    const looking = form('Slå upp en adress')
    await looking.getByLabel('E-postadress').fill('bo@example.com')
    await looking.getByRole('button', { name: 'Slå upp' }).click()
    await looking.getByText('Adressen är inte spärrad.').waitFor()
    await looking.getByLabel('E-postadress').fill(' ANNA@example.com')
    await looking.getByRole('button', { name: 'Slå upp' }).click()
    await looking.getByText('Adressen är spärrad. Orsak').waitFor()
    await keepScreenshot(page, 'suppressions-list', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.suppression-forms' })).toEqual([])

    await looking.getByRole('link', { name: 'Visa spärren' }).click()
    const lifting = form('Häv spärren')
    await lifting.getByLabel('Varför spärren hävs').fill('Har ångrat sig')
    await keepScreenshot(page, 'suppressions-lift', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.suppression-form' })).toEqual([])
    await lifting.getByRole('button', { name: 'Häv spärren' }).click()
    await page.getByText('Spärren är hävd, men adressen får nyhetsbrev igen först').waitFor()
    await page.getByText(/^Hävd .+ · .+ · Har ångrat sig$/).waitFor()
    await keepScreenshot(page, 'suppressions-lifted', { fullPage: true })

    const { body } = await editor('GET', '/subscribers?where[email][equals]=anna@example.com&depth=0')
    expect((body.docs as { status: string }[]).map(({ status }) => status)).toEqual(['unsubscribed'])
  })
})
