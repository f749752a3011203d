import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, Locator, Page, Request, Route } from 'playwright-core'
import { logIn, pressPublish, publish } from '../support/browser/admin.ts'
import { openNewsroom, STAFF, type Newsroom } from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { chooseFromToolbar, continueAtTheEnd, textOf } from '../support/browser/writing.ts'
import { paragraph } from '../support/siteContent.ts'

let newsroom: Newsroom
let browser: Browser
let page: Page
/** What the page has asked to be saved, in its order. */
let saves: string[] = []

beforeAll(async () => {
  newsroom = await openNewsroom({ WORKER: 'off' })
  browser = await openBrowser()
  page = await openPage(browser)
  page.on('request', (request) => {
    const save = saveIn(request)
    if (save) saves.push(save)
  })
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

let id: number
/** In the form of a new draft. */
beforeEach(async () => {
  const { doc } = await newsroom.rest.post<{ doc: { id: number } }>('/articles?locale=sv&draft=true', {
    title: 'Från början',
    content: paragraph('Text.'),
    newsletter: { send: false },
    _status: 'draft',
  })
  id = doc.id
  await page.goto(`${newsroom.server.baseUrl}/admin/collections/articles/${id}`)
  await page.locator('form[data-form-ready=true] #field-title').waitFor()
  saves = []
})

const isAutosave = (url: URL) => url.searchParams.has('autosave')

function saveIn(request: Request): string | null {
  const url = new URL(request.url())
  if (request.method() !== 'PATCH' || !url.pathname.startsWith('/api/articles/')) return null
  if (isAutosave(url)) return 'autosave'
  return url.searchParams.has('draft') ? 'draft' : 'publish'
}

/** Holds the next autosave back. */
function holdAutosave(): {
  isHeld: Promise<void>
  end: (how: (route: Route) => Promise<void>) => Promise<void>
} {
  const held = new Promise<Route>((resolve) => void page.route(isAutosave, resolve, { times: 1 }))
  return { isHeld: held.then(() => undefined), end: async (how) => how(await held) }
}

const letThrough = (route: Route) => route.continue()

/** Types a title, and waits until the form saves it by itself, which takes until it is told to end. */
async function startAutosave(title: string): Promise<ReturnType<typeof holdAutosave>> {
  const autosave = holdAutosave()
  await page.locator('#field-title').fill(title)
  await autosave.isHeld
  await page.locator('.kept-click[aria-busy=true]').waitFor()
  return autosave
}

const notice = (text: string) => page.locator('[data-sonner-toast]', { hasText: text })
const WAITING = 'Ändringarna sparas först. Sedan publiceras de.'
/** @throws with what was saved and what the page says instead. */
async function isPublished(): Promise<void> {
  const status = page.locator('.doc-controls__status')
  await status
    .filter({ hasText: 'Publicerad' })
    .waitFor()
    .catch(async (error: unknown) => {
      const notices = await page.locator('[data-sonner-toast]').allInnerTexts()
      const button = await page.locator('#action-save').evaluate(({ outerHTML }) => outerHTML)
      const seen = { saves, status: await status.allInnerTexts(), notices, button, stored: await stored() }
      throw new Error(`Not published: ${JSON.stringify(seen)}`, { cause: error })
    })
}
const stored = async ({ draft = true } = {}) => {
  const { title, _status } = await newsroom.rest.get<{ title: string; _status: string }>(
    `/articles/${id}?depth=0&locale=sv&draft=${String(draft)}`,
  )
  return { title, _status }
}

const clickOnPublish = () => pressPublish(page)
const ways: [way: string, act: () => Promise<void>][] = [
  ['a click', clickOnPublish],
  [
    'a double click',
    async () => {
      await page.locator('#action-save').dblclick()
      await page.locator('#publish-now').dblclick()
    },
  ],
  ['Enter', () => pressPublish(page, (button) => button.press('Enter'))],
  ['the space bar', () => pressPublish(page, (button) => button.press(' '))],
]

describe('while the form saves by itself', () => {
  it.each(ways)('%s on Publish says that it waits, and publishes once', async (way, act) => {
    const autosave = await startAutosave(`Med ${way}`)
    await act()
    await notice(WAITING).waitFor()
    await keepScreenshot(page, `kept-click-${ways.findIndex(([name]) => name === way)}`)
    expect(saves).toEqual(['autosave'])
    await autosave.end(letThrough)
    await isPublished()
    await notice(WAITING).waitFor({ state: 'detached' })
    expect({ saves, ...(await stored()) }).toEqual({
      saves: ['autosave', 'publish'],
      title: `Med ${way}`,
      _status: 'published',
    })
  })

  it('text that is typed after the click is published too, and nothing is saved after it', async () => {
    const autosave = await startAutosave('Först')
    await clickOnPublish()
    await page.locator('#field-title').fill('Först, sedan mer')
    await autosave.end(letThrough)
    await isPublished()
    // The form may have saved the longer text by itself before, or not.
    expect(saves.filter((save) => save !== 'autosave')).toEqual(['publish'])
    expect({ last: saves.at(-1), ...(await stored()) }).toEqual({
      last: 'publish',
      title: 'Först, sedan mer',
      _status: 'published',
    })
  })

  it('publishing in one language waits too', async () => {
    const autosave = await startAutosave('På svenska')
    await page.locator('#action-save').click()
    await page.getByLabel('Bara den svenska texten').check()
    await page.locator('#publish-now').click()
    await notice(WAITING).waitFor()
    expect(saves).toEqual(['autosave'])
    await autosave.end(letThrough)
    await isPublished()
    expect({ saves, ...(await stored({ draft: false })) }).toEqual({
      saves: ['autosave', 'publish'],
      title: 'På svenska',
      _status: 'published',
    })
  })

  it('Ctrl+S says that the text is being saved, and sends nothing beside it', async () => {
    const autosave = await startAutosave('Sparad')
    await page.locator('#field-title').press('Control+s')
    await notice('Ändringarna sparas.').waitFor()
    expect(saves).toEqual(['autosave'])
    await autosave.end(letThrough)
    await notice('Ändringarna sparas.').waitFor({ state: 'detached' })
    expect(await stored()).toEqual({ title: 'Sparad', _status: 'draft' })
  })

  it.each<[what: string, how: (route: Route) => Promise<void>]>([
    ['fails in the network', (route) => route.abort('connectionfailed')],
    [
      'is refused',
      (route) => route.fulfill({ status: 500, json: { errors: [{ message: 'Det gick inte.' }] } }),
    ],
  ])('an autosave that %s is told, and the click publishes all the same', async (what, how) => {
    const autosave = await startAutosave(`Utkastet ${what}`)
    await clickOnPublish()
    await autosave.end(how)
    await page.locator('[data-sonner-toast][data-type=error]').first().waitFor()
    await isPublished()
    expect(await stored()).toEqual({ title: `Utkastet ${what}`, _status: 'published' })
  })
})

describe('words that have just been typed', () => {
  const texts = async () => {
    const article = await newsroom.rest.get(`/articles/${id}?depth=0&locale=sv&draft=true`)
    return [...JSON.stringify(article).matchAll(/"(?:text|label|code)":"([^"]*)"/g)].map(([, text]) => text)
  }
  const typeInto = async (block: Locator, words: string) => {
    await block.click()
    await page.keyboard.type(words)
  }

  it.each<[way: string, act: () => Promise<void>, status: string]>([
    ['published by a click', clickOnPublish, 'published'],
    ['saved by Ctrl+S', () => page.keyboard.press('Control+s'), 'draft'],
  ])('are %s right after the last letter', async (_, act, status) => {
    await textOf(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Sist skrivet.')
    const saved = page.waitForResponse(
      (answer) => ['publish', 'draft'].includes(saveIn(answer.request()) ?? '') && answer.ok(),
    )
    await act()
    await saved
    expect({ texts: await texts(), status: (await stored())._status }).toEqual({
      texts: ['Text. Sist skrivet.'],
      status,
    })
  })

  const insertCallout = async () => {
    await continueAtTheEnd(page)
    await chooseFromToolbar({ page, menu: 'blocks', name: 'Ruta' })
    const text = page.locator('.LexicalEditorTheme__block').last().locator('[contenteditable="true"]')
    await text.waitFor()
  }
  const callout = (number: number) =>
    page.locator('.LexicalEditorTheme__block').nth(number).locator('[contenteditable="true"]')
  /** What becomes of what the page asks the server about a block. */
  const judgeBlocks = (judge: (route: Route) => Promise<void>) =>
    page.route(
      () => true,
      (route) =>
        /lexical_blocks[^]*"formState":{/.test(route.request().postData() ?? '')
          ? judge(route)
          : route.fallback(),
    )
  const written = ['Börja litet, sluta stort', 'Mitt emellan', 'Text.', 'Två']

  it.each<[what: string, judge: (route: Route, isLate: Promise<void>) => Promise<void>]>([
    ['answers', (route) => route.continue()],
    ['never answers', (route) => route.abort('connectionfailed')],
    ['answers too late', (route, isLate) => isLate.then(() => route.continue())],
  ])('in blocks are published, when the server %s what it thinks of a block', async (_, judge) => {
    await insertCallout()
    await insertCallout()
    let beLate = () => {}
    const isLate = new Promise<void>((resolve) => (beLate = resolve))
    await judgeBlocks((route) => judge(route, isLate))
    await typeInto(callout(0), 'Börja litet')
    await typeInto(callout(1), 'Två')
    await continueAtTheEnd(page)
    await page.keyboard.type('Mitt emellan')
    await typeInto(callout(0), ', sluta stort')
    await clickOnPublish()
    await isPublished()
    beLate()
    expect((await texts()).sort()).toEqual(written)
    await page.unrouteAll({ behavior: 'wait' })
    // Undoing in the text takes nothing out of a block.
    await textOf(page).getByText('Text.', { exact: true }).click()
    // At once: what is typed slowly is undone letter by letter.
    await page.keyboard.insertText('Ny. ')
    await page.keyboard.press('Control+z')
    await publish(page)
    expect((await texts()).sort()).toEqual(written)
    await page.reload()
    expect([await callout(0).innerText(), await callout(1).innerText()]).toEqual([
      'Börja litet, sluta stort',
      'Två',
    ])
  })
})

it('publishing that is refused says so, keeps the text, and can be tried again', async () => {
  await clickOnPublish()
  await isPublished()
  const isPublishing = (url: URL) => url.pathname === `/api/articles/${id}` && !isAutosave(url)
  const refuse = (route: Route) =>
    route.fulfill({ status: 500, json: { errors: [{ message: 'Det gick inte.' }] } })
  // The sheet asks the same address who reads the article.
  await page.route(isPublishing, (route) =>
    route.request().method() === 'GET' ? route.fallback() : refuse(route),
  )
  await page.locator('#field-title').fill('Andra försöket')
  // Before the form saves by itself.
  await clickOnPublish()
  await page.locator('[data-sonner-toast][data-type=error]', { hasText: 'Det gick inte.' }).waitFor()
  await page.unroute(isPublishing)
  expect(await page.locator('#field-title').inputValue()).toBe('Andra försöket')
  await publish(page)
  expect(await stored()).toEqual({ title: 'Andra försöket', _status: 'published' })
})
