import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn, logInByForm, openTab } from '../support/browser/admin.ts'
import { STAFF } from '../support/browser/newsroom.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { logInOverRest } from '../support/browser/staffRest.ts'
import { textOf } from '../support/browser/writing.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' }, { isFirstStart: true })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Where the navigation leads, from the desk. It is shut on a small screen. */
const placesOf = async (page: Page) => {
  await page.locator('.desk').waitFor()
  return page.locator('nav .nav__link-label').allTextContents()
}

/** Each script of the page takes half a second, so that somebody writes before all of them are there. */
const comeLate = (page: Page) =>
  page.route('**/*.js', async (route) => {
    await setTimeout(500)
    await route.continue()
  })

// One story: the others can only log in when there is somebody who lets them in.
describe('the first one to come', () => {
  it('registers though scripts come late, is asked for no role, and is an admin', async () => {
    const page = await openPage(browser)
    await page.goto(`${server.baseUrl}/admin`)
    await page.waitForURL(/create-first-user/)
    await comeLate(page)
    await page.reload()
    const { email, password, name } = STAFF.admin
    await page.locator('#field-email').fill(email)
    await page.locator('#field-password').fill(password)
    await page.locator('#field-confirm-password').fill(password)
    await page.locator('#field-name').fill(name)
    await keepScreenshot(page, 'first-user')
    const isAskedForRole = await page.locator('.field-type.select').isVisible()
    await page.locator('button[type=submit]').click()
    expect(await placesOf(page)).toEqual([
      ...['Artiklar', 'Skribenter', 'Ämnen', 'Bilder', 'Filer'],
      ...['Utskick', 'Planerat', 'Prenumeranter', 'Samtycken', 'Spärrade adresser', 'Meddelanden'],
      ...['Användare', 'Webbplats', 'Mottagare', 'Automatiska brev', 'Leverantörshändelser'],
      ...['Importera och exportera', 'Utkorg'],
    ])
    const setup = page.locator('.desk-setup')
    await setup.getByText('Kom i gång').waitFor()
    const open = await setup
      .locator('[data-state=open]')
      .evaluateAll((all) => all.map((step) => step.getAttribute('data-step')))
    expect(open).toEqual([
      ...['sender', 'postalAddress', 'provider', 'logo', 'author', 'subscribers', 'testMail'],
    ])
    await keepScreenshot(page, 'desk-new', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.desk' })).toEqual([])
    expect(await isTooWideForPhone(page, 'desk-new-phone')).toBe(false)
    await setup.getByRole('link', { name: 'Nästa steg' }).click()
    await page.waitForURL(/globals\/site/)
    await page.context().close()

    const rest = await logInOverRest(server.baseUrl, STAFF.admin)
    const { user } = await rest.get<{ user: { role: string } }>('/users/me')
    expect([isAskedForRole, user.role]).toEqual([false, 'admin'])
    for (const role of ['editor', 'author'] as const) await rest.post('/users', { ...STAFF[role], role })
  })
})

describe('an author', () => {
  let page: Page
  beforeAll(async () => {
    page = await openPage(browser)
    await logInByForm(page, { baseUrl: server.baseUrl, ...STAFF.author })
  })
  afterAll(() => page.context().close())

  it('sees what they can use, and neither subscribers nor the outbox', async () => {
    expect(await placesOf(page)).toEqual(
      'Artiklar Skribenter Ämnen Bilder Filer Utskick Planerat Användare Webbplats'.split(' '),
    )
    await keepScreenshot(page, 'author-dashboard')
    expect(await page.locator('#nav-outbox').count()).toBe(0)
    await page.goto(`${server.baseUrl}/admin/outbox`)
    await page.getByText('den är för redaktörer och administratörer').waitFor()
  })

  it('writes a draft, is told that an editor publishes it, and has no button for that', async () => {
    await page.goto(`${server.baseUrl}/admin/collections/articles/create`)
    await page.locator('#field-title').fill('Ett utkast')
    await textOf(page).click()
    await page.keyboard.type('Mitt utkast.')
    await page.waitForURL(/articles\/\d+$/)
    await openTab(page, 'Nyhetsbrev')
    await page.getByText('En redaktör publicerar artikeln, och då skickas nyhetsbrevet.').waitFor()
    await keepScreenshot(page, 'author-newsletter')
    expect(await page.locator('#action-save').count()).toBe(0)
    expect(await page.locator('.publish-forecast').count()).toBe(0)
  })

  it('hands it in; an editor finds it on the desk and gives it back, which the author reads', async () => {
    const review = (of: Page) => of.locator('.article-review')
    await review(page).getByLabel('Hälsning till redaktören (frivilligt)').fill('Kolla slutet.')
    // Payload mounts the form anew when the window becomes narrow.
    expect(await isTooWideForPhone(page, 'review-to-hand-in-phone')).toBe(false)
    expect(await review(page).getByLabel('Hälsning till redaktören (frivilligt)').inputValue()).toBe(
      'Kolla slutet.',
    )
    await review(page).getByRole('button', { name: 'Lämna in för granskning' }).click()
    await keepScreenshot(page, 'review-handed-in')
    await review(page).getByText('har lämnat in artikeln för granskning.').waitFor()
    expect(await accessibilityFaults({ page, selector: '.article-review' })).toEqual([])

    const editor = await openPage(browser)
    await logIn(editor, { baseUrl: server.baseUrl, ...STAFF.editor })
    await editor.goto(`${server.baseUrl}/admin`)
    await editor.getByRole('link', { name: 'Att granska: Ett utkast' }).click()
    // The author still has it open.
    await editor.locator('#document-locked-take-over').click()
    await review(editor).getByText('Kolla slutet.').waitFor()
    expect(await review(editor).getByRole('button', { name: 'Skicka tillbaka' }).isDisabled()).toBe(true)
    await keepScreenshot(editor, 'review-to-give-back')
    expect(await accessibilityFaults({ page: editor, selector: '.article-review' })).toEqual([])
    expect(await isTooWideForPhone(editor, 'review-to-give-back-phone')).toBe(false)
    await review(editor).getByLabel('Vad behöver ändras?').fill('Källan saknas.')
    await review(editor).getByRole('button', { name: 'Skicka tillbaka' }).click()
    await review(editor).getByText('har skickat tillbaka artikeln.').waitFor()
    await editor.context().close()

    await page.reload()
    await page.locator('#document-locked-take-over').click()
    await review(page).getByText('Källan saknas.').waitFor()
    await review(page).getByRole('button', { name: 'Lämna in för granskning' }).waitFor()
  })
})

describe('an editor', () => {
  it('sends a test of an automatic mail from the settings', async () => {
    const page = await openPage(browser)
    await logIn(page, { baseUrl: server.baseUrl, ...STAFF.editor })
    await page.goto(`${server.baseUrl}/admin/globals/site`)
    await openTab(page, 'Nyhetsbrevet')
    // The outbox tells nothing of its mails.
    await page.getByText('det finns inget att vänta på').waitFor()
    const letters = page.locator('.test-letters')
    await letters.getByLabel('Brev', { exact: true }).selectOption({ label: 'Välkommen' })
    await letters.getByLabel('Språk').selectOption({ label: 'Engelska' })
    await letters.getByRole('button', { name: 'Skicka till mig' }).click()
    await letters.getByText(`Provbrevet är på väg till ${STAFF.editor.email}.`).waitFor()
    await keepScreenshot(page, 'test-letters')
    expect(await accessibilityFaults({ page, selector: '.test-letters' })).toEqual([])
    await page.context().close()
  })
})

describe('the admin', () => {
  it('speaks English to an English browser, and Swedish once the user has chosen it', async () => {
    const page = await openPage(browser, { locale: 'en-GB' })
    await logInByForm(page, { baseUrl: server.baseUrl, ...STAFF.editor })
    expect(await placesOf(page)).toEqual([
      ...['Articles', 'Authors', 'Topics', 'Images', 'Files'],
      ...['Campaigns', 'Planned', 'Subscribers', 'Consents', 'Suppressions', 'Contact messages'],
      ...['Users', 'Site', 'Recipients', 'Transactional mails', 'Import and export', 'Outbox'],
    ])
    await page.goto(`${server.baseUrl}/admin/outbox`)
    await page.getByRole('heading', { name: 'Outbox' }).waitFor()

    await page.goto(`${server.baseUrl}/admin/account`)
    await page.locator('#language-select').click()
    await page.locator('.rs__option', { hasText: 'Svenska' }).click()
    await page.locator('html[lang=sv]').waitFor({ state: 'attached' })
    await page.goto(`${server.baseUrl}/admin/outbox`)
    await page.getByRole('heading', { name: 'Utkorg' }).waitFor()
    await page.locator('#nav-toggler button').first().click()
    await page.locator('#nav-outbox').waitFor()
    await keepScreenshot(page, 'outbox-empty')
    expect(await page.locator('html').getAttribute('lang')).toBe('sv')
    await page.context().close()
  })
})
