import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { nodeArguments, projectRoot } from '../../src/cli/server/projectRoot.ts'
import { startResendEmulator, type ResendEmulator } from '../support/emulator/startResendEmulator.ts'
import { serverDatabases } from '../support/databases.ts'
import { registerEditor } from '../support/http.ts'
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
      })
      await importAddresses(server)
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

    it('waits while the provider refuses the key and says why, and goes on by itself when that is mended', async () => {
      const before = emulator.mails.length
      emulator.failEvery({ kind: 'error', when: 'before', status: 401, name: 'invalid_api_key' })
      const article = await publish('Tre')
      const waiting = await until('the campaign has a problem', async () => {
        const campaign = await campaignOf(article)
        return campaign?.problem?.code ? campaign : undefined
      })
      expect([waiting.status, waiting.problem?.message]).toEqual([
        'submitting',
        expect.stringContaining('RESEND_API_KEY'),
      ])
      emulator.failEvery(null)
      const { problem, counts } = await submitted(article)
      expect([problem?.code ?? null, counts.submitted, emulator.mails.length - before]).toEqual([
        null,
        250,
        250,
      ])
    })

    it('reaches the others when the provider refuses one address', async () => {
      await ok(editor('POST', '/subscribers', { email: 'nobody@refused.example' }))
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
const recipients = () => emulator.mails.flatMap(({ to }) => to).sort()

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

const submitted = (article: Id): Promise<Campaign> =>
  until('the campaign is submitted', async () => {
    const campaign = await campaignOf(article)
    return campaign?.status === 'submitted' ? campaign : undefined
  })

/** As an operator does it, by the command line. */
async function importAddresses({ environment }: RunningServer): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-csv-'))
  const file = join(directory, 'people.csv')
  writeFileSync(
    file,
    ['email,consent_source', ...ADDRESSES.map((email) => `${email},the fair 2026`), ''].join('\n'),
  )
  const command = [...nodeArguments, 'src/cli/index.ts', 'import-subscribers', file]
  const env = { ...environment, NODE_ENV: 'production' as const }
  const cli = spawn(process.execPath, command, {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((resolve) => cli.on('exit', resolve))
  rmSync(directory, { recursive: true, force: true })
  if (code !== 0) throw new Error(`The import ended with ${String(code)}.`)
}
