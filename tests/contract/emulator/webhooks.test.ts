import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Resend } from 'resend'
import type { Settings } from '../../../emulator/settings.ts'
import { startResendEmulator, type ResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { callEmulator, email } from '../../support/emulator/callEmulator.ts'
import {
  startWebhookReceiver,
  type ReceivedWebhook,
  type WebhookReceiver,
} from '../../support/emulator/webhookReceiver.ts'

const SECRET = `whsec_${Buffer.from('a key of the test').toString('base64')}`

let receiver: WebhookReceiver
let emulator: ResendEmulator
const start = async ({ seed = 1, ...settings }: Partial<Settings> & { seed?: number } = {}) => {
  emulator = await startResendEmulator({
    webhookSecret: SECRET,
    seed,
    settings: { webhookUrl: receiver.url, webhookBackoffMs: [1, 1], ...settings },
  })
}
beforeEach(async () => {
  receiver = await startWebhookReceiver()
})
afterEach(async () => {
  await emulator.stop()
  await receiver.stop()
})

const send = async (...emails: unknown[]) => {
  await callEmulator({ url: emulator.url, path: '/emails/batch', body: emails })
  await emulator.webhooksSettled()
}
const types = () => receiver.received.map(({ event }) => event.type)
const ids = () => receiver.received.map(({ id }) => id)
const unique = (list: string[]) => [...new Set(list)]

describe('a webhook', () => {
  const verify = ({ payload, id, timestamp, signature }: ReceivedWebhook, secret = SECRET) =>
    new Resend('re_test').webhooks.verify({
      payload,
      headers: { id, timestamp, signature },
      webhookSecret: secret,
    })

  it('is signed so that the SDK of Resend takes it', async () => {
    await start()
    await send(email('delivered@resend.dev'))
    expect(receiver.received.map((webhook) => verify(webhook))).toEqual(
      receiver.received.map(({ event }) => event),
    )
    expect(types()).toEqual(['email.sent', 'email.delivered'])
  })

  it('is not taken with another secret, nor with another body', async () => {
    await start()
    await send(email('delivered@resend.dev'))
    const [webhook] = receiver.received as [ReceivedWebhook]
    expect(() => verify(webhook, `whsec_${Buffer.from('another').toString('base64')}`)).toThrow()
    expect(() => verify({ ...webhook, payload: `${webhook.payload} ` })).toThrow()
  })

  it('has the shape that Resend documents, with the tags as an object', async () => {
    await start()
    const tags = [
      { name: 'campaign', value: '7' },
      { name: 'locale', value: 'sv' },
    ]
    await send(email('Åsa <bounced+7@resend.dev>', { tags }))
    expect(receiver.received.at(-1)?.event).toEqual({
      type: 'email.bounced',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: {
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
        email_id: emulator.mails[0]?.id,
        message_id: `<${emulator.mails[0]?.id}@emulator.invalid>`,
        from: 'Brev <brev@utskick.example>',
        to: ['Åsa <bounced+7@resend.dev>'],
        subject: 'Hej',
        bounce: { type: 'Permanent', subType: 'General', message: expect.any(String) },
        tags: { campaign: '7', locale: 'sv' },
      },
    })
  })

  it.each([
    ['anna@lasare.se', ['email.sent', 'email.delivered']],
    ['anna@bounced.example', ['email.sent', 'email.bounced']],
    ['soft-bounced@resend.dev', ['email.sent', 'email.bounced']],
    ['complained+1@resend.dev', ['email.sent', 'email.delivered', 'email.complained']],
    ['anna@delayed.example', ['email.sent', 'email.delivery_delayed', 'email.delivered']],
    ['anna@failed.example', ['email.failed']],
    ['suppressed@resend.dev', ['email.suppressed']],
    ['anna@silent.example', []],
  ])('of a mail to %s is %j, in this order', async (address, expected) => {
    await start()
    await send(email(address))
    expect(types()).toEqual(expected)
  })

  it('comes once for a mail that was sent twice under one key', async () => {
    await start()
    const call = { url: emulator.url, body: email(), headers: { 'idempotency-key': 'k1' } }
    await callEmulator(call)
    await callEmulator(call)
    await emulator.webhooksSettled()
    expect(types()).toEqual(['email.sent', 'email.delivered'])
  })
})

describe('a webhook that is not answered 2xx', () => {
  it('comes again with the same svix-id, until it is', async () => {
    await start()
    receiver.answerNext(500, 302)
    await send(email('anna@suppressed.example'))
    expect(ids()).toEqual(Array.from({ length: 3 }, () => emulator.webhooks[0]?.id))
    expect(emulator.webhooks.map(({ state, posts }) => [state, posts.map(({ status }) => status)])).toEqual([
      ['taken', [500, 302, 200]],
    ])
  })

  it('is given up after the last attempt', async () => {
    await start()
    receiver.answerNext(500, 500, 500)
    await send(email('anna@suppressed.example'))
    expect(emulator.webhooks.map(({ state }) => state)).toEqual(['given-up'])
    expect(emulator.counts().webhooks).toEqual({ events: 1, posts: 3, taken: 0, givenUp: 1, pending: 0 })
  })

  it('is given up when nobody listens', async () => {
    await start()
    await receiver.stop()
    await send(email('anna@suppressed.example'))
    expect(emulator.webhooks.map(({ posts }) => posts.map(({ status }) => status))).toEqual([
      [null, null, null],
    ])
  })
})

describe('webhooks', () => {
  const readers = (count: number) => Array.from({ length: count }, (_, n) => email(`a${n}@example.com`))

  it('come as often as is asked, each with its own svix-id', async () => {
    await start({ webhookCopies: 3 })
    await send(...readers(10))
    expect(receiver.received.length).toBe(60)
    expect(unique(ids()).map((id) => ids().filter((each) => each === id).length)).toEqual(
      Array.from({ length: 20 }, () => 3),
    )
  })

  it('of one mail come in order, unless they are shuffled', async () => {
    const delivered = ({ event }: ReceivedWebhook) => event.type === 'email.delivered'
    const countEarly = () =>
      receiver.received.filter((webhook, place) => {
        const mail = webhook.event.data.email_id
        const later = receiver.received.slice(place).filter(({ event }) => event.data.email_id === mail)
        return delivered(webhook) && later.length === 2
      }).length
    await start()
    await send(...readers(50))
    expect([receiver.received.length, countEarly()]).toEqual([100, 0])

    receiver.received.length = 0
    emulator.settings.isWebhookOrderShuffled = true
    await send(...readers(50))
    expect(receiver.received.length).toBe(100)
    expect(countEarly()).toBeGreaterThan(5)
  })

  it('are not posted while there is nowhere to post to', async () => {
    await start({ webhookUrl: null })
    await send(email())
    expect([receiver.received, emulator.webhooks]).toEqual([[], []])
  })

  it('can be posted by hand, a week later', async () => {
    await start()
    await send(email('anna@silent.example'))
    const emailId = emulator.mails[0]?.id
    const post = (body: unknown) =>
      callEmulator({ url: emulator.url, path: '/_emulator/webhooks', body }).then(({ status }) => status)
    expect(await post({ emailId, type: 'email.bounced', bounce: 'Transient' })).toBe(200)
    await emulator.webhooksSettled()
    expect(receiver.received.map(({ event: { type, data } }) => [type, data.email_id, data.bounce])).toEqual([
      ['email.bounced', emailId, expect.objectContaining({ type: 'Transient', subType: 'MailboxFull' })],
    ])
    expect(await post({ emailId: 'another', type: 'email.bounced' })).toBe(422)
    expect(await post({ emailId, type: 'email.read' })).toBe(422)
  })
})
