import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { HtmlValidate } from 'html-validate'
import { depsOf } from '../../src/deps.ts'
import type { Locale } from '../../src/newsletter/model.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { confirmAddressUrl } from '../../src/readers/links.ts'
import { recordConsent } from '../../src/readers/recordConsent.ts'
import { choicesText } from '../../src/app/(site)/_text/choices/choicesText.ts'
import { clearReaders, HOUR_MS, mailsOf, readerRows, tokenOf } from '../support/readers.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { openSite, ORIGIN, type Site } from '../support/visitSite.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  Object.assign(depsOf(site.payload), { sleep: async () => undefined })
})
afterAll(() => site.stop())
beforeEach(() => clearReaders(site.payload))

const reader = (data: Partial<Subscriber> = {}) =>
  createSubscriber(site.payload, { email: 'anna@example.com', locale: 'en', ...data })
const pathFor = (anna: Subscriber, until = new Date(Date.now() + HOUR_MS)) =>
  `/preferences?token=${tokenOf(site.payload, { reader: anna, purpose: 'preferences', until })}`
const storedOf = async ({ id }: Subscriber) =>
  (await readerRows(site.payload)).subscribers.find((row) => row.id === id)

const headingOn = (html: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]
const saidOn = (html: string) => /<p class="notice[^"]*" role="(?:alert|status)">(.*?)<\/p>/.exec(html)?.[1]

/** Presses the button of the form that posts there, as a browser without script does, and looks at the page that follows. */
async function press(page: string, { to, fields = {} }: { to: string; fields?: Record<string, string> }) {
  const action = [...page.matchAll(/<form [^>]*action="([^"]*)"/g)]
    .map(([, each]) => each?.replaceAll('&amp;', '&') ?? '')
    .find((each) => new URL(each, ORIGIN).pathname === to)
  const answer = await site.call('POST', action ?? `no form posts to ${to}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  expect(answer.status).toBe(303)
  return site.visit(answer.headers.get('location') ?? '', { 'accept-language': 'en' })
}

describe('on the page of their choices a reader without script', () => {
  it('pauses, and ends the pause', async () => {
    const anna = await reader()
    const page = await site.visit(pathFor(anna))
    const paused = await press(page.body, { to: '/api/preferences/pause', fields: { weeks: '3' } })
    const until = (await storedOf(anna))?.pausedUntil ?? ''
    expect(Math.round((Date.parse(until) - Date.now()) / (24 * HOUR_MS))).toBe(21)
    expect(saidOn(paused.body)).toBe('The newsletter is paused.')
    expect(paused.body).toContain('The newsletter is paused until ')
    const resumed = await press(paused.body, { to: '/api/preferences/pause', fields: { weeks: '0' } })
    expect([saidOn(resumed.body), (await storedOf(anna))?.pausedUntil]).toEqual([
      'The break is over. You get the newsletter again.',
      null,
    ])
  })

  it.each([
    ['/api/preferences/pause', { weeks: '99' }, 'Give a number of weeks from 1 to 52.', 'weeks'],
    [
      '/api/preferences/address',
      { email: 'anna' },
      'Write an e-mail address, such as anna@example.com.',
      'email',
    ],
  ])('is told what is wrong, and in which field: %s', async (to, fields, said, field) => {
    const page = await site.visit(pathFor(await reader()))
    const { body } = await press(page.body, { to, fields })
    expect(saidOn(body)).toBe(said)
    const [input] = body.match(new RegExp(`<input id="${field}"[^>]*>`)) ?? []
    expect(input).toContain('aria-invalid="true"')
  })

  it('changes the address by the mail to the new one', async () => {
    const anna = await reader()
    const page = await site.visit(pathFor(anna))
    const asked = await press(page.body, {
      to: '/api/preferences/address',
      fields: { email: 'ny@example.com' },
    })
    expect(saidOn(asked.body)).toBe(choicesText.en.address.asked)
    const [mail] = await mailsOf(site.payload)
    const link = /http:\/\/site\.example(\/confirm-address\?token=[\w.-]+)/.exec(
      JSON.stringify(mail?.mail),
    )?.[1]
    const before = await readerRows(site.payload)
    const seen = await site.visit(link ?? '')
    expect([seen.status, headingOn(seen.body), await readerRows(site.payload)]).toEqual([
      200,
      'Confirm your new address',
      before,
    ])
    const done = await press(seen.body, { to: '/api/preferences/address/confirm' })
    expect([done.status, headingOn(done.body), (await storedOf(anna))?.email]).toEqual([
      200,
      'The address has been changed',
      'ny@example.com',
    ])
    // Masked: whoever the mail was forwarded to learns no address.
    expect(seen.body + done.body).not.toContain('ny@example.com')
  })

  it('reads why they get it, in the words of then and their language', async () => {
    const anna = await reader()
    await recordConsent({
      payload: site.payload,
      consent: {
        ...{ subscriberId: String(anna.id), kind: 'confirmed', at: new Date('2026-11-01T12:00:00Z') },
        ...{ text: 'Ja, <gärna>!', locale: 'sv', source: 'form /sv/subscribe', by: null },
      },
    })
    const { body } = await site.visit(pathFor(anna))
    const history = /<ol class="history">(.*?)<\/ol>/.exec(body)?.[1]?.replaceAll('<!-- -->', '')
    expect(history).toContain('From: the form on /sv/subscribe')
    expect(history).toContain('<strong>You confirmed that you wanted it</strong>')
    expect(history).toContain('<blockquote class="hint" lang="sv">Ja, &lt;gärna&gt;!</blockquote>')
  })

  it('is asked once more before everything is gone', async () => {
    const anna = await reader()
    const page = await site.visit(pathFor(anna))
    const step = /href="(\/preferences\?[^"]*step=erase)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&')
    const before = await readerRows(site.payload)
    const asked = await site.visit(step ?? '')
    expect([headingOn(asked.body), await readerRows(site.payload)]).toEqual([
      'Do you want to erase your data?',
      before,
    ])
    const done = await press(asked.body, { to: '/api/preferences/erase' })
    expect([done.status, headingOn(done.body), await storedOf(anna)]).toEqual([
      200,
      'Your data has been erased',
      undefined,
    ])
  })

  it('gets a fresh link for one that is too old, and no more than that', async () => {
    const anna = await reader({ name: 'Anna Hemlig' })
    const page = await site.visit(pathFor(anna, new Date(Date.now() - HOUR_MS)))
    expect([page.status, headingOn(page.body)]).toEqual([410, 'The link is too old'])
    expect(page.body).not.toMatch(/anna/i)
    const renewed = await press(page.body, { to: '/api/preferences/renew' })
    expect([renewed.status, saidOn(renewed.body)]).toEqual([410, choicesText.en.expired.renewed])
    expect((await mailsOf(site.payload)).map(({ kind, email }) => [kind, email])).toEqual([
      ['fresh-link', 'anna@example.com'],
    ])
  })
})

describe.each(['sv', 'en'] as const)('the readers’ pages in %s', (locale: Locale) => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // How React writes them.
      'attr-case': 'off',
      'attribute-boolean-style': 'off',
      'void-style': ['error', { style: 'selfclose' }],
      'no-inline-style': 'off',
      'long-title': 'off',
    },
  })

  it('are valid HTML that a screen reader can use, private, without script, and change nothing', async () => {
    const { payload } = site
    const until = new Date(Date.now() + HOUR_MS).toISOString()
    const anna = await reader({ locale })
    const bo = await reader({ locale, email: 'bo@example.com', pausedUntil: until })
    const gone = await reader({ locale, email: 'cia@example.com', status: 'unsubscribed' })
    const confirm = (to: string) =>
      confirmAddressUrl({
        ...{ payload, reader: anna, now: new Date(), from: anna.email, to },
      }).slice(ORIGIN.length)
    const old = new Date(Date.now() - HOUR_MS)
    const paths: [path: string, status: number][] = [
      [pathFor(anna), 200],
      [`${pathFor(anna)}&done=asked`, 200],
      [`${pathFor(anna)}&problem=weeks`, 200],
      [`${pathFor(anna)}&step=erase`, 200],
      [pathFor(bo), 200],
      [pathFor(gone), 200],
      [pathFor(anna, old), 410],
      [confirm('ny@example.com'), 200],
      [`${confirm('ny@example.com')}&problem=address_not_free`, 200],
      [confirm(anna.email), 200],
      ['/confirm-address?token=x', 400],
    ]
    const before = await readerRows(payload)
    for (const [path, expected] of paths) {
      const { status, body, headers } = await site.visit(path, { 'accept-language': locale })
      const report = await validator.validateString(body)
      const faults = report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      )
      expect([path, status, faults]).toEqual([path, expected, []])
      expect(body).toContain(`<html lang="${locale}"`)
      expect(body).not.toContain('<script')
      expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
        'private, no-store',
        'no-referrer',
      ])
    }
    expect(await readerRows(payload)).toEqual(before)
  })
})
