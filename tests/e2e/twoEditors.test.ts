import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { logIn, logInByForm, pressPublish } from '../support/browser/admin.ts'
import { STAFF } from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { registerFirst, type StaffRest } from '../support/browser/staffRest.ts'
import { textOf } from '../support/browser/writing.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

let server: RunningServer
let browser: Browser
let rest: StaffRest
/** Two people, each in a browser of their own. */
let kim: Page
let eva: Page
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  rest = await registerFirst(server.baseUrl, STAFF.admin)
  await rest.post('/users', { ...STAFF.editor, role: 'editor' })
  browser = await openBrowser()
  kim = await openPage(browser)
  eva = await openPage(browser)
  await logIn(kim, { baseUrl: server.baseUrl, ...STAFF.admin })
  await logIn(eva, { baseUrl: server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

let id: number
beforeEach(async () => {
  const { doc } = await rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Från början',
    content: paragraph('Text.'),
    newsletter: { send: false },
  })
  id = doc.id
})

const open = async (page: Page) => {
  await page.goto(`${server.baseUrl}/admin/collections/articles/${id}`)
  await page.locator('form[data-form-ready=true] #field-title').waitFor()
}
const isAutosaved = (page: Page) =>
  page.waitForResponse((response) => response.url().includes('autosave=true') && response.ok())
const stored = async () => {
  const { title, excerpt } = await rest.get<{ title: string; excerpt: string | null }>(
    `/articles/${id}?depth=0&locale=sv&draft=true`,
  )
  return { title, excerpt }
}
const trouble = (page: Page) => page.locator('.save-trouble')
const isAllSaved = (page: Page) =>
  page.locator('[data-sonner-toast]', { hasText: 'Nu är allt sparat.' }).waitFor()
/** What the page says of the last save. */
const savedLine = (page: Page) => page.locator('.autosave')

describe('two editors in one article', () => {
  it('see each other', async () => {
    await open(kim)
    await open(eva)
    await eva.locator('.presence', { hasText: 'Kim Berg har också öppnat' }).waitFor()
    await kim.reload()
    await kim.locator('.presence', { hasText: 'Eva Lind har också öppnat' }).waitFor()
    await keepScreenshot(kim, 'two-editors-presence')
    await eva.goto(`${server.baseUrl}/admin`)
    await kim.reload()
    await kim.locator('form[data-form-ready=true] #field-title').waitFor()
    await kim.locator('.presence:empty').waitFor({ state: 'attached' })
  })

  it('who saves on top of the other’s text is told who and when, keeps theirs, and may replace it', async () => {
    await open(kim)
    await open(eva)
    const saved = isAutosaved(eva)
    await eva.locator('#field-title').fill('Evas rubrik')
    await saved
    await kim.locator('#field-excerpt').fill('Kims ingress')
    await trouble(kim).getByText('Eva Lind har sparat en nyare version').waitFor()
    await keepScreenshot(kim, 'two-editors-stale')
    expect([
      await stored(),
      await kim.locator('#field-excerpt').inputValue(),
      await savedLine(kim).isVisible(),
    ]).toEqual([{ title: 'Evas rubrik', excerpt: null }, 'Kims ingress', false])
    // The text goes on being written, and is what is saved in the end.
    await kim.locator('#field-excerpt').fill('Kims ingress, längre')
    await kim.locator('.save-trouble button', { hasText: 'Spara min text i stället' }).click()
    await isAllSaved(kim)
    await trouble(kim).waitFor({ state: 'detached' })
    await kim.waitForFunction(() => !document.querySelector('.kept-click[aria-busy=true]'))
    expect(await stored()).toEqual({ title: 'Från början', excerpt: 'Kims ingress, längre' })
  })

  it('a click on Publish on top of the other’s text publishes nothing until it is decided', async () => {
    await open(kim)
    await open(eva)
    const saved = isAutosaved(eva)
    await eva.locator('#field-title').fill('Evas rubrik')
    await saved
    await pressPublish(kim)
    await trouble(kim).getByText('Eva Lind har sparat en nyare version').waitFor()
    await kim.locator('.save-trouble button', { hasText: 'Inte nu' }).click()
    await trouble(kim).getByText('inte sparat').waitFor()
    expect(await stored()).toEqual({ title: 'Evas rubrik', excerpt: null })
  })

  it('one who comes later is told by name who writes, and takes over; the first is told', async () => {
    await open(kim)
    const saved = isAutosaved(kim)
    await kim.locator('#field-title').fill('Kims rubrik')
    await saved
    await eva.goto(`${server.baseUrl}/admin/collections/articles/${id}`)
    const dialog = eva.locator('.document-locked')
    await dialog.waitFor()
    await keepScreenshot(eva, 'two-editors-locked')
    expect(await dialog.innerText()).toContain('Kim Berg')
    // Payload puts a new form in the place of this one when the editing is taken over.
    await eva.locator('form.collection-edit__form').evaluate((form) => form.setAttribute('data-former', ''))
    await eva.locator('#document-locked-take-over').click()
    await eva.locator('form[data-form-ready=true]:not([data-former]) #field-title').waitFor()
    const taken = isAutosaved(eva)
    await eva.locator('#field-excerpt').fill('Evas ingress')
    await taken
    await kim.locator('#field-title').fill('Kims nya rubrik')
    await kim.locator('.document-take-over').waitFor()
    await keepScreenshot(kim, 'two-editors-taken-over')
    expect(await stored()).toEqual({ title: 'Kims rubrik', excerpt: 'Evas ingress' })
  })

  it('one person in two tabs is told so', async () => {
    await open(kim)
    const tab = await kim.context().newPage()
    await open(tab)
    const saved = isAutosaved(tab)
    await tab.locator('#field-title').fill('I den ena')
    await saved
    await kim.locator('#field-excerpt').fill('I den andra')
    await trouble(kim).getByText('Du har själv sparat en nyare version').waitFor()
    await tab.close()
  })

  it('one alone is never told of themselves, whatever they do', async () => {
    await open(kim)
    const statuses: number[] = []
    kim.on('response', (response) => {
      if (/\/api\/articles\/\d+\?/.test(response.url()) && response.request().method() === 'PATCH')
        statuses.push(response.status())
    })
    for (const word of ['Ett', 'Ett två', 'Ett två tre']) {
      const saved = isAutosaved(kim)
      await kim.locator('#field-title').fill(word)
      await saved
    }
    await pressPublish(kim)
    await kim.locator('.doc-controls__status', { hasText: 'Publicerad' }).waitFor()
    const saved = isAutosaved(kim)
    await kim.locator('#field-excerpt').fill('Efteråt')
    await saved
    await textOf(kim).click()
    const more = isAutosaved(kim)
    await kim.keyboard.type(' Mer text i brödtexten.')
    await more
    expect([new Set(statuses), await trouble(kim).count()]).toEqual([new Set([200]), 0])
  })
})

describe('the session is lost while somebody writes', () => {
  beforeEach(async () => {
    await eva.context().clearCookies()
    await logIn(eva, { baseUrl: server.baseUrl, ...STAFF.editor })
    await open(eva)
  })
  const dialog = () => eva.locator('.login-dialog')
  const logInThere = async () => {
    await dialog().locator('input[type=password]').fill(STAFF.editor.password)
    await dialog().locator('button[type=submit]').click()
  }

  it.each<[how: string, lose: () => Promise<unknown>]>([
    ['the cookie is gone', () => eva.context().clearCookies()],
    [
      'they log out in another tab',
      async () => {
        const tab = await eva.context().newPage()
        const isOut = tab.waitForResponse((response) => response.url().endsWith('/api/users/logout'))
        await tab.goto(`${server.baseUrl}/admin/logout`)
        await isOut
        await tab.close()
      },
    ],
  ])('%s: they are told, the text stays, and is saved after a login in place', async (how, lose) => {
    await lose()
    await eva.locator('#field-title').fill(`Medan ${how}`)
    await dialog().waitFor()
    await keepScreenshot(eva, 'lost-session')
    expect([
      await eva.locator('#field-title').inputValue(),
      await savedLine(eva).isVisible(),
      (await stored()).title,
    ]).toEqual([`Medan ${how}`, false, 'Från början'])
    await logInThere()
    await isAllSaved(eva)
    expect([(await stored()).title, await dialog().count()]).toEqual([`Medan ${how}`, 0])
    const saved = isAutosaved(eva)
    await eva.locator('#field-excerpt').fill('Det går bra igen')
    await saved
  })

  it('a wrong password is told, and a login in another tab is noticed', async () => {
    await eva.context().clearCookies()
    await eva.locator('#field-title').fill('I en annan flik')
    await dialog().waitFor()
    await dialog().locator('input[type=password]').fill('fel lösenord')
    await dialog().locator('button[type=submit]').click()
    await dialog().locator('[role=alert]:not(:empty)').waitFor()
    await keepScreenshot(eva, 'lost-session-refused')
    const tab = await eva.context().newPage()
    await logInByForm(tab, { baseUrl: server.baseUrl, ...STAFF.editor })
    await isAllSaved(eva)
    await tab.close()
    expect((await stored()).title).toBe('I en annan flik')
  })

  it('a click on Publish waits for the login and publishes once', async () => {
    await eva.context().clearCookies()
    await pressPublish(eva)
    await dialog().waitFor()
    await logInThere()
    await eva.locator('.doc-controls__status', { hasText: 'Publicerad' }).waitFor()
  })
})

describe('a save that fails', () => {
  it.each<[how: string, answer: { status: number } | null]>([
    ['in the network', null],
    ['on the server', { status: 500 }],
  ])('%s is never called saved, and is tried again by itself', async (how, answer) => {
    await open(kim)
    await kim.route(
      (url) => url.searchParams.has('autosave'),
      (route) =>
        answer ? route.fulfill({ ...answer, json: { errors: [] } }) : route.abort('connectionfailed'),
      { times: 1 },
    )
    await kim.locator('#field-title').fill(`Fel ${how}`)
    await trouble(kim).getByText('Det du har skrivit är inte sparat.').waitFor()
    await keepScreenshot(kim, `save-failed-${answer ? 'server' : 'network'}`)
    expect([await savedLine(kim).isVisible(), (await stored()).title]).toEqual([false, 'Från början'])
    await isAllSaved(kim)
    expect((await stored()).title).toBe(`Fel ${how}`)
  })
})
