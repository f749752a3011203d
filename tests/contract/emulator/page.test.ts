import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { startResendEmulator, type ResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { callEmulator, email } from '../../support/emulator/callEmulator.ts'

let emulator: ResendEmulator
beforeEach(async () => {
  emulator = await startResendEmulator({ now: () => new Date('2026-11-24T12:00:00Z') })
})
afterEach(() => emulator.stop())

const HOSTILE = '<script>alert("hej")</script>'
const send = (count = 1, over: object = {}) =>
  callEmulator({
    url: emulator.url,
    path: '/emails/batch',
    body: Array.from({ length: count }, (_, n) => email(`a${n}@example.com`, over)),
    headers: { 'idempotency-key': 'campaign-7-1' },
  })
const open = async (path: string) => {
  const response = await fetch(emulator.url + path)
  return { status: response.status, headers: response.headers, page: await response.text() }
}
const submit = async (form: string, fields: Record<string, string>) => {
  const response = await fetch(`${emulator.url}/_emulator/forms/${form}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  return { status: response.status, to: response.headers.get('location'), page: await response.text() }
}
const cells = (page: string) =>
  [...page.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
    cell
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
const count = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].length

describe('the page', () => {
  it('shows calls and mails, and is no call itself', async () => {
    await send(2)
    const { status, page } = await open('/')
    expect([status, emulator.requests.length]).toEqual([200, 1])
    expect(cells(page)).toEqual([
      ...['12:00:00.000', 'a1@example.com', 'Hej', 'campaign-7-1'],
      ...['12:00:00.000', 'a0@example.com', 'Hej', 'campaign-7-1'],
      ...['12:00:00.000', 'POST /emails/batch', 'campaign-7-1', '2', '200', '–'],
    ])
  })

  it.each(['/', '/mails', '/calls', '/webhooks', '/faults', '/mails/none', '/_emulator/style.css'])(
    '%s opens when nothing has been received',
    async (path) => {
      expect((await open(path)).status).toBe(path.endsWith('none') ? 404 : 200)
      expect(emulator.requests).toEqual([])
    },
  )

  it('shows a mail: its headers, its text, and its HTML in a frame without scripts', async () => {
    await send(1, { html: `<p>Hej</p>${HOSTILE}`, text: 'Hej där', headers: { 'List-Id': 'brev' } })
    const id = emulator.mails[0]?.id ?? ''
    const { page } = await open(`/mails/${id}`)
    expect(page).toContain('<dt>List-Id</dt>')
    expect(page).toContain('Hej där')
    expect(page).toMatch(/<iframe\s+sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    const alone = await open(`/mails/${id}/html`)
    expect(alone.page).toBe(`<p>Hej</p>${HOSTILE}`)
    expect(alone.headers.get('content-security-policy')).toMatch(/^sandbox [a-z -]*; default-src 'none';/)
    expect(alone.headers.get('content-security-policy')).not.toContain('allow-scripts')
  })

  it('escapes whatever was received', async () => {
    const over = {
      subject: HOSTILE,
      text: HOSTILE,
      headers: { 'X-A': HOSTILE },
      from: `${HOSTILE} <a@b.example>`,
    }
    await send(1, over)
    const paths = [
      '/',
      '/mails',
      '/calls',
      `/mails?search=${encodeURIComponent(HOSTILE)}`,
      `/mails/${emulator.mails[0]?.id}`,
    ]
    for (const path of paths) expect((await open(path)).page).not.toContain('<script')
  })

  it('turns pages, newest first, and finds by recipient and subject', async () => {
    await send(70)
    const first = (await open('/mails')).page
    expect([count(first, /<tr>/g) - 1, cells(first)[1]]).toEqual([50, 'a69@example.com'])
    const second = (await open('/mails?page=2')).page
    expect([count(second, /<tr>/g) - 1, cells(second).at(-3)]).toEqual([20, 'a0@example.com'])
    expect(cells((await open('/mails?search=A42@')).page)[1]).toBe('a42@example.com')
    expect((await open('/mails?search=nobody')).page).toContain('No mail is kept.')
    expect((await open('/mails?page=99&search=')).status).toBe(200)
  })
})

describe('a form', () => {
  it('sets faults', async () => {
    const fields = { next: 'drop-after', times: '2', every: 'none', rate: '0.05', seed: '3' }
    expect(await submit('faults', fields)).toMatchObject({ status: 303, to: '/faults' })
    const { body } = await callEmulator({ url: emulator.url, path: '/_emulator/faults', method: 'GET' })
    expect(body).toMatchObject({
      next: [
        { kind: 'drop', when: 'after' },
        { kind: 'drop', when: 'after' },
      ],
      every: null,
      random: { rate: 0.05, seed: 3 },
    })
  })

  it('sets limits; an empty field is no limit', async () => {
    const fields = {
      perSecond: '',
      isRateEnforced: 'on',
      latencyMs: '5',
      dailyQuota: '100',
      monthlyQuota: '',
    }
    expect((await submit('limits', fields)).status).toBe(303)
    expect(emulator.settings).toMatchObject({
      perSecond: null,
      isRateEnforced: true,
      latencyMs: 5,
      dailyQuota: 100,
      monthlyQuota: null,
    })
  })

  it('sets webhooks', async () => {
    const fields = { webhookUrl: 'http://127.0.0.1:9/hook', webhookCopies: '2', isWebhookOrderShuffled: 'on' }
    expect((await submit('webhooks', fields)).status).toBe(303)
    expect(emulator.settings).toMatchObject({ webhookUrl: 'http://127.0.0.1:9/hook', webhookCopies: 2 })
  })

  it('forgets everything', async () => {
    await send(2)
    expect(await submit('reset', {})).toMatchObject({ status: 303, to: '/' })
    expect(emulator.mails).toEqual([])
  })

  it('says what is wrong, and sets nothing', async () => {
    const { status, page } = await submit('limits', { perSecond: 'many', latencyMs: '5' })
    expect([status, emulator.settings.latencyMs]).toEqual([422, 0])
    expect(page).toMatch(/role="alert"[^]*perSecond/)
  })
})

describe('a page of another site', () => {
  it.each([
    ['by a name that leads here', { host: 'evil.example' }, '/_emulator/mails', 'GET'],
    ['by a name that leads here', { host: 'evil.example:80' }, '/', 'GET'],
    ['from its own origin', { origin: 'https://evil.example' }, '/_emulator/reset', 'POST'],
    ['from its own origin', { origin: 'https://evil.example' }, '/_emulator/forms/reset', 'POST'],
  ])('is kept out %s: %s %s', async (_, headers, path, method) => {
    await send(1)
    expect(await ask({ path, method, headers })).toEqual([
      403,
      '{"message":"The emulator is for this machine only."}',
    ])
    expect(emulator.mails.length).toBe(1)
  })

  const ask = async ({ path, method, headers }: { path: string; method: string; headers: object }) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      httpRequest(emulator.url + path, { method, headers: { ...headers } }, resolve)
        .on('error', reject)
        .end(),
    )
    return [response.statusCode, await text(response)]
  }
})
