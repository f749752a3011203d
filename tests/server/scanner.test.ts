import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { httpAs, registerEditor } from '../support/http.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { until } from '../support/until.ts'

let emulator: ResendEmulator
let server: RunningServer
let admin: Rest
let anybody: Rest
beforeAll(async () => {
  emulator = await startResendEmulator({ apiKey: 're_test' })
  server = await startServer({ MAILER: 'resend', RESEND_API_KEY: 're_test', RESEND_BASE_URL: emulator.url })
  admin = (await registerEditor(server.baseUrl)).admin
  anybody = httpAs(server)
  await admin('POST', '/globals/site', {
    name: 'Provet',
    senderName: 'Provet',
    senderEmail: 'brev@example.com',
    replyTo: 'svar@example.com',
    postalAddress: 'Provgatan 1, 111 11 Stockholm',
    holdSeconds: 0,
  })
})
afterAll(async () => {
  await server.stop()
  await emulator.stop()
})

/** What a GET might have changed. Times of reading are in none of it. */
const KEPT = [
  'subscribers',
  'consents',
  'suppressions',
  'transactional-mails',
  'contact-messages',
  'deliveries',
]

async function everything(): Promise<Record<string, unknown>> {
  const rows = await Promise.all(
    KEPT.map(async (slug) => {
      const { status, body } = await admin('GET', `/${slug}?depth=0&limit=100&sort=id`)
      expect(status).toBe(200)
      return [slug, body.docs] as const
    }),
  )
  return Object.fromEntries(rows)
}

/** The same once it is written down that every mail that waited is handed over: the mail itself arrives before that. */
const settled = () =>
  until('everything settled', async () => {
    const rows = await everything()
    const waiting = JSON.stringify([rows['transactional-mails'], rows['contact-messages'], rows.deliveries])
    return waiting.includes('"status":"pending"') ? undefined : rows
  })

/** The mails of a kind that have arrived; waits until there is one more than before. */
const mailWith = (subject: RegExp) =>
  until(`a mail “${subject.source}”`, async () => emulator.mails.find((mail) => subject.test(mail.subject)))

/** Every link of ours in every mail: in the text, behind every word, and in the headers. */
function linksInMails(): string[] {
  const texts = emulator.mails.flatMap(({ html, text, headers }) => [
    (html ?? '').replaceAll('&amp;', '&'),
    text ?? '',
    ...Object.values(headers),
  ])
  const links = texts.flatMap((text) => text.match(/https?:\/\/[^\s"'<>)\]]+/g) ?? [])
  return [...new Set(links)].filter((link) => link.startsWith(server.baseUrl))
}

/** As a mail scanner: every link, by GET and HEAD, twice, following wherever it is led. @returns what each GET got. */
async function scan(): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {}
  for (const link of linksInMails())
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
      const answer = await fetch(link, { method })
      await answer.arrayBuffer()
      if (method === 'GET') statuses[new URL(link).pathname] = answer.status
    }
  return statuses
}

const tokenIn = (path: string): string => {
  const link = linksInMails().find((each) => new URL(each).pathname === path)
  return new URL(link ?? server.baseUrl).searchParams.get('token') ?? ''
}

it('a scanner that follows every link in the mail to confirm, twice, confirms nothing', async () => {
  const answer = await anybody('POST', '/subscribe', {
    email: 'anna@example.com',
    name: 'Anna',
    locale: 'sv',
  })
  expect(answer.status).toBe(200)
  await mailWith(/bekräfta/i)
  const before = await settled()
  expect(before.subscribers).toMatchObject([{ email: 'anna@example.com', status: 'pending' }])
  expect(await scan()).toMatchObject({ '/confirm': 200 })
  expect(await everything()).toEqual(before)
})

it('nor does it change anything with the links of any other mail', async () => {
  expect((await anybody('POST', '/confirm', { token: tokenIn('/confirm') })).status).toBe(200)
  await mailWith(/välkommen/i)
  await admin('POST', '/articles', {
    title: 'Om frihet',
    content: paragraph('Texten.'),
    _status: 'published',
  })
  await mailWith(/om frihet/i)
  const token = tokenIn('/preferences')
  const renewed = await anybody('POST', `/preferences/renew?token=${token}`)
  const moved = await anybody('POST', `/preferences/address?token=${token}`, { email: 'anna.ny@example.com' })
  const written = await anybody('POST', '/contact', {
    name: 'Bo',
    email: 'bo@example.com',
    message: 'Hej! https://spam.example',
  })
  expect([renewed.status, moved.status, written.status]).toEqual([200, 200, 200])
  await until('six more mails', async () => emulator.mails.length >= 7)
  const before = await settled()
  const statuses = await scan()
  expect(Object.entries(statuses).filter(([, status]) => status >= 400)).toEqual([])
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining([
      '/confirm',
      '/preferences',
      '/unsubscribe',
      '/api/unsubscribe',
      '/confirm-address',
    ]),
  )
  expect(await everything()).toEqual(before)
})
