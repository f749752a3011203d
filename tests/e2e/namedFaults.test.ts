import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { logIn } from '../support/browser/admin.ts'
import { STAFF } from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { registerFirst, type StaffRest } from '../support/browser/staffRest.ts'
import { textOf } from '../support/browser/writing.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** What stands at a field that is refused. */
const faultAt = async (within: Page | Locator, field: string) => {
  const fault = within.locator(`.field-type:has(#field-${field}) .tooltip--show`)
  await fault.waitFor()
  return fault.innerText()
}

describe.each([
  { locale: 'sv-SE', code: /^Koden stämmer inte\./, password: /^Lösenordet är för kort\./ },
  { locale: 'en-GB', code: /^The setup code is not right\./, password: /^The password is too short\./ },
])('on the page for the first user, in $locale', ({ locale, code, password }) => {
  it('a wrong code and a short password are named where they stand', async () => {
    // As through a proxy: whoever comes from elsewhere needs the code.
    const page = await openPage(browser, { locale, extraHTTPHeaders: { 'X-Forwarded-For': '192.0.2.7' } })
    await page.goto(`${server.baseUrl}/admin`)
    await page.waitForURL(/create-first-user/)
    await page.locator('#field-email').fill('kim@example.com')
    await page.locator('#field-name').fill('Kim')
    await page.locator('#field-password').fill('a password of the tests')
    await page.locator('#field-confirm-password').fill('a password of the tests')
    await page.locator('#field-setupCode').fill('not the code')
    await page.locator('button[type=submit]').click()
    expect(await faultAt(page, 'setupCode')).toMatch(code)
    await keepScreenshot(page, `first-user-code-${locale}`)

    await page.locator('#field-password').fill('short')
    await page.locator('#field-confirm-password').fill('short')
    await page.locator('button[type=submit]').click()
    expect(await faultAt(page, 'password')).toMatch(password)
    await keepScreenshot(page, `first-user-password-${locale}`)
    await page.context().close()
  })
})

describe('in the admin', () => {
  let rest: StaffRest
  beforeAll(async () => {
    rest = await registerFirst(server.baseUrl, STAFF.admin)
    await rest.post('/users', { ...STAFF.editor, role: 'editor' })
  })
  const enter = async (who: keyof typeof STAFF, path: string) => {
    const page = await openPage(browser)
    await logIn(page, { baseUrl: server.baseUrl, ...STAFF[who] })
    await page.goto(`${server.baseUrl}/admin${path}`)
    return page
  }
  const draft = async (title: string) =>
    (await rest.post<{ doc: { id: number } }>('/articles?draft=true&locale=sv', { title })).doc.id

  it('a second editor is told who writes, takes over, and the first is told so', async () => {
    const path = `/collections/articles/${await draft('Tillsammans')}`
    const first = await enter('admin', path)
    const saved = first.waitForResponse((response) => response.url().includes('autosave=true'))
    await first.locator('#field-title').fill('Tillsammans i dag')
    await saved

    const second = await enter('editor', path)
    await second.locator('#document-locked-take-over').waitFor()
    await keepScreenshot(second, 'lock-seen')
    expect(await second.locator('#document-locked').innerText()).toContain(STAFF.admin.email)
    const taken = second.waitForResponse(
      (response) => response.request().method() === 'PATCH' && response.url().includes('locked-documents'),
    )
    await second.locator('#document-locked-take-over').click()
    expect((await taken).status()).toBe(200)
    const savedBySecond = second.waitForResponse((response) => response.url().includes('autosave=true'))
    await second.locator('#field-title').fill('Övertagen')
    expect((await savedBySecond).status()).toBe(200)

    await first.locator('#field-title').fill('Tillsammans i morgon')
    await first.locator('#document-take-over-back-to-dashboard').waitFor()
    await keepScreenshot(first, 'lock-taken-over')
    for (const page of [first, second]) await page.context().close()
  })

  it('an address with å is shown so in the heading and in the crumbs', async () => {
    const { doc } = await rest.post<{ doc: { id: number } }>('/subscribers', {
      email: 'info@åkeri.example',
      consentSource: 'mässan',
    })
    const page = await enter('editor', `/collections/subscribers/${doc.id}`)
    await page.getByRole('heading', { name: 'info@åkeri.example' }).waitFor()
    await page.locator('.step-nav', { hasText: 'info@åkeri.example' }).waitFor()
    await keepScreenshot(page, 'subscriber-unicode')
    await page.context().close()
  })

  it('a link that is none is named under its field, in the reader’s language', async () => {
    const page = await enter('editor', `/collections/articles/${await draft('Länkar')}`)
    await textOf(page).click()
    await page.keyboard.type('Läs mer')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await page.locator('.inline-toolbar-popup [data-button-key="link"]').click()
    const drawer = page.locator('dialog.lexical-link-edit-drawer')
    const address = drawer.locator('#field-url')
    for (const odd of ['javascript:alert(1)', 'mailto fel@', '']) {
      await address.fill(odd)
      await drawer.locator('button[type=submit]').click()
      expect([odd, await faultAt(drawer, 'url')]).toEqual([
        odd,
        expect.stringMatching(/^Skriv en adress som /),
      ])
      await keepScreenshot(page, `link-refused-${odd.replace(/\W+/g, '-') || 'empty'}`)
    }
    await address.fill('exempel.se')
    await drawer.locator('button[type=submit]').click()
    await drawer.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('a text that is missing is named once, as the form names it', async () => {
    const page = await enter('editor', `/collections/articles/${await draft('Utan text')}`)
    await page.locator('#action-save').click()
    const toast = page.locator('.toast-error')
    await toast.waitFor()
    await keepScreenshot(page, 'publish-without-text')
    expect(await toast.innerText()).not.toMatch(/Text\s*[>→]\s*Text/)
    await page.context().close()
  })
})
