import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { serverDatabases } from '../support/databases.ts'
import { registerEditor } from '../support/http.ts'
import { importAddresses } from '../support/importAddresses.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { until } from '../support/until.ts'

type Id = string | number

interface Campaign {
  id: Id
  status: string
  problem?: { code?: string | null; message?: string | null }
  counts: Record<string, number>
}

const ADDRESSES = Array.from(
  { length: 250 },
  (_, index) => `reader${String(index).padStart(3, '0')}@example.com`,
)

let emulator: ResendEmulator
let server: RunningServer
let editor: Rest

describe.each(serverDatabases())(
  'on $name, an article that an editor publishes over REST',
  ({ variables }) => {
    beforeAll(async () => {
      emulator = await startResendEmulator({ apiKey: 're_test', isRateEnforced: true })
      server = await startServer({
        ...variables(),
        MAILER: 'resend',
        RESEND_API_KEY: 're_test',
        RESEND_BASE_URL: emulator.url,
      })
      editor = (await registerEditor(server.baseUrl)).rest
      await editor('POST', '/globals/site', {
        name: 'Provet',
        senderName: 'Provet',
        senderEmail: 'brev@example.com',
        postalAddress: 'Provgatan 1, 111 11 Stockholm',
        holdSeconds: 0,
      })
      await importAddresses({ server, emails: ADDRESSES })
    })
    afterAll(async () => {
      await server.stop()
      await emulator.stop()
    })

    it('is mailed in three calls to 250 subscribers, once, whatever the editor does afterwards', async () => {
      const article = await publish('Ett')
      const campaign = await submitted(article)

      expect(campaign.counts).toEqual({ ...NONE, recipients: 250, submitted: 250 })
      // The calls are made side by side, in no order.
      const calls = batches().map(({ method, size, status }) => ({ method, size, status }))
      expect(calls.sort((a, b) => b.size - a.size)).toEqual([
        { method: 'POST', size: 100, status: 200 },
        { method: 'POST', size: 100, status: 200 },
        { method: 'POST', size: 50, status: 200 },
      ])
      expect(new Set(batches().map(({ key }) => key)).size).toBe(3)
      expect(batches().filter(({ key }) => !key || key.length > 256)).toEqual([])
      expect(recipients()).toEqual(ADDRESSES)

      await ok(editor('PATCH', `/articles/${article}`, { title: 'Ändrad', _status: 'published' }))
      await ok(editor('PATCH', `/articles/${article}`, { _status: 'draft' }))
      await ok(editor('PATCH', `/articles/${article}`, { _status: 'published' }))
      // When the next article is mailed, whatever these had set off has been mailed as well.
      await submitted(await publish('Två'))
      expect(recipients()).toEqual(ADDRESSES.flatMap((address) => [address, address]))
      expect(await campaignOf(article)).toEqual(campaign)
    })

    it.each([
      {
        // Before the first mail is made.
        refusal: { status: 401, name: 'invalid_api_key' },
        code: 'stopped_by_provider_key',
        remedy: 'RESEND_API_KEY',
      },
      {
        refusal: { status: 429, name: 'monthly_quota_exceeded' },
        code: 'monthly_quota_exceeded',
        remedy: 'resend.com/settings/billing',
      },
    ])(
      'is paused when the provider takes nothing more ($code), says what to do, and goes on when it is resumed after that',
      async ({ refusal, code, remedy }) => {
        const before = emulator.mails.length
        emulator.failEvery({ kind: 'error', when: 'before', ...refusal })
        const article = await publish(`Stopp ${code}`)
        const paused = await withStatus('paused', article)
        expect([paused.problem?.code, paused.problem?.message, emulator.mails.length - before]).toEqual([
          code,
          expect.stringContaining(remedy),
          0,
        ])
        emulator.failEvery(null)
        await ok(editor('POST', `/campaigns/${paused.id}/resume`))
        const { problem, counts } = await withStatus('submitted', article)
        expect([problem?.code ?? null, counts]).toEqual([null, { ...NONE, recipients: 250, submitted: 250 }])
        expect(recipientsFrom(before)).toEqual(ADDRESSES)
      },
    )

    it('reaches the others when the provider refuses one address', async () => {
      await ok(
        editor('POST', '/subscribers', { email: 'nobody@refused.example', consentSource: 'the tests' }),
      )
      const article = await publish('Fyra')
      const { counts } = await submitted(article)
      expect(counts).toEqual({ ...NONE, recipients: 251, submitted: 250, rejected: 1 })
      const { body } = await editor('GET', `/deliveries?where[status][equals]=rejected&depth=0`)
      expect(
        (body.docs as { email: string; reason: string }[]).map(({ email, reason }) => [email, reason]),
      ).toEqual([['nobody@refused.example', 'validation_error']])
    })
  },
)

const batches = () => emulator.requests.filter(({ path }) => path === '/emails/batch')
const recipientsFrom = (first: number) =>
  emulator.mails
    .slice(first)
    .flatMap(({ to }) => to)
    .sort()
const recipients = () => recipientsFrom(0)

const NONE = {
  recipients: 0,
  submitted: 0,
  rejected: 0,
  excluded: 0,
  uncertain: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
}

async function publish(title: string): Promise<Id> {
  const draft = { title, content: paragraph('En text.'), _status: 'draft' }
  const { body } = await ok(editor('POST', '/articles?draft=true', draft))
  const { id } = body.doc as { id: Id }
  await ok(editor('PATCH', `/articles/${id}`, { _status: 'published' }))
  return id
}

async function ok(answer: ReturnType<Rest>): ReturnType<Rest> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return { status, body }
}

async function campaignOf(article: Id): Promise<Campaign | undefined> {
  const { body } = await ok(editor('GET', `/campaigns?where[article][equals]=${article}&depth=0`))
  return (body.docs as Campaign[])[0]
}

const withStatus = (status: string, article: Id): Promise<Campaign> =>
  until(`the campaign is ${status}`, async () => {
    const campaign = await campaignOf(article)
    return campaign?.status === status ? campaign : undefined
  })

const submitted = (article: Id) => withStatus('submitted', article)
