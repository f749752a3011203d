import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { EMULATOR_SECRET } from '../../emulator/webhooks/sign.ts'
import type { Health } from '../../src/endpoints/health.ts'
import type { Campaign, Delivery, Subscriber, Suppression } from '../../src/payload-types.ts'
import { serverDatabases } from '../support/databases.ts'
import { registerEditor } from '../support/http.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { until } from '../support/until.ts'

/** What the emulator tells of each is in its address. */
const ADDRESSES = [
  'ada@example.com',
  'bounced@example.com',
  'complained@example.com',
  'delayed@example.com',
  'failed@example.com',
  'soft-bounced@example.com',
  'suppressed@example.com',
]

let emulator: ResendEmulator
let server: RunningServer
let editor: Rest
let admin: Rest

describe.each(serverDatabases())(
  'on $name, what becomes of mails, told twice each and in no order',
  ({ variables }) => {
    beforeAll(async () => {
      emulator = await startResendEmulator({ apiKey: 're_test' })
      server = await startServer({
        ...variables(),
        MAILER: 'resend',
        RESEND_API_KEY: 're_test',
        RESEND_BASE_URL: emulator.url,
        RESEND_WEBHOOK_SECRET: EMULATOR_SECRET,
      })
      Object.assign(emulator.settings, {
        webhookUrl: `${server.baseUrl}/api/webhooks/resend`,
        webhookCopies: 2,
        isWebhookOrderShuffled: true,
      })
      const staff = await registerEditor(server.baseUrl)
      editor = staff.rest
      admin = staff.admin
      await ok(
        editor('POST', '/globals/site', {
          name: 'Provet',
          senderName: 'Provet',
          senderEmail: 'brev@example.com',
          postalAddress: 'Provgatan 1, 111 11 Stockholm',
          holdSeconds: 0,
        }),
      )
      for (const email of ADDRESSES)
        await ok(editor('POST', '/subscribers', { email, consentSource: 'the tests' }))
    })
    afterAll(async () => {
      await server.stop()
      await emulator.stop()
    })

    it('is on the deliveries, the campaign and the subscribers', async () => {
      const { id } = await publish('Ett')
      await emulator.webhooksSettled()
      expect(new Set(emulator.webhooks.flatMap(({ posts }) => posts.map(({ status }) => status)))).toEqual(
        new Set([200]),
      )
      await until('no event waits for a worker', async () => {
        const { body } = await ok(editor('GET', '/health'))
        return (body.events as Health['events'])?.waiting === 0 ? true : undefined
      })
      const { docs: deliveries } = await list<Delivery>('/deliveries?sort=email&limit=100&depth=0')
      expect(deliveries.map(({ email, ...facts }) => [email, ...factsOf(facts)])).toEqual([
        ['ada@example.com', 'delivered'],
        ['bounced@example.com', 'bounced'],
        ['complained@example.com', 'delivered', 'complained'],
        ['delayed@example.com', 'delivered', 'delayed'],
        ['failed@example.com', 'failed'],
        ['soft-bounced@example.com', 'bounced'],
        ['suppressed@example.com', 'failed'],
      ])
      const { body } = await ok(editor('GET', `/campaigns/${id}?depth=0`))
      expect(body.counts).toEqual({
        ...{ recipients: 7, submitted: 7, rejected: 0, excluded: 0, uncertain: 0 },
        ...{ delivered: 3, bounced: 2, complained: 1 },
      })
      expect(await suppressions()).toEqual([
        ['bounced@example.com', 'bounced'],
        ['complained@example.com', 'complained'],
        ['suppressed@example.com', 'provider'],
      ])
      const { docs: subscribers } = await list<Subscriber>(
        '/subscribers?where[status][equals]=suppressed&sort=email&depth=0',
      )
      expect(subscribers.map(({ email }) => email)).toEqual([
        'bounced@example.com',
        'complained@example.com',
        'suppressed@example.com',
      ])
    })

    it('keeps the next newsletter from them, until an admin lets one go, of which the provider is told', async () => {
      await callList('POST', '', { email: 'bounced@example.com' })
      const before = emulator.mails.length
      await publish('Två')
      expect(
        emulator.mails
          .slice(before)
          .flatMap(({ to }) => to)
          .toSorted(),
      ).toEqual(['ada@example.com', 'delayed@example.com', 'failed@example.com', 'soft-bounced@example.com'])
      const { docs } = await list<Suppression>('/suppressions?where[email][equals]=bounced@example.com')
      await ok(admin('POST', `/suppressions/${docs[0]?.id}/lift`, { reason: 'Hörde av sig' }))
      await until('the provider is told', async () =>
        (await callList('GET', '/bounced%40example.com')).status === 404 ? true : undefined,
      )
    })
  },
)

const FACTS = ['delivered', 'delayed', 'bounced', 'complained', 'failed'] as const

const factsOf = (facts: Partial<Delivery>): string[] => FACTS.filter((fact) => facts[`${fact}At`])

async function publish(title: string): Promise<Campaign> {
  const draft = { title, content: paragraph('En text.'), _status: 'draft' }
  const { body } = await ok(editor('POST', '/articles?draft=true', draft))
  const { id } = body.doc as { id: number | string }
  await ok(editor('PATCH', `/articles/${id}`, { _status: 'published' }))
  return until('the campaign is submitted', async () => {
    const { docs } = await list<Campaign>(`/campaigns?where[article][equals]=${id}&depth=0`)
    return docs[0]?.status === 'submitted' ? docs[0] : undefined
  })
}

async function suppressions() {
  const { docs } = await list<Suppression>('/suppressions?sort=email&depth=0')
  return docs.map(({ email, reason }) => [email, reason])
}

const list = async <Row>(path: string): Promise<{ docs: Row[] }> => {
  const { body } = await ok(editor('GET', path))
  return { docs: body.docs as Row[] }
}

async function ok(answer: ReturnType<Rest>): ReturnType<Rest> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return { status, body }
}

/** The provider's own list. */
const callList = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${emulator.url}/suppressions${path}`, {
    method,
    headers: { authorization: 'Bearer re_test', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
