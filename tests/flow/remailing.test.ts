import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { MailResult, Outcome } from '../../src/newsletter/model.ts'
import { allowedControls, type Control } from '../../src/newsletter/rules/controls.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { pairsOf } from '../support/longRun.ts'

const accepted: MailResult = { kind: 'accepted', providerId: null }
const rejected: MailResult = { kind: 'rejected', code: 'invalid_to', detail: 'Not an address.' }
const unknown: MailResult = { kind: 'unknown', code: 'dropped', detail: null }
const answered = (...results: MailResult[]): Outcome => ({ kind: 'answered', results })

/** Four readers in batches of two; of each batch the first got the mail, and the second met `fate`. */
async function mailedWith(fate: MailResult) {
  const room = newsroom()
  const readers = []
  for (const number of [0, 1, 2, 3])
    readers.push(await room.rig.addSubscriber({ email: readerEmail(number) }))
  room.mailer.answerNext(answered(accepted, fate), answered(accepted, fate))
  const article = await room.publish()
  await drainFlow(room.flow())
  return { room, article, readers }
}

const control = (room: Newsroom, article: string, name: Control) =>
  controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: name, by: 'editor' })

async function endOf(room: Newsroom, article: string) {
  const campaign = room.campaignOf(article)
  const deliveries = await room.rig.deliveries(campaign.id)
  return {
    status: campaign.status,
    counts: campaign.counts,
    decision: campaign.decision,
    fates: deliveries.map(({ status }) => status),
    mailed: recipientsOf(room.mailer.mails),
  }
}

const SECONDS = [readerEmail(1), readerEmail(3)]
const FIRSTS = [readerEmail(0), readerEmail(2)]

describe('a campaign of whose recipients some are uncertain', () => {
  it('is not submitted: it asks staff', async () => {
    const { room, article } = await mailedWith(unknown)
    const { status, problem, counts, finishedAt } = room.campaignOf(article)
    expect({ status, code: problem?.code, counts, finishedAt }).toEqual({
      status: 'paused',
      code: 'uncertain_deliveries',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 2, uncertain: 2 },
      finishedAt: null,
    })
    expect(allowedControls({ status, problemCode: problem?.code ?? null, counts })).toEqual([
      'cancel',
      'mail-again',
      'leave',
    ])
  })

  it('that are left: it is submitted and says who decided so, and when', async () => {
    const { room, article } = await mailedWith(unknown)
    room.clock.pass(60)
    const isLeft = await control(room, article, 'leave')
    await drainFlow(room.flow())
    expect(isLeft).toBe(true)
    expect(await endOf(room, article)).toEqual({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 2, uncertain: 2 },
      decision: { kind: 'leave', at: at('08:01'), by: 'editor' },
      fates: ['submitted', 'uncertain', 'submitted', 'uncertain'],
      mailed: FIRSTS,
    })
  })

  it('that are mailed again: those and nobody else, under keys of their own', async () => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'mail-again')
    await drainFlow(room.flow())
    const keys = room.mailer.calls.map(({ key }) => key)
    expect(new Set(keys).size).toBe(4)
    expect(await endOf(room, article)).toEqual({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 4 },
      decision: { kind: 'mail_again', at: at('08:00'), by: 'editor' },
      fates: ['submitted', 'submitted', 'submitted', 'submitted'],
      mailed: [...FIRSTS, ...SECONDS],
    })
  })

  it('that stay uncertain a second time: it asks again', async () => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'mail-again')
    room.mailer.answerNext(answered(unknown), answered(accepted))
    await drainFlow(room.flow())
    const asked = await endOf(room, article)
    await control(room, article, 'mail-again')
    await drainFlow(room.flow())
    expect([asked.status, asked.fates]).toEqual([
      'paused',
      ['submitted', 'uncertain', 'submitted', 'submitted'],
    ])
    expect((await endOf(room, article)).mailed).toEqual([...FIRSTS, readerEmail(3), readerEmail(1)])
  })

  it('of whom one has left meanwhile: that one stays uncertain and gets no mail', async () => {
    const { room, article, readers } = await mailedWith(unknown)
    await room.rig.setSubscriber(readers[1] ?? '', { status: 'unsubscribed' })
    await control(room, article, 'mail-again')
    await drainFlow(room.flow())
    const { fates, mailed } = await endOf(room, article)
    expect(mailed).toEqual([...FIRSTS, readerEmail(3)])
    expect(fates).toEqual(['submitted', 'uncertain', 'submitted', 'submitted'])
  })

  it('that was left can still be mailed again, days later', async () => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'leave')
    await drainFlow(room.flow())
    room.clock.pass(5 * 24 * 3600)
    const isRemailed = await control(room, article, 'mail-again')
    await drainFlow(room.flow())
    expect(isRemailed).toBe(true)
    expect((await endOf(room, article)).mailed).toEqual([...FIRSTS, ...SECONDS])
  })

  it('cancelled while they are mailed again: who was uncertain stays so', async () => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'mail-again')
    const flow = room.flow()
    const isReopened = async () => (await room.rig.batches(room.campaignOf(article).id)).some(isPending)
    while (!(await isReopened()))
      await flow.store.reopenBatches({ id: room.campaignOf(article).id, now: flow.clock.now() })
    await sendNextBatch(flow)
    await control(room, article, 'cancel')
    await drainFlow(room.flow())
    const { status, fates, mailed } = await endOf(room, article)
    expect({ status, fates, mailed }).toEqual({
      status: 'cancelled',
      fates: ['submitted', 'submitted', 'submitted', 'uncertain'],
      mailed: [...FIRSTS, readerEmail(1)],
    })
  })
})

const isPending = ({ status }: { status: string }) => status === 'pending'

describe('a campaign of whose recipients some were refused', () => {
  it('is submitted, and retries those when it is told to, days later too', async () => {
    const { room, article } = await mailedWith(rejected)
    const first = await endOf(room, article)
    room.clock.pass(3 * 24 * 3600)
    await control(room, article, 'retry')
    await drainFlow(room.flow())
    expect(first).toMatchObject({ status: 'submitted', mailed: FIRSTS })
    expect(await endOf(room, article)).toEqual({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 4 },
      decision: null,
      fates: ['submitted', 'submitted', 'submitted', 'submitted'],
      mailed: [...FIRSTS, ...SECONDS],
    })
  })

  it('retries nobody when nobody was refused', async () => {
    const room = newsroom()
    await room.rig.addSubscribers(2)
    const article = await room.publish()
    await drainFlow(room.flow())
    expect([await control(room, article, 'retry'), await control(room, article, 'mail-again')]).toEqual([
      false,
      false,
    ])
  })
})

describe('a worker that is killed while some are mailed again', () => {
  const remail = async (kills: Kill[]) => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'mail-again')
    for (const kill of kills) {
      await drainFlow(killedFlow(room.flow(), kill).flow).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      room.clock.pass(61)
    }
    await drainFlow(room.flow())
    return endOf(room, article)
  }

  it('at any two calls is made good: each of them has one more mail, nobody else has', async () => {
    const { room, article } = await mailedWith(unknown)
    await control(room, article, 'mail-again')
    const { flow, calls } = killedFlow(room.flow(), null)
    await drainFlow(flow)
    const kills = calls.flatMap((_, call) => [
      { call, when: 'before' } as const,
      { call, when: 'after' } as const,
    ])
    for (const [first, second] of pairsOf(kills)) {
      const { status, fates, mailed } = await remail([first, second])
      expect({ first, second, status, fates, mailed: mailed.toSorted() }).toEqual({
        first,
        second,
        status: 'submitted',
        fates: ['submitted', 'submitted', 'submitted', 'submitted'],
        mailed: [0, 1, 2, 3].map(readerEmail),
      })
    }
  })
})
