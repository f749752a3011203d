import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Id, Outcome } from '../../src/newsletter/model.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'

const DOWN: Outcome = {
  kind: 'later',
  afterMs: null,
  problem: { code: 'provider_down', message: 'The provider is down.' },
}
const QUOTA = { code: 'daily_quota_exceeded', message: 'The quota of the day is used up.' }
const TAKEN: Outcome = { kind: 'answered', results: [{ kind: 'accepted', providerId: null }] }
const LOST: Outcome = {
  kind: 'unknown',
  problem: { code: 'answer_lost', message: 'The answer was lost on the way.' },
}

/** A newsroom whose provider meets every call with `answer` while there is one, and takes it when there is none. */
async function newsroomInOutage({ readers, batchSize }: { readers: number; batchSize: number }) {
  const room = newsroom({ batchSize })
  const ids: Id[] = []
  for (let number = 0; number < readers; number++)
    ids.push(await room.rig.addSubscriber({ email: readerEmail(number) }))
  const article = await room.publish()
  const provider: { answer: ((call: number) => Outcome) | null } = { answer: null }
  const tries: { key: string; second: number }[] = []
  const time = { second: 0 }
  const mailer: typeof room.mailer = {
    ...room.mailer,
    send: async (call) => {
      tries.push({ key: call.key, second: time.second })
      return provider.answer ? provider.answer(tries.length) : room.mailer.send(call)
    },
  }
  const work = async (seconds: number) => {
    for (const end = time.second + seconds; time.second < end; time.second++) {
      await drainFlow({ ...room.flow(), mailer })
      room.clock.pass(1)
    }
  }
  return { room, article, ids, provider, tries, work }
}

describe('a reader who leaves during an outage', () => {
  const mailed = async (answer: Outcome) => {
    const { room, article, ids, provider, tries, work } = await newsroomInOutage({ readers: 4, batchSize: 4 })
    provider.answer = () => answer
    await work(600)
    await room.rig.setSubscriber(ids[1] ?? '', { status: 'unsubscribed' })
    await work(600)
    provider.answer = null
    await work(61)
    const { status, counts, id } = room.campaignOf(article)
    const reasons = (await room.rig.deliveries(id)).map(({ reason }) => reason)
    const keys = tries.map(({ key }) => key)
    return { status, counts, reasons, keys, to: recipientsOf(room.mailer.mails) }
  }

  it('that takes no call gets no mail; the others get one', async () => {
    const { keys, ...end } = await mailed(DOWN)
    expect(end).toEqual({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 3, excluded: 1 },
      reasons: [null, 'unsubscribed', null, null],
      to: [0, 2, 3].map(readerEmail),
    })
    // Other bytes, perhaps: never under a key that was used.
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('that may have taken the call still gets it: the same bytes under the same key', async () => {
    const { keys, ...end } = await mailed(LOST)
    expect(end).toEqual({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 4 },
      reasons: [null, null, null, null],
      to: [0, 1, 2, 3].map(readerEmail),
    })
    expect(new Set(keys).size).toBe(1)
  })
})

describe('an outage while a campaign of 600 batches is mailed', () => {
  const open = () => newsroomInOutage({ readers: 600, batchSize: 1 })
  const GROWING = [0, 2, 6, 18, 54, 114, 174, 234, 294, 354, 414, 474, 534, 594]

  it.each<[string, (call: number) => Outcome]>([
    ['takes no call', () => DOWN],
    ['answers nothing', () => LOST],
    ['says something else each time', (call) => (call % 2 ? LOST : DOWN)],
  ])('in which the provider %s: it is asked less and less often', async (_, answer) => {
    const { provider, tries, work } = await open()
    provider.answer = answer
    await work(600)
    expect(tries.map(({ second }) => second)).toEqual(GROWING)
  })

  it('in which nothing is answered puts few batches in doubt: the same is tried again first', async () => {
    const { provider, tries, work } = await open()
    provider.answer = () => LOST
    await work(600)
    const keys = tries.map(({ key }) => key)
    expect([keys.length, new Set(keys).size]).toEqual([GROWING.length, 4])
  })

  it('is over a minute at most after it is mended: everybody has one mail', async () => {
    const { room, article, provider, work } = await open()
    provider.answer = () => DOWN
    await work(600)
    provider.answer = null
    await work(61)
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      problem: null,
      counts: { ...NO_COUNTS, recipients: 600, submitted: 600 },
    })
    expect(new Set(recipientsOf(room.mailer.mails)).size).toBe(room.mailer.mails.length)
  })

  it('is followed by a short pause when it comes back after an answer', async () => {
    const { provider, tries, work } = await open()
    provider.answer = (call) => (call === 6 ? TAKEN : DOWN)
    await work(135)
    // The sixth call, after two minutes, is answered; the next one follows at once.
    expect(tries.map(({ second }) => second)).toEqual([...GROWING.slice(0, 6), 114, 116, 120, 132])
  })
})

describe('a provider that is away for 25 hours', () => {
  const HOURS_25 = 25 * 3600
  const DAY_MS = 24 * 3_600_000

  /** One that forgets keys after a day; the time passes a minute at a time. */
  const mailedAfter = async (answer: Outcome) => {
    const room = newsroom({ batchSize: 2, repeatableMs: DAY_MS })
    await room.rig.addSubscribers(6)
    const article = await room.publish()
    const calls: string[] = []
    const send: typeof room.mailer.send = async (call) => {
      calls.push(call.key)
      return answer
    }
    for (let second = 0; second < HOURS_25; second += 60) {
      await drainFlow({ ...room.flow(), mailer: { ...room.mailer, send } })
      room.clock.pass(60)
    }
    const stuck = room.campaignOf(article)
    await drainFlow(room.flow())
    const { status, problem, counts } = room.campaignOf(article)
    return { stuck, status, problem, counts, to: recipientsOf(room.mailer.mails), calls }
  }

  it('and takes nothing: everybody gets one mail when it is back', async () => {
    const { stuck, calls, ...end } = await mailedAfter(DOWN)
    expect([stuck.status, stuck.problem?.code]).toEqual(['submitting', 'provider_down'])
    expect(calls.length).toBeLessThanOrEqual(25 * 60)
    expect(end).toEqual({
      status: 'submitted',
      problem: null,
      counts: { ...NO_COUNTS, recipients: 6, submitted: 6 },
      to: [0, 1, 2, 3, 4, 5].map(readerEmail),
    })
  })

  it('and may have taken one call: only that batch is uncertain, and staff are asked', async () => {
    const { to, counts, status, problem, calls } = await mailedAfter(LOST)
    const uncertain = counts.uncertain
    expect({ status, code: problem?.code }).toEqual({ status: 'paused', code: 'uncertain_deliveries' })
    expect(counts).toEqual({ ...NO_COUNTS, recipients: 6, submitted: to.length, uncertain })
    expect(to.length + uncertain).toBe(6)
    // Those of which nobody can know: the batches that were tried at all.
    expect(uncertain).toBe(2 * new Set(calls).size)
  })
})

describe('a mailer that is changed while a campaign is mailed', () => {
  it('for one that takes fewer mails a call: the batches are parted, and everybody gets one mail', async () => {
    const room = newsroom({ batchSize: 5 })
    await room.rig.addSubscribers(12)
    const article = await room.publish()
    room.mailer.answerNext(DOWN)
    await drainFlow(room.flow())
    room.clock.pass(61)
    const oneByOne = memoryMailer({ batchSize: 1, repeatableMs: 0 })
    await drainFlow({ ...room.flow(), mailer: oneByOne })
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 12, submitted: 12 },
    })
    expect(oneByOne.calls.map(({ mails }) => mails.length)).toEqual(Array(12).fill(1))
    expect(recipientsOf(oneByOne.mails).sort()).toEqual(Array.from({ length: 12 }, (_, n) => readerEmail(n)))
  })

  it('for another account while a call is in doubt: that batch is uncertain, nobody gets two', async () => {
    const room = newsroom({ batchSize: 2 })
    await room.rig.addSubscribers(4)
    const article = await room.publish()
    room.mailer.answerNext({ kind: 'lost' })
    await drainFlow(room.flow())
    room.clock.pass(61)
    const another = { ...memoryMailer({ batchSize: 2 }), account: 'another' }
    await drainFlow({ ...room.flow(), mailer: another })
    expect(room.campaignOf(article)).toMatchObject({
      status: 'paused',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 2, uncertain: 2 },
    })
    expect([...recipientsOf(room.mailer.mails), ...recipientsOf(another.mails)]).toEqual(
      [0, 1, 2, 3].map(readerEmail),
    )
  })
})

describe('calls that are about to be made when the provider says to wait', () => {
  it('are not made: the batches are given back', async () => {
    const room = newsroom({ batchSize: 1 })
    await room.rig.addSubscribers(4)
    const article = await room.publish()
    while (await prepareNextCampaign(room.flow()));
    const flow = room.flow()
    // Claimed and waiting for its place, while the call of another is answered with a wait.
    const waitForCall: typeof flow.pace.waitForCall = async () => {
      room.mailer.answerNext({ kind: 'later', afterMs: 600_000, problem: QUOTA })
      await sendNextBatch(room.flow())
      return flow.pace.waitForCall()
    }
    await sendNextBatch({ ...flow, pace: { ...flow.pace, waitForCall } })
    const batches = await room.rig.batches(room.campaignOf(article).id)
    expect(room.mailer.calls).toHaveLength(1)
    expect(batches.filter(({ leaseToken, inDoubtSince }) => leaseToken ?? inDoubtSince)).toEqual([])
  })

  it('an answer that comes after it does not take the reason away', async () => {
    const room = newsroom({ batchSize: 1 })
    await room.rig.addSubscribers(4)
    const article = await room.publish()
    while (await prepareNextCampaign(room.flow()));
    room.mailer.answerNext(DOWN)
    await sendNextBatch(room.flow())
    room.clock.pass(3)
    const flow = room.flow()
    const send: typeof flow.mailer.send = async (call) => {
      room.mailer.answerNext({ kind: 'later', afterMs: 600_000, problem: QUOTA })
      await sendNextBatch(room.flow())
      return flow.mailer.send(call)
    }
    await sendNextBatch({ ...flow, mailer: { ...flow.mailer, send } })
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitting', problem: QUOTA })
  })
})

describe('a database that stumbles after the provider said yes', () => {
  it('costs nothing: the answer is written a moment later, also with a mailer without keys', async () => {
    const room = newsroom({ batchSize: 2, repeatableMs: 0 })
    await room.rig.addSubscribers(2)
    const article = await room.publish()
    const { store, ...flow } = room.flow()
    const stumbles = { left: 3 }
    const settleBatch: typeof store.settleBatch = async (move) => {
      stumbles.left -= 1
      if (stumbles.left >= 0) throw new Error('SQLITE_BUSY')
      return store.settleBatch(move)
    }
    await drainFlow({ ...flow, store: { ...store, settleBatch } })
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 2, submitted: 2 },
    })
    expect(room.mailer.calls).toHaveLength(1)
  })
})

describe('a mail that cannot be made', () => {
  it('pauses its campaign with the reason, and makes nobody uncertain', async () => {
    const room = newsroom({ batchSize: 2, repeatableMs: 0 })
    await room.rig.addSubscribers(4)
    const article = await room.publish()
    const { store, ...flow } = room.flow()
    const readMailing: typeof store.readMailing = async (id) => ({
      ...(await store.readMailing(id)),
      mails: {} as never,
    })
    await drainFlow({ ...flow, store: { ...store, readMailing } })
    const broken = room.campaignOf(article)
    await controlCampaign(room.flow(), { id: broken.id, control: 'resume', by: 'editor' })
    await drainFlow(room.flow())
    expect([broken.status, broken.problem?.code]).toEqual(['paused', 'mail_not_made'])
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 4, submitted: 4 },
    })
  })
})
