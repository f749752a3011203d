import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { typeUnhurried } from '../support/browser/filling.ts'
import {
  addresseeOf,
  followLink,
  linkIn,
  openMail,
  openMailedSite,
  type MailedSite,
} from '../support/browser/mailedSite.ts'
import { addSubscribers, STAFF } from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { logInOverRest } from '../support/browser/staffRest.ts'
import { paragraph } from '../support/siteContent.ts'
import { until } from '../support/until.ts'

const ANNA = 'anna@example.com'
const BO = 'bo@example.com'
const BO_AT_HOME = 'bo.ek@home.example'
/** Follows everything, so that there is somebody to whom each newsletter goes. */
const FAITHFUL = 'faithful@example.com'

let site: MailedSite
let browser: Browser
let page: Page
let topics: Record<'work' | 'garden', number>
beforeAll(async () => {
  site = await openMailedSite()
  topics = {
    work: await addTopic({ name: 'Arbete', slug: 'arbete', inEnglish: 'Work' }),
    garden: await addTopic({ name: 'Trädgård', slug: 'tradgard', inEnglish: 'Gardening' }),
  }
  await addSubscribers(site, [{ email: FAITHFUL, locale: 'sv', topics: Object.values(topics) }])
  browser = await openBrowser()
  page = await openPage(browser)
})
afterAll(async () => {
  if (page) await keepScreenshot(page, 'reader-life-as-it-was-left')
  await browser?.close()
  await site?.stop()
})

async function addTopic({
  inEnglish,
  ...topic
}: Record<'name' | 'slug' | 'inEnglish', string>): Promise<number> {
  const { doc } = await site.rest.post<{ doc: { id: number } }>('/topics?locale=sv', topic)
  const { token } = await site.rest.post<{ token: string }>('/users/login', STAFF.admin)
  await fetch(`${site.baseUrl}/api/topics/${doc.id}?locale=en`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', Authorization: `JWT ${token}` },
    body: JSON.stringify({ name: inEnglish }),
  })
  return doc.id
}

const docsAt = async (path: string): Promise<unknown[]> =>
  (await site.rest.get<{ docs: unknown[] }>(path)).docs
const readerOf = async (email: string) =>
  (await docsAt(`/subscribers?depth=1&where[email][equals]=${email}`))[0]
const untilHeading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string) => page.getByRole('button', { name }).click()

/** An editor publishes it, and it is handed over; gives who got it. */
async function publish({ title, topic }: { title: string; topic: number }): Promise<string[]> {
  const editor = await logInOverRest(site.baseUrl, STAFF.editor)
  const { doc } = await editor.post<{ doc: { id: number } }>('/articles?locale=sv', {
    title,
    content: paragraph('Texten.'),
    topics: [topic],
    newsletter: { send: true, topics: [topic] },
    _status: 'published',
  })
  await until(`“${title}” is submitted`, async () => {
    const campaigns = `/campaigns?where[article][equals]=${doc.id}&where[status][equals]=submitted`
    return (await docsAt(campaigns))[0]
  })
  return site.mails
    .filter(({ subject }) => subject === title)
    .map(addresseeOf)
    .sort()
}

// One story: each step goes on where the one before it ended.
describe('somebody who wants the newsletter', () => {
  it('fills in the form on the site, and is told to look in the inbox', async () => {
    await page.goto(`${site.baseUrl}/sv`)
    await page.getByRole('link', { name: 'Nyhetsbrev' }).click()
    await typeUnhurried(page.getByLabel('E-postadress'), ANNA)
    await page.getByLabel('Namn').fill('Anna Berg')
    await press('Prenumerera')
    await untilHeading('Titta i din inkorg')
    expect(await readerOf(ANNA)).toMatchObject({ name: 'Anna Berg', status: 'pending', topics: [] })
  })

  it('confirms with one click in the mail, and is welcomed', async () => {
    await openMail(page, await site.mailTo(ANNA, /^Bekräfta din prenumeration/))
    await keepScreenshot(page, 'reader-mail-confirm', { fullPage: true })
    page = await followLink(page, 'Bekräfta prenumerationen')
    await untilHeading('Välkommen, du prenumererar nu')
    expect(await readerOf(ANNA)).toMatchObject({ status: 'active' })
    await openMail(page, await site.mailTo(ANNA, /^Välkommen/))
    await keepScreenshot(page, 'reader-mail-welcome', { fullPage: true })
  })

  it('chooses a topic and a language by the link in that mail, and sees why the newsletter comes', async () => {
    page = await followLink(page, 'Ändra dina val')
    await untilHeading('Dina val')
    await page.getByLabel('Arbete').check()
    await page.getByLabel('English').check()
    await press('Spara')
    await untilHeading('Your choices')
    await page.getByText('Your choices have been saved.').waitFor()
    await keepScreenshot(page, 'reader-choices', { fullPage: true })
    expect(await page.locator('.history strong').allInnerTexts()).toEqual([
      'You asked for the newsletter',
      'You confirmed that you wanted it',
    ])
    expect(await page.getByLabel('Work').isChecked()).toBe(true)
    expect(await readerOf(ANNA)).toMatchObject({ locale: 'en', topics: [{ slug: 'arbete' }] })
  })

  it('pauses, and gets nothing meanwhile; ends the pause, and gets it again', async () => {
    await page.getByLabel('Number of weeks').fill('3')
    await press('Pause')
    await page.getByText('The newsletter is paused until').waitFor()
    const whilePaused = await publish({ title: 'Medan Anna vilar', topic: topics.work })
    await press('End the break now')
    await page.getByText('The break is over.').waitFor()
    const afterwards = await publish({ title: 'Veckans plan', topic: topics.work })
    expect([whilePaused, afterwards]).toEqual([[FAITHFUL], [ANNA, FAITHFUL]])
  })

  it('gets it with the words around it in the language chosen, and nothing about another topic', async () => {
    const { text } = await site.mailTo(ANNA, /^Veckans plan$/)
    expect(text).toContain('Change your preferences')
    expect(await publish({ title: 'Så här beskär vi', topic: topics.garden })).toEqual([FAITHFUL])
  })

  it('leaves by the header of the mail, as a mail program does, and gets no more', async () => {
    const { headers } = await site.mailTo(ANNA, /^Veckans plan$/)
    const named = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    expect(named['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    const url = /^<(https?:[^>]+)>/.exec(named['list-unsubscribe'] ?? '')?.[1] ?? ''
    // RFC 8058: from nobody we know, without a cookie.
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([answer.status, answer.headers.get('set-cookie'), await answer.json()]).toEqual([
      200,
      null,
      { status: 'unsubscribed' },
    ])
    expect(await readerOf(ANNA)).toMatchObject({ status: 'unsubscribed' })
    expect(await publish({ title: 'Utan Anna', topic: topics.work })).toEqual([FAITHFUL])
  })
})

describe('somebody who writes to us', () => {
  it('is thanked; the newsletter is theirs to ask for', async () => {
    await page.goto(`${site.baseUrl}/sv/contact`)
    await page.getByLabel('Namn').fill('Bo Ek')
    await page.getByLabel('E-post', { exact: true }).fill(BO)
    await typeUnhurried(page.getByLabel('Meddelande'), 'Hur planerar ni veckan?')
    const box = page.getByLabel('Jag vill också ha nyhetsbrevet')
    expect(await box.isChecked()).toBe(false)
    await box.check()
    await press('Skicka')
    await untilHeading('Tack för ditt meddelande!')
    expect(await docsAt('/contact-messages?depth=0')).toMatchObject([
      { name: 'Bo Ek', email: BO, message: 'Hur planerar ni veckan?', wantsNewsletter: true },
    ])
    const thanks = await site.mailTo(BO, /^Tack för ditt mail!$/)
    expect(thanks.text).toContain('Vi svarar via e-post inom 24 timmar.')
    expect(thanks.text).toContain('08-123 456 78')
    await site.mailTo(BO, /^Bekräfta din prenumeration/)
    expect(await readerOf(BO)).toMatchObject({ status: 'pending' })
    await openMail(page, thanks)
    await keepScreenshot(page, 'reader-mail-thanks', { fullPage: true })
  })

  it('is read by staff, who see that the mails went, and mark the message answered', async () => {
    const notice = await site.mailTo('brev@news.example.com', /^Nytt meddelande från Bo Ek$/)
    expect(notice.replyTo.join()).toContain(BO)
    const mailProgram = await openPage(browser)
    await openMail(mailProgram, notice)
    await keepScreenshot(mailProgram, 'reader-mail-notice', { fullPage: true })
    const staff = await followLink(mailProgram, 'Öppna meddelandet')
    await staff.locator('#field-email').fill(STAFF.editor.email)
    await staff.locator('#field-password').fill(STAFF.editor.password)
    await staff.locator('form.login__form button[type=submit]').click()
    await staff.waitForURL(/\/admin\/collections\/contact-messages\/\d+/)
    const mails = staff.locator('#field-mails tbody tr')
    await mails.nth(1).waitFor()
    expect((await mails.allInnerTexts()).map((row) => row.split(/[\t\n]+/).slice(0, 3)).sort()).toEqual([
      ['Nytt meddelande till redaktionen', 'brev@news.example.com', 'Överlämnad'],
      ['Tack för meddelandet', BO, 'Överlämnad'],
    ])
    await staff.getByRole('button', { name: 'Markera som besvarat' }).click()
    await staff.getByText('Besvarat', { exact: false }).getByText(STAFF.editor.name).waitFor()
    await keepScreenshot(staff, 'contact-message', { fullPage: true })
    expect(await accessibilityFaults({ page: staff, selector: '.contact-answer' })).toEqual([])
    await staff.context().close()
    expect(await docsAt('/contact-messages?depth=1')).toMatchObject([
      { answeredAt: expect.any(String), answeredBy: { name: STAFF.editor.name } },
    ])
  })

  it('moves to another address, once its mailbox has said yes', async () => {
    await page.goto(linkIn(await site.mailTo(BO, /^Bekräfta din prenumeration/), '/confirm'))
    await untilHeading('Välkommen, du prenumererar nu')
    await page.goto(linkIn(await site.mailTo(BO, /^Välkommen/), '/preferences'))
    await page.getByLabel('Arbete').check()
    await press('Spara')
    await page.getByText('Dina val är sparade.').waitFor()
    await page.getByLabel('Ny e-postadress').fill(BO_AT_HOME)
    await press('Byt adress')
    await page.getByText('Om adressen går att byta till har vi skickat en länk dit.').waitFor()
    expect(await readerOf(BO)).toMatchObject({ status: 'active' })
    await openMail(page, await site.mailTo(BO_AT_HOME, /^Bekräfta din nya adress$/))
    page = await followLink(page, 'Bekräfta adressen')
    await press('Ja, byt till den här adressen')
    await untilHeading('Adressen är bytt')
    expect([await readerOf(BO), await readerOf(BO_AT_HOME)]).toMatchObject([undefined, { status: 'active' }])
    expect(await publish({ title: 'Hem till Bo', topic: topics.work })).toEqual([BO_AT_HOME, FAITHFUL])
  })

  it('takes home what is kept, and is forgotten', async () => {
    await page.goto(linkIn(await site.mailTo(BO_AT_HOME, /^Hem till Bo$/), '/preferences'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Ladda ned mina uppgifter' }).click(),
    ])
    const kept: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(kept).toMatchObject({
      profile: { email: BO_AT_HOME, name: 'Bo Ek', status: 'active', topics: ['arbete'] },
      consents: [{ kind: 'asked' }, { kind: 'confirmed' }, { kind: 'chose' }, { kind: 'address-changed' }],
    })
    await page.getByRole('link', { name: 'Radera mina uppgifter' }).click()
    await press('Ja, radera mina uppgifter')
    await untilHeading('Dina uppgifter är raderade')
    expect(await readerOf(BO_AT_HOME)).toBeUndefined()
    // Of each address that they had, the hash.
    expect(await docsAt('/suppressions')).toMatchObject([
      { reason: 'erased', email: null },
      { reason: 'erased', email: null },
    ])
    expect(await publish({ title: 'Utan Bo', topic: topics.work })).toEqual([FAITHFUL])
  })
})
