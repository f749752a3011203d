import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Locator, Page, Request, Route } from 'playwright-core'
import { logIn, pressPublish } from '../support/browser/admin.ts'
import { STAFF } from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { registerFirst, type StaffRest } from '../support/browser/staffRest.ts'
import { textOf } from '../support/browser/writing.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const SETUP_CODE = 'KODEN-TILL-DEN-SOM-STARTAR'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  server = await startServer({ WORKER: 'off', SETUP_CODE })
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

/** What stands at a field, again once the notice has gone: what the form asks the server meanwhile takes nothing away. */
const stillAt = async (page: Page, field: string) => {
  const first = await faultAt(page, field)
  await page.locator('.toast-error').first().waitFor({ state: 'detached' })
  return { first, then: await faultAt(page, field) }
}

/** Holds back the first question that a form asks about its state. */
async function holdQuestion(page: Page): Promise<{ isHeld: Promise<void>; letGo: () => Promise<void> }> {
  let isFirst = true
  let hold = (_: Route) => {}
  const held = new Promise<Route>((resolve) => (hold = resolve))
  await page.route(
    (url) => url.pathname.startsWith('/admin'),
    async (route) => {
      if (!isFirst || !route.request().headers()['next-action']) return route.fallback()
      isFirst = false
      hold(route)
    },
  )
  return {
    isHeld: held.then(() => undefined),
    letGo: async () => {
      const route = await held
      const isIt = (request: Request) => request === route.request()
      // Next leaves an answer when it has read what it needs.
      const end = Promise.any([
        page.waitForEvent('requestfinished', isIt),
        page.waitForEvent('requestfailed', isIt),
      ])
      await route.continue()
      await end
    },
  }
}

it('the first user is told at each field what is wrong with it, and corrects it there', async () => {
  // From elsewhere than the machine itself.
  const page = await openPage(browser, { extraHTTPHeaders: { 'X-Forwarded-For': '203.0.113.7' } })
  await page.goto(`${server.baseUrl}/admin`)
  await page.waitForURL(/create-first-user/)
  const write = async (fields: Record<string, string>) => {
    for (const [field, text] of Object.entries(fields)) await page.locator(`#field-${field}`).fill(text)
  }
  const submit = () => page.locator('button[type=submit]').click()
  const { email, password, name } = STAFF.admin
  const question = await holdQuestion(page)
  await write({ email, name, password: 'kort', 'confirm-password': 'kort', setupCode: SETUP_CODE })
  await question.isHeld
  await submit()
  expect(await faultAt(page, 'password')).toMatch(/minst 12 tecken/)
  // What the form asked before the refusal, and hears after it, takes nothing away.
  await question.letGo()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  expect(await faultAt(page, 'password')).toMatch(/minst 12 tecken/)
  await keepScreenshot(page, 'first-user-password')
  await write({ password, 'confirm-password': password, setupCode: 'FEL-KOD-I-DAG' })
  await submit()
  expect(await faultAt(page, 'setupCode')).toMatch(/^Koden stämmer inte.*create-user på servern\.$/)
  await keepScreenshot(page, 'first-user-code')
  // Over the machine’s own address another test registers the first user.
  await page.context().close()
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
    (
      await rest.post<{ doc: { id: number } }>('/articles?draft=true&locale=sv', {
        title,
        newsletter: { send: false },
      })
    ).doc.id

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
    await page.locator('.fixed-toolbar [data-button-key="link"]').first().click()
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

  it('a date to come is named at its field, and goes on being named', async () => {
    const { doc } = await rest.post<{ doc: { id: number } }>('/articles?draft=true&locale=sv', {
      title: 'I morgon',
      content: paragraph('Text.'),
      publishedAt: '2199-01-01T08:00:00.000Z',
      newsletter: { send: false },
    })
    const page = await enter('editor', `/collections/articles/${doc.id}`)
    await pressPublish(page)
    const notice = await page.locator('.toast-error').first().innerText()
    await keepScreenshot(page, 'date-to-come')
    const { first, then } = await stillAt(page, 'publishedAt')
    expect([first, then, notice.replaceAll('∶', ':')]).toEqual([
      expect.stringMatching(
        /^Publicerad .* ligger framåt i tiden \(2199-01-01 08:00 UTC\), men .*töm fältet\.$/,
      ),
      first,
      first,
    ])
    await page.context().close()
  })

  it('a text that is missing is named once, as the form names it', async () => {
    const page = await enter('editor', `/collections/articles/${await draft('Utan text')}`)
    await pressPublish(page)
    const toast = page.locator('.toast-error')
    await toast.waitFor()
    await keepScreenshot(page, 'publish-without-text')
    expect(await toast.innerText()).not.toMatch(/Text\s*[>→]\s*Text/)
    await page.context().close()
  })
})
