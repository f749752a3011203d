import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { ClaimedBatch, Draw, Id } from '../../../src/newsletter/model.ts'
import { CONTROL_MOVES } from '../../../src/newsletter/rules/controls.ts'
import { isDrawn } from '../../../src/newsletter/rules/drawCanary.ts'
import { CANARY_SILENT, UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import {
  claimedBatch,
  mailNextBatch,
  openCampaign,
  snapshot,
  startedCampaign,
} from '../../support/flow/builders.ts'
import { readerEmail, type StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PEOPLE = 400
const A_FIFTH: Draw = { offset: 7, threshold: '333333' }
/** Of five readers in batches of two: the first batch. */
const CANARY = { batches: 1, mails: 2, minutes: 30 }

describe.each(storeRigs())('the store in $name: the canary of a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const snapshotParts = async (
    campaignId: Id,
    { draw, between = async () => undefined }: { draw: Draw; between?: () => Promise<unknown> },
  ) => {
    const given = { campaignId, worker: 'a', batchSize: 10 }
    const mails = (await snapshot(rig, { ...given, part: { of: 'canary', draw } })) ?? 0
    const batches = Math.ceil(mails / 10)
    await between()
    const rest = await snapshot(rig, { ...given, part: { of: 'rest', draw }, firstBatch: batches })
    return { mails, batches, rest: rest ?? 0 }
  }

  describe('an audience of two parts', () => {
    it('has everybody once, in the part that their key says, and as large a canary as was asked for, about', async () => {
      await rig.addSubscribers(PEOPLE)
      const id = await startedCampaign(rig, { worker: 'a' })
      const { mails, batches, rest } = await snapshotParts(id, { draw: A_FIFTH })
      const deliveries = await rig.deliveries(id)
      expect(mails + rest).toBe(PEOPLE)
      expect(new Set(deliveries.map(({ email }) => email)).size).toBe(PEOPLE)
      expect(
        deliveries.filter(({ linkKey, batchNumber }) => isDrawn(linkKey, A_FIFTH) !== batchNumber < batches),
      ).toEqual([])
      expect([mails > 40, mails < 120]).toEqual([true, true])
    })

    it('is of full batches, the canary’s first; only the last of each part may be short', async () => {
      await rig.addSubscribers(PEOPLE)
      const id = await startedCampaign(rig, { worker: 'a' })
      const { mails, batches, rest } = await snapshotParts(id, { draw: A_FIFTH })
      const sizes = new Map<number, number>()
      for (const { batchNumber, position } of await rig.addressees(id)) {
        expect(position).toBe(sizes.get(batchNumber) ?? 0)
        sizes.set(batchNumber, position + 1)
      }
      const full = (count: number) => [
        ...Array.from({ length: Math.floor(count / 10) }, () => 10),
        ...(count % 10 > 0 ? [count % 10] : []),
      ]
      expect([...sizes.values()]).toEqual([...full(mails), ...full(rest)])
      expect((await rig.batches(id)).map(({ number }) => number)).toEqual(
        Array.from({ length: batches + Math.ceil(rest / 10) }, (_, number) => number),
      )
    })

    it('is drawn from all ages', async () => {
      await rig.addSubscribers(PEOPLE)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a', part: { of: 'canary', draw: A_FIFTH } })
      const drawn = (await rig.addressees(id)).map(({ email }) => email).sort()
      expect([
        drawn.some((email) => email < readerEmail(100)),
        drawn.some((email) => email >= readerEmail(300)),
      ]).toEqual([true, true])
    })

    it('has nobody twice who changes between the parts, and everybody who was there all the time', async () => {
      const work = await rig.addTopic('arbete')
      const stays: Id[] = []
      for (let reader = 0; reader < 20; reader++) stays.push(await rig.addSubscriber({ topicIds: [work] }))
      const id = await startedCampaign(rig, { worker: 'a' })
      const { mails, rest } = await snapshotParts(id, {
        draw: { offset: 3, threshold: '800000' },
        between: async () => {
          for (let reader = 0; reader < 20; reader++) await rig.addSubscriber({ topicIds: [work] })
          await rig.setSubscriber(stays.pop() ?? '', { status: 'unsubscribed' })
          await rig.setSubscriber(stays.pop() ?? '', { email: 'moved@example.com' })
        },
      })
      const reached = (await rig.deliveries(id)).map(({ subscriberId }) => subscriberId)
      expect(reached).toHaveLength(mails + rest)
      expect(new Set(reached).size).toBe(reached.length)
      expect(stays.filter((subscriber) => !reached.includes(subscriber))).toEqual([])
    })

    it('has somebody without a key of their own in the rest', async () => {
      const keyless = await rig.addSubscriber()
      await rig.setSubscriber(keyless, { linkKey: null })
      const id = await startedCampaign(rig, { worker: 'a' })
      const parts = await snapshotParts(id, { draw: { offset: 0, threshold: 'ffffff' } })
      expect(parts).toEqual({ mails: 0, batches: 0, rest: 1 })
    })
  })

  const inCanary = async () => {
    await rig.addSubscribers(5)
    return openCampaign(rig, { batchSize: 2, canary: CANARY })
  }
  const claim = (time: string, worker = 'w') => rig.store.claimBatch({ now: at(time), lease: lease(worker) })
  const stateOf = async (id: Id) => {
    const { status, canary, problem } = await rig.campaign(id)
    return {
      status,
      problem: problem?.code ?? null,
      waitsUntil: canary?.waitsUntil ?? null,
      endedAt: canary?.endedAt ?? null,
    }
  }
  const due = (time: string) => rig.store.findDueCanaries({ now: at(time) })
  const waiting = async () => {
    const id = await inCanary()
    await mailNextBatch(rig, { time: '08:03', fates: [] })
    await rig.store.awaitCanary({ id, until: at('08:33'), now: at('08:03') })
    return id
  }
  const move = (id: Id, control: keyof typeof CONTROL_MOVES, time: string) =>
    rig.store.moveCampaign({ id, ...CONTROL_MOVES[control], now: at(time) })

  it('is fixed when the campaign opens, and there is none without it', async () => {
    const id = await inCanary()
    const without = await openCampaign(rig, { batchSize: 2 })
    expect([await rig.campaign(id), await rig.campaign(without)]).toEqual([
      expect.objectContaining({ status: 'canary', canary: { ...CANARY, waitsUntil: null, endedAt: null } }),
      expect.objectContaining({ status: 'submitting', canary: null }),
    ])
  })

  it('is all that is mailed until it is over; then the rest follows', async () => {
    const id = await inCanary()
    const first = await mailNextBatch(rig, { time: '08:03', fates: [] })
    const none = [await claim('08:04')]
    await rig.store.awaitCanary({ id, until: at('08:33'), now: at('08:04') })
    none.push(await claim('08:34'))
    await rig.store.endCanary({ id, problem: null, now: at('08:34') })
    const rest = [await claim('08:34', 'x'), await claim('08:34', 'y'), await claim('08:34', 'z')]
    expect([first.number, none, rest.map((batch) => batch?.number)]).toEqual([
      0,
      [null, null],
      [1, 2, undefined],
    ])
  })

  it('is found when all of it is mailed, and once more when its wait is over', async () => {
    const id = await inCanary()
    const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
    const found = [await due('08:04')]
    await rig.store.settleBatch({ id: batch.id, token: 'a', results: [], now: at('08:04') })
    found.push(await due('08:04'))
    await rig.store.awaitCanary({ id, until: at('08:34'), now: at('08:04') })
    // A second worker comes late.
    await rig.store.awaitCanary({ id, until: at('09:00'), now: at('08:30') })
    found.push(await due('08:33'), await due('08:34'))
    expect(found).toEqual([
      [],
      [{ id, minutes: 30, waitsUntil: null }],
      [],
      [{ id, minutes: 30, waitsUntil: at('08:34') }],
    ])
  })

  it('ends once, and not before its wait is over', async () => {
    const id = await waiting()
    const end = (time: string) => rig.store.endCanary({ id, problem: null, now: at(time) })
    expect([await end('08:32'), await end('08:33'), await end('08:34')]).toEqual([false, true, false])
    expect(await stateOf(id)).toEqual({
      status: 'submitting',
      problem: null,
      waitsUntil: at('08:33'),
      endedAt: at('08:33'),
    })
  })

  it('that ends with a problem pauses the campaign; who resumes it mails the rest', async () => {
    const id = await waiting()
    await rig.store.endCanary({ id, problem: CANARY_SILENT, now: at('08:33') })
    const paused = await stateOf(id)
    const claimed = [await claim('08:34')]
    await move(id, 'resume', '09:00')
    claimed.push(await claim('09:00'))
    expect(paused).toMatchObject({ status: 'paused', problem: 'canary_silent', endedAt: at('08:33') })
    expect(await stateOf(id)).toMatchObject({ status: 'submitting', problem: null })
    expect(claimed.map((batch) => batch?.number)).toEqual([undefined, 1])
  })

  it('goes on where it was when staff pause it and resume it: while it is mailed', async () => {
    const id = await inCanary()
    const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
    await move(id, 'pause', '08:03')
    const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
    await rig.store.giveBack({ tokens: ['a'] })
    const whilePaused = [(await stateOf(id)).status, await claim('08:04'), await due('08:04')]
    await move(id, 'resume', '08:05')
    const { number } = await mailNextBatch(rig, { time: '08:05', fates: [] })
    expect([sealed, whilePaused, number]).toEqual([null, ['paused', null, []], 0])
    expect(await stateOf(id)).toMatchObject({ status: 'canary', endedAt: null })
    expect(await claim('08:06')).toBeNull()
  })

  it('goes on where it was when staff pause it and resume it: while it waits', async () => {
    const id = await waiting()
    await move(id, 'pause', '08:10')
    const isEnded = await rig.store.endCanary({ id, problem: null, now: at('08:40') })
    await move(id, 'resume', '08:20')
    expect([isEnded, await stateOf(id), await due('08:32'), (await due('08:33')).length]).toEqual([
      false,
      { status: 'canary', problem: null, waitsUntil: at('08:33'), endedAt: null },
      [],
      1,
    ])
  })

  it('is over when staff have the rest mailed at once, before or while it waits', async () => {
    const mailing = await inCanary()
    const moved = [await move(mailing, 'send-now', '08:03')]
    const claimed = [await claim('08:03', 'x'), await claim('08:03', 'y')].map((batch) => batch?.number)
    await rig.clear()
    const id = await waiting()
    moved.push(await move(id, 'send-now', '08:10'), await move(id, 'send-now', '08:11'))
    expect([moved, claimed, (await claim('08:10'))?.number]).toEqual([[true, true, false], [0, 1], 1])
    expect(await stateOf(id)).toMatchObject({ status: 'submitting', endedAt: at('08:10') })
    await move(id, 'pause', '08:12')
    await move(id, 'resume', '08:13')
    expect((await stateOf(id)).status).toBe('submitting')
  })

  it('is closed whole, with the rest, when staff cancel it', async () => {
    const id = await waiting()
    await move(id, 'cancel', '08:10')
    const claimed = [await claim('08:11', 'x'), await claim('08:11', 'y'), await claim('08:11', 'z')]
    expect(claimed.map((batch) => batch && [batch.number, batch.isCancelled])).toEqual([
      [1, true],
      [2, true],
      null,
    ])
  })

  it('waits for a provider, says so, and stops when somebody has to mend something', async () => {
    const id = await inCanary()
    const problem = { code: 'unreachable', message: 'The provider is away.' }
    await rig.store.holdCampaign({ id, until: at('08:10'), problem, now: at('08:03') })
    const held = [(await stateOf(id)).problem, await claim('08:09')]
    await rig.store.clearProblem({ id, now: at('08:10') })
    const cleared = (await stateOf(id)).problem
    await rig.store.stopCampaign({ id, problem, now: at('08:11') })
    const stopped = await stateOf(id)
    await move(id, 'resume', '08:12')
    expect([held, cleared, stopped.status, stopped.endedAt, (await stateOf(id)).status]).toEqual([
      ['unreachable', null],
      null,
      'paused',
      null,
      'canary',
    ])
  })

  it('lets nobody call a batch that is not of it, whoever holds one', async () => {
    const id = await inCanary()
    await move(id, 'send-now', '08:03')
    const [of, other] = [await claimedBatch(rig, { worker: 'a', time: '08:03' }), await claim('08:03', 'b')]
    // No move leads there: a canary is over for good.
    await rig.setCampaign(id, { status: 'paused' })
    await rig.setCampaign(id, { status: 'canary' })
    const seal = (batch: ClaimedBatch | null, token: string) =>
      batch && rig.store.sealBatch({ batch, token, callWith: 'memory', now: at('08:04') })
    expect([of.number, other?.number]).toEqual([0, 1])
    expect([(await seal(of, 'a'))?.recipients.length, await seal(other, 'b')]).toEqual([2, null])
  })

  it('keeps a campaign from finishing, also without a rest', async () => {
    await rig.addSubscribers(2)
    const id = await openCampaign(rig, { batchSize: 2, canary: CANARY })
    await mailNextBatch(rig, { time: '08:03', fates: [] })
    const finish = () => rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:40') })
    const before = [await rig.store.findDrainedCampaigns(), await finish()]
    await rig.store.awaitCanary({ id, until: at('08:33'), now: at('08:03') })
    await rig.store.endCanary({ id, problem: null, now: at('08:33') })
    expect([before, await rig.store.findDrainedCampaigns(), await finish()]).toEqual([
      [[], null],
      [id],
      'submitted',
    ])
  })

  it('is late only in what a worker could do: its mails, and when its wait is over', async () => {
    const id = await inCanary()
    const dueSince = async (time: string) => (await rig.store.readPulse({ now: at(time) })).oldestDueAt
    const since = [await dueSince('08:02')]
    await mailNextBatch(rig, { time: '08:03', fates: [] })
    since.push(await dueSince('08:03'))
    await rig.store.awaitCanary({ id, until: at('08:33'), now: at('08:03') })
    since.push(await dueSince('08:32'), await dueSince('08:40'))
    expect(since).toEqual([at('08:02'), at('08:02'), null, at('08:33')])
  })

  it('keeps a later edition of its article waiting', async () => {
    const id = await waiting()
    const { articleId } = await rig.campaign(id)
    await rig.addCampaign({ articleId, edition: 2, audience: 'joined_since', editionTopicIds: [] })
    expect(await rig.store.claimCampaign({ now: at('08:40'), lease: lease('w') })).toBeNull()
  })
})
