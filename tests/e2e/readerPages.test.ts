import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { LOCALES, type Locale } from '../../src/newsletter/model.ts'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { typeUnhurried } from '../support/browser/filling.ts'
import { tabTo } from '../support/browser/keyboard.ts'
import { linkIn, openMailedSite, type MailedSite } from '../support/browser/mailedSite.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { startOtherSite, type OtherSite } from '../support/browser/otherSite.ts'
import { makeReaderStates, type ReaderState } from '../support/browser/readerStates.ts'

/** The states that people do something in; the others are a sentence or two. */
const FORMS = ['subscribe-wrong', 'confirm-failed', 'preferences-wrong', 'preferences-erase', 'contact']
const DESKTOP = { width: 1280, height: 800 }
const SMALL_PHONE = { width: 360, height: 740 }

let site: MailedSite
let states: Record<Locale, ReaderState[]>
let browser: Browser
beforeAll(async () => {
  site = await openMailedSite()
  await addTopics(site)
  states = { sv: await makeReaderStates(site, 'sv'), en: await makeReaderStates(site, 'en') }
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function addTopics({ rest }: MailedSite): Promise<void> {
  const topics = [
    ['Självledarskap', 'sjalvledarskap', 'Att leda sig själv och planera sin vecka.'],
    ['Grupper som fungerar', 'grupper', null],
  ] as const
  for (const [name, slug, description] of topics)
    await rest.post('/topics?locale=sv', { name, slug, ...(description && { description }) })
}

const LANGUAGES: Record<Locale, BrowserContextOptions> = {
  sv: { locale: 'sv-SE' },
  en: { locale: 'en-GB' },
}

const docsAt = async (path: string): Promise<unknown[]> =>
  (await site.rest.get<{ docs: unknown[] }>(path)).docs
const readerOf = async (email: string) =>
  (await docsAt(`/subscribers?depth=1&where[email][equals]=${email}`))[0]
const headingOf = (page: Page) => page.locator('h1').innerText()
const untilHeading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

describe.each(LOCALES)('every reader page in %s', (locale) => {
  let page: Page
  beforeAll(async () => {
    // The pages let in no script, not even the one that looks for faults.
    page = await openPage(browser, { ...LANGUAGES[locale], viewport: SMALL_PHONE, bypassCSP: true })
  })
  afterAll(() => page?.context().close())

  const isLookedAt = (name: string) => locale === 'sv' || FORMS.includes(name)
  const look = async ({ name, path }: ReaderState) => {
    await page.goto(site.baseUrl + path)
    const seen = {
      name,
      heading: await headingOf(page),
      language: await page.locator('html').getAttribute('lang'),
      isTooWide: await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
      // Of both languages where people do something; else the elements are the same.
      faults: isLookedAt(name) ? await accessibilityFaults({ page, selector: 'html' }) : [],
    }
    if (isLookedAt(name)) await keepScreenshot(page, `reader-${name}-${locale}-phone`, { fullPage: true })
    return seen
  }

  it('says what is the case, is without fault for a screen reader and fits a small phone', async () => {
    const seen = []
    for (const state of states[locale]) seen.push(await look(state))
    expect(seen).toEqual(
      states[locale].map(({ name, heading }) => ({
        ...{ name, heading, language: locale },
        ...{ isTooWide: false, faults: [] },
      })),
    )
  })
})

describe('on a computer', () => {
  it('the forms can be read by day and by night', async () => {
    const page = await openPage(browser, { viewport: DESKTOP, bypassCSP: true, reducedMotion: 'reduce' })
    const faults: string[] = []
    for (const { name, path } of states.sv.filter((state) => FORMS.includes(state.name))) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(site.baseUrl + path)
      await keepScreenshot(page, `reader-${name}-by-day`, { fullPage: true })
      await page.emulateMedia({ colorScheme: 'dark' })
      await keepScreenshot(page, `reader-${name}-by-night`, { fullPage: true })
      faults.push(...(await accessibilityFaults({ page, selector: 'html' })))
    }
    await page.context().close()
    expect(faults).toEqual([])
  })
})

describe('with the keyboard alone', () => {
  it('a person joins, and sees on the way where they are', async () => {
    const page = await openPage(browser, { viewport: DESKTOP })
    await page.goto(`${site.baseUrl}/sv/subscribe`)
    await tabTo(page, 'input[name=email]')
    await keepScreenshot(page, 'reader-focus-field')
    await typeUnhurried(page.locator(':focus'), 'kajsa@example.com')
    await tabTo(page, 'input[name=topics][value=grupper]')
    await page.keyboard.press('Space')
    await keepScreenshot(page, 'reader-focus-choice')
    await tabTo(page, 'button[type=submit]')
    await keepScreenshot(page, 'reader-focus-button')
    await page.keyboard.press('Enter')
    await untilHeading(page, 'Titta i din inkorg')
    await page.goto(linkIn(await site.mailTo('kajsa@example.com', /bekräfta/i), '/confirm'))
    await untilHeading(page, 'Välkommen, du prenumererar nu')
    await page.context().close()
    expect(await readerOf('kajsa@example.com')).toMatchObject({
      status: 'active',
      topics: [{ slug: 'grupper' }],
    })
  })

  it('they leave, and take it back', async () => {
    const page = await openPage(browser, { viewport: DESKTOP })
    await page.goto(linkIn(await site.mailTo('kajsa@example.com', /välkommen/i), '/unsubscribe'))
    for (const [status, heading] of [
      ['unsubscribed', 'Du får inga fler nyhetsbrev'],
      ['active', 'Vill du sluta få nyhetsbrevet?'],
    ] as const) {
      await tabTo(page, 'button[type=submit]')
      await page.keyboard.press('Enter')
      await untilHeading(page, heading)
      expect(await readerOf('kajsa@example.com')).toMatchObject({ status })
    }
    await page.context().close()
  })
})

describe('a browser without JavaScript', () => {
  const person = 'ned@example.com'
  let page: Page
  beforeAll(async () => {
    page = await openPage(browser, { ...LANGUAGES.en, viewport: SMALL_PHONE, javaScriptEnabled: false })
  })
  afterAll(() => page?.context().close())

  const press = (name: string) => page.getByRole('button', { name }).click()

  it('joins, and confirms by the button: opening the link alone does nothing', async () => {
    await page.goto(`${site.baseUrl}/en/subscribe`)
    await typeUnhurried(page.getByLabel('E-mail address'), person)
    await press('Subscribe')
    await untilHeading(page, 'Look in your inbox')
    await page.goto(linkIn(await site.mailTo(person, /confirm/i), '/confirm'))
    await untilHeading(page, 'Do you want to get the newsletter?')
    expect(await readerOf(person)).toMatchObject({ status: 'pending' })
    await press('Yes, subscribe me')
    await untilHeading(page, 'Welcome, you are subscribed')
    expect(await readerOf(person)).toMatchObject({ status: 'active' })
  })

  it('chooses by plain forms', async () => {
    await page.goto(linkIn(await site.mailTo(person, /welcome/i), '/preferences'))
    await page.getByLabel('Grupper som fungerar').check()
    await press('Save')
    await page.getByText('Your choices have been saved.').waitFor()
    await page.getByLabel('Number of weeks').fill('2')
    await press('Pause')
    await page.getByText('The newsletter is paused until').waitFor()
    await press('End the break now')
    await page.getByText('The break is over.').waitFor()
    expect(await readerOf(person)).toMatchObject({ topics: [{ slug: 'grupper' }], pausedUntil: null })
  })

  it('leaves by the button', async () => {
    await page.getByRole('link', { name: 'Unsubscribe' }).click()
    await press('Yes, unsubscribe me')
    await untilHeading(page, 'You will get no more newsletters')
    expect(await readerOf(person)).toMatchObject({ status: 'unsubscribed' })
  })

  it('writes to us, and is told what is wrong beside the field, with what was written still there', async () => {
    await page.goto(`${site.baseUrl}/en/contact`)
    await page.getByLabel('Name').fill('Ned')
    // Right for a browser, but no address that a mail can go to.
    await page.getByLabel('E-mail', { exact: true }).fill('ned@example')
    await typeUnhurried(page.getByLabel('Message'), 'Hello there.')
    await press('Send')
    await page.locator('[role=alert]').waitFor()
    await keepScreenshot(page, 'reader-contact-wrong', { fullPage: true })
    expect(await page.locator('[aria-invalid]').getAttribute('name')).toBe('email')
    expect(await page.getByLabel('Message').inputValue()).toBe('Hello there.')
    // At once: nobody is taken for a program for being quick with a second try.
    await page.getByLabel('E-mail', { exact: true }).fill('ned@example.com')
    await press('Send')
    await untilHeading(page, 'Thank you for your message!')
    expect(await docsAt('/contact-messages?where[email][equals]=ned@example.com')).toMatchObject([
      { name: 'Ned', message: 'Hello there.', locale: 'en', wantsNewsletter: false },
    ])
  })
})

describe('a form on another site', () => {
  let other: OtherSite
  let page: Page
  beforeAll(async () => {
    other = await startOtherSite(`
      <form data-utskick-subscribe action="${site.baseUrl}/api/subscribe" method="post">
        <input type="hidden" name="locale" value="en" />
        <label>E-mail <input type="email" name="email" required /></label> <button>Subscribe</button>
      </form>
      <script src="${site.baseUrl}/assets/subscribe-form.js" defer></script>`)
    await site.rest.post('/globals/site', { allowedOrigins: other.byNumber })
    page = await openPage(browser, LANGUAGES.en)
  })
  afterAll(async () => {
    await page?.context().close()
    await other?.stop()
  })

  const join = async (origin: string, email: string) => {
    await page.goto(origin)
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Subscribe' }).click()
  }

  it('works in place where it is allowed', async () => {
    await join(other.byNumber, 'here@example.com')
    await page.getByRole('status').getByText('Look in your inbox').waitFor()
    expect([page.url(), await page.getByLabel('E-mail').inputValue()]).toEqual([`${other.byNumber}/`, ''])
    await site.mailTo('here@example.com', /confirm/i)
    expect(await readerOf('here@example.com')).toMatchObject({ status: 'pending', locale: 'en' })
  })

  it('says in place what is wrong', async () => {
    await join(other.byNumber, 'here@example')
    await page.getByRole('status').getByText('Please check the e-mail address').waitFor()
    expect(page.url()).toBe(`${other.byNumber}/`)
  })

  it('leads to our page where it is not', async () => {
    await join(other.byName, 'there@example.com')
    await untilHeading(page, 'Look in your inbox')
    expect(page.url()).toBe(`${site.baseUrl}/en/subscribe?state=asked`)
    await site.mailTo('there@example.com', /confirm/i)
    expect(await readerOf('there@example.com')).toMatchObject({ status: 'pending', locale: 'en' })
  })
})
