import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { makeReaderToken } from '../../src/newsletter/rules/readerToken.ts'
import { httpAs, registerEditor } from '../support/http.ts'
import { linkKeysOf } from '../support/linkKeys.ts'
import { importAddresses } from '../support/importAddresses.ts'
import { resendVariables } from '../support/mailing/mailingSite.ts'
import { startEmulator, type EmulatorProcess } from '../support/processes/startEmulator.ts'
import type { TestProcess } from '../support/processes/startProcess.ts'
import { STARTED, startWorker } from '../support/processes/startWorker.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { until } from '../support/until.ts'

type Id = string | number

const READERS = Array.from({ length: 5_000 }, (_, number) => `reader-${number}@example.com`)
const TITLE = 'Till alla'
const SLUG = 'en-gammal-artikel'

let emulator: EmulatorProcess
let server: RunningServer
let second: TestProcess
let anyone: Rest
let editor: Rest

beforeAll(async () => {
  emulator = await startEmulator({ flags: ['--latency', '300', '--enforce-rate'] })
  server = await startServer(resendVariables(emulator.url))
  anyone = httpAs(server)
  editor = (await registerEditor(server.baseUrl)).rest
  await editor('POST', '/globals/site', {
    name: 'Provet',
    senderName: 'Provet',
    senderEmail: 'brev@example.com',
    postalAddress: 'Provgatan 1, 111 11 Stockholm',
    holdSeconds: 0,
  })
  await editor('POST', '/articles', article({ title: 'En gammal artikel', slug: SLUG }))
  await importAddresses({ server, emails: READERS })
  // The server has started one; this is another on the same file.
  second = startWorker({ environment: { ...server.environment, NODE_ENV: 'production' } })
  await second.printed(STARTED)
})
afterAll(async () => {
  second?.kill('SIGTERM')
  await second?.ended
  await server?.stop()
  await emulator?.stop()
})

describe('one SQLite file, with two workers that send', () => {
  it('answers every request of editors and readers meanwhile, and everybody is mailed once', async () => {
    const leavers = await readLeavers()
    const mailed = await create('/articles?draft=true', { ...article({ title: TITLE }), _status: 'draft' })
    const crowd = startCrowd(visitors(leavers))
    await editor('PATCH', `/articles/${mailed}`, { _status: 'published', newsletter: { send: true } })
    const { id } = await until('the campaign is submitted', async () => {
      const { body } = await editor('GET', `/campaigns?where[article][equals]=${mailed}&depth=0`)
      return (body.docs as { id: Id; status: string }[]).find(({ status }) => status === 'submitted')
    })
    const visits = await crowd.leave()

    // Each kind of visitor was there, and nobody was turned away.
    expect(Object.keys(visits).sort()).toEqual(Object.keys(visitors(leavers)).sort())
    expect(Object.values(visits).flatMap((statuses) => statuses.filter((status) => status >= 300))).toEqual(
      [],
    )

    const mails = (await emulator.mails()).filter(({ subject }) => subject === TITLE)
    const addresses = mails.flatMap(({ to }) => to)
    const { body } = await anyone('GET', '/health')
    expect(body).toEqual({ status: 'ok' })
    const { body: campaign } = await editor('GET', `/campaigns/${id}?depth=0`)
    const counts = campaign.counts as Record<string, number>
    expect(addresses).toHaveLength(new Set(addresses).size)
    const left = new Set(leavers.map(({ email }) => email))
    const reached = new Set(addresses)
    expect(READERS.filter((email) => !reached.has(email) && !left.has(email))).toEqual([])
    expect(counts).toEqual({
      ...{ recipients: counts.recipients, submitted: addresses.length, excluded: counts.excluded },
      ...{ rejected: 0, uncertain: 0, delivered: 0, bounced: 0, complained: 0 },
    })
    expect(addresses.length + (counts.excluded ?? 0)).toBe(counts.recipients)
  })
})

const article = ({ title, slug }: { title: string; slug?: string }) => ({
  title,
  ...(slug !== undefined && { slug }),
  content: paragraph('En text.'),
  newsletter: { send: false },
  _status: 'published',
})

async function create(path: string, data: object): Promise<Id> {
  const { status, body } = await editor('POST', path, data)
  if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`)
  return (body.doc as { id: Id }).id
}

const IN_AN_HOUR = new Date(Date.now() + 3_600_000)

interface Leaver {
  id: Id
  linkKey: string | null
  email: string
}

/** Some of the readers; they leave one after the other. */
async function readLeavers(): Promise<Leaver[]> {
  const { body } = await editor('GET', '/subscribers?limit=300&depth=0&sort=-id')
  const keys = await linkKeysOf(server.env)
  return (body.docs as Leaver[]).map((doc) => ({ ...doc, linkKey: keys.get(String(doc.id)) ?? null }))
}

/** What each kind of visitor does again and again: the status of one answer. */
function visitors(leavers: Leaver[]): Record<string, (number: number) => Promise<number>> {
  const { payloadSecret: secret } = server.env
  const token = ({ id, linkKey }: Leaver, purpose: 'leave' | 'preferences') =>
    makeReaderToken({
      secret,
      purpose,
      subscriberId: String(id),
      linkKey,
      expiresAt: purpose === 'leave' ? null : IN_AN_HOUR,
      data: null,
    })
  const statusOf = async (answer: ReturnType<Rest>) => (await answer).status
  const leaver = (number: number) => leavers[number % leavers.length] ?? { id: 0, linkKey: null, email: '' }
  let draft: Promise<Id> | null = null
  return {
    readBySlug: () => statusOf(anyone('GET', `/articles?where[slug][equals]=${SLUG}&limit=1&depth=1`)),
    readPage: async () => (await fetch(`${server.baseUrl}/sv/articles/${SLUG}`)).status,
    leave: (number) => statusOf(anyone('POST', `/unsubscribe?token=${token(leaver(number), 'leave')}`)),
    choose: (number) =>
      statusOf(
        anyone('PATCH', `/preferences?token=${token(leaver(number), 'preferences')}`, {
          name: `Läsare ${number}`,
        }),
      ),
    join: (number) =>
      statusOf(
        editor('POST', '/subscribers', { email: `late-${number}@example.com`, consentSource: 'the tests' }),
      ),
    save: async (number) => {
      draft ??= create('/articles?draft=true', { ...article({ title: 'Ett utkast' }), _status: 'draft' })
      const path = `/articles/${await draft}?draft=true&autosave=true`
      return statusOf(editor('PATCH', path, { title: `Ett utkast ${number}` }))
    },
    publish: (number) => statusOf(editor('POST', '/articles', article({ title: `Artikel ${number}` }))),
  }
}

/** Every visitor comes again as soon as they were answered. */
function startCrowd(kinds: ReturnType<typeof visitors>): { leave: () => Promise<Record<string, number[]>> } {
  const visits: Record<string, number[]> = {}
  let isOver = false
  const coming = Object.entries(kinds).map(async ([kind, visit]) => {
    for (let number = 0; !isOver; number++) (visits[kind] ??= []).push(await visit(number))
  })
  return {
    leave: async () => {
      isOver = true
      await Promise.all(coming)
      return visits
    },
  }
}
