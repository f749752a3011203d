import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import type { Control } from '../../src/newsletter/rules/controls.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'

/** Five readers in batches of two, of which the first is sent. */
async function halfway(options: { repeatableMs?: number } = {}) {
  const room = newsroom(options)
  await room.rig.addSubscribers(5)
  const article = await room.publish()
  await prepareNextCampaign(room.flow())
  await sendNextBatch(room.flow())
  return { room, article }
}

const control = (room: Newsroom, article: string, name: Control) =>
  controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: name, by: 'editor' })

const fates = async ({ rig, campaignOf }: Newsroom, article: string) =>
  (await rig.deliveries(campaignOf(article).id)).map(({ status, reason }) =>
    reason === null ? status : `${status} ${reason}`,
  )

describe('a campaign that is paused', () => {
  it('sends nothing until it is resumed, and then the rest', async () => {
    const { room, article } = await halfway()
    await control(room, article, 'pause')
    await drainFlow(room.flow())
    const paused = [room.campaignOf(article).status, room.mailer.calls.length]
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect(paused).toEqual(['paused', 1])
    expect(room.campaignOf(article).status).toBe('submitted')
    expect(recipientsOf(room.mailer.mails)).toEqual([0, 1, 2, 3, 4].map(readerEmail))
  })

  it('while a call is in flight records its outcome', async () => {
    const { room, article } = await halfway()
    const flow = room.flow()
    const send = async (call: Parameters<typeof flow.mailer.send>[0]) => {
      await control(room, article, 'pause')
      return flow.mailer.send(call)
    }
    await sendNextBatch({ ...flow, mailer: { ...flow.mailer, send } })
    expect(await room.countsOf(article)).toEqual({ ...NO_COUNTS, recipients: 5, submitted: 4 })
    expect(room.campaignOf(article).status).toBe('paused')
  })

  it('right before a call does not make that call, and loses nothing', async () => {
    const { room, article } = await halfway()
    const flow = room.flow()
    const waitForCall = async () => {
      await control(room, article, 'pause')
      return flow.pace.waitForCall()
    }
    await sendNextBatch({ ...flow, pace: { ...flow.pace, waitForCall } })
    const calls = room.mailer.calls.length
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect(calls).toBe(1)
    expect(recipientsOf(room.mailer.mails)).toEqual([0, 1, 2, 3, 4].map(readerEmail))
  })

  it.each(['scheduled', 'preparing'] as const)(
    'while it is %s mails nobody, and later the article as it is then',
    async (status) => {
      const room = newsroom()
      await room.rig.addSubscribers(3)
      const article = await room.publish()
      const { articles, ...flow } = room.flow()
      if (status === 'scheduled') await control(room, article, 'pause')
      await drainFlow({
        ...flow,
        renderer: {
          render: async (input) => {
            await control(room, article, 'pause')
            return flow.renderer.render(input)
          },
        },
        articles,
      })
      const paused = room.campaignOf(article)
      room.site.title = 'Ny rubrik'
      await control(room, article, 'resume')
      await drainFlow(room.flow())
      expect(paused).toMatchObject({ status: 'paused', mailing: null, subject: null, leaseToken: null })
      expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', subject: 'Ny rubrik (sv)' })
      expect(recipientsOf(room.mailer.mails)).toEqual([0, 1, 2].map(readerEmail))
    },
  )

  it('cannot be paused twice, nor when it is through', async () => {
    const { room, article } = await halfway()
    const first = await control(room, article, 'pause')
    const again = await control(room, article, 'pause')
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect([first, again, await control(room, article, 'pause')]).toEqual([true, false, false])
  })
})

describe('a campaign that is cancelled', () => {
  it('mails nobody any more; everybody who is left has that as the reason', async () => {
    const { room, article } = await halfway()
    await control(room, article, 'cancel')
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails)).toEqual([readerEmail(0), readerEmail(1)])
    expect(await fates(room, article)).toEqual([
      'submitted',
      'submitted',
      'excluded cancelled',
      'excluded cancelled',
      'excluded cancelled',
    ])
    expect(room.campaignOf(article)).toMatchObject({
      status: 'cancelled',
      finishedAt: at('08:00'),
      counts: { ...NO_COUNTS, recipients: 5, submitted: 2, excluded: 3 },
    })
  })

  it('while a call is in flight records its outcome', async () => {
    const { room, article } = await halfway()
    const flow = room.flow()
    const send = async (call: Parameters<typeof flow.mailer.send>[0]) => {
      await control(room, article, 'cancel')
      await drainFlow(room.flow())
      return flow.mailer.send(call)
    }
    await sendNextBatch({ ...flow, mailer: { ...flow.mailer, send } })
    await drainFlow(room.flow())
    expect(await fates(room, article)).toEqual([
      'submitted',
      'submitted',
      'submitted',
      'submitted',
      'excluded cancelled',
    ])
  })

  it('after a call that stayed unanswered does not say that those mails were not sent', async () => {
    const { room, article } = await halfway()
    room.mailer.answerNext({ kind: 'lost' })
    await sendNextBatch(room.flow())
    await control(room, article, 'cancel')
    room.clock.pass(60)
    await drainFlow(room.flow())
    expect(await fates(room, article)).toEqual([
      'submitted',
      'submitted',
      'uncertain cancelled',
      'uncertain cancelled',
      'excluded cancelled',
    ])
    expect(room.mailer.calls).toHaveLength(2)
  })

  it('is not made uncertain by a worker that is killed while it records that', async () => {
    const { room, article } = await halfway()
    await control(room, article, 'cancel')
    const { store, ...flow } = room.flow()
    const away = { ...store, settleBatch: () => Promise.reject(new Error('killed')) }
    await expect(drainFlow({ ...flow, store: away })).rejects.toThrow('killed')
    room.clock.pass(61)
    await drainFlow(room.flow())
    expect(room.campaignOf(article).counts).toEqual({
      ...NO_COUNTS,
      recipients: 5,
      submitted: 2,
      excluded: 3,
    })
  })

  it('keeps the reason of those who had left before', async () => {
    const room = newsroom()
    const reader = await room.rig.addSubscriber()
    const article = await room.publish()
    await prepareNextCampaign(room.flow())
    await room.rig.setSubscriber(reader, { status: 'unsubscribed' })
    await control(room, article, 'cancel')
    await drainFlow(room.flow())
    expect(await fates(room, article)).toEqual(['excluded unsubscribed'])
  })

  it('before it was prepared mails nobody and is over', async () => {
    const room = newsroom()
    await room.rig.addSubscribers(2)
    const article = await room.publish()
    await control(room, article, 'cancel')
    await drainFlow(room.flow())
    expect(room.campaignOf(article)).toMatchObject({
      status: 'cancelled',
      finishedAt: at('08:00'),
      counts: NO_COUNTS,
    })
    expect(room.mailer.calls).toEqual([])
  })

  it('stays cancelled, whatever is done to its article', async () => {
    const { room, article } = await halfway()
    await control(room, article, 'cancel')
    await drainFlow(room.flow())
    room.unpublish(article)
    await room.publish(article)
    for (const name of ['resume', 'retry', 'pause', 'cancel'] as const)
      expect(await control(room, article, name)).toBe(false)
    await drainFlow(room.flow())
    expect(room.campaignOf(article).status).toBe('cancelled')
    expect(room.mailer.calls).toHaveLength(1)
  })
})
