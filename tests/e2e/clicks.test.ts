import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { openTab } from '../support/browser/admin.ts'
import { STAFF } from '../support/browser/newsroom.ts'
import { openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { logInOverRest } from '../support/browser/staffRest.ts'
import { textOf } from '../support/browser/writing.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A window that counts how often its mouse is pressed. */
async function countingPage(): Promise<{ page: Page; clicks: () => number }> {
  const page = await openPage(browser)
  const pressed = { count: 0 }
  await page.exposeFunction('utskickCountPress', () => void (pressed.count += 1))
  await page.addInitScript(() => {
    const count = (window as unknown as { utskickCountPress: () => void }).utskickCountPress
    window.addEventListener('pointerdown', () => count(), { capture: true })
  })
  return { page, clicks: () => pressed.count }
}

// One story: the second newsletter comes after the first test mail.
describe('without having read anything', () => {
  it('an empty installation is eleven clicks away from a test mail in one’s own outbox', async () => {
    const { page, clicks } = await countingPage()
    const { email, password, name } = STAFF.admin
    await page.goto(`${server.baseUrl}/admin`)
    await page.locator('#field-email').fill(email)
    await page.locator('#field-password').fill(password)
    await page.locator('#field-confirm-password').fill(password)
    await page.locator('#field-name').fill(name)
    await page.locator('button[type=submit]').click()
    await page.locator('.desk-setup').getByRole('link', { name: 'Nästa steg' }).click()
    await page.waitForURL(/globals\/site/)
    await openTab(page, 'Nyhetsbrevet')
    await page.locator('#field-senderName').fill('Holm & Dahl')
    await page.locator('#field-senderEmail').fill('brev@example.com')
    await page.locator('#field-postalAddress').fill('Storgatan 1, Stockholm')
    const saved = page.waitForResponse((answer) => answer.url().includes('/api/globals/site') && answer.ok())
    await page.locator('#action-save').click()
    await saved
    await page.locator('.step-nav__home').click()
    await page.locator('.desk').getByRole('link', { name: 'Ny artikel' }).click()
    await page.locator('#field-title').fill('Vårt första brev')
    await textOf(page).click()
    await page.keyboard.type('Hej!')
    await page.waitForURL(/articles\/\d+/)
    await openTab(page, 'Nyhetsbrev')
    await page.getByRole('button', { name: 'Skicka ett provbrev till mig' }).click()
    await page.locator('.mail-look__tests li', { hasText: 'skickat' }).first().waitFor()
    await page.locator('#nav-toggler >> visible=true').first().click()
    await page.locator('#nav-outbox').click()
    await page.locator('.outbox__subject', { hasText: 'Vårt första brev' }).waitFor()
    expect(clicks()).toBe(11)
    await page.context().close()
  })

  it('a login is seven clicks away from a newsletter, with a look, a test mail and the checks on the way', async () => {
    const rest = await logInOverRest(server.baseUrl, STAFF.admin)
    await rest.post('/globals/site', {
      ...{ senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' },
    })
    await rest.post('/subscribers', {
      email: 'ada@example.com',
      status: 'active',
      consentSource: 'the tests',
    })
    await rest.post('/articles?locale=sv&draft=true', {
      ...{ title: 'Om frihet', content: paragraph('Frihet är ansvar.'), _status: 'draft' },
    })
    const { page, clicks } = await countingPage()
    await page.goto(`${server.baseUrl}/admin/login`)
    await page.locator('#field-email').fill(STAFF.admin.email)
    await page.locator('#field-password').fill(STAFF.admin.password)
    await page.locator('form.login__form button[type=submit]').click()
    await page.locator('.desk').getByRole('link', { name: 'Om frihet' }).click()
    await page.getByRole('button', { name: 'Visa brevet bredvid' }).click()
    await page.frameLocator('.mail-frame').getByText('Frihet är ansvar.').last().waitFor()
    await openTab(page, 'Nyhetsbrev')
    await page.getByRole('button', { name: 'Skicka ett provbrev till mig' }).click()
    await page.getByText('Provbrevet är på väg').first().waitFor()
    await page.locator('#action-save').click()
    await page.locator('.publish-sheet .preflight').getByText('Kontrollerat').first().waitFor()
    await page.locator('#publish-now:enabled', { hasText: 'Publicera och skicka till 1' }).click()
    await page.locator('.hold-banner').getByText('”Om frihet” skickas till prenumeranterna om').waitFor()
    expect(clicks()).toBe(7)
    await page.context().close()
  })
})
