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

  it('a second editor is told that somebody writes here', async () => {
    const path = `/collections/articles/${await draft('Tillsammans')}`
    const first = await enter('admin', path)
    const saved = first.waitForResponse((response) => response.url().includes('autosave=true'))
    await first.locator('#field-title').fill('Tillsammans i dag')
    await saved

    const second = await enter('editor', path)
    await second.locator('#document-locked-take-over').waitFor()
    await keepScreenshot(second, 'lock-seen')
    for (const page of [first, second]) await page.context().close()
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
