import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { MongoError } from 'mongodb'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Id, Outcome } from '../../src/newsletter/model.ts'
import type { Flow } from '../../src/newsletter/ports.ts'
import { flowLanes, work } from '../../src/newsletter/work.ts'
import type { TestDatabase } from '../support/databases.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import { drainFlow, newsroom, recipientsOf, type Content, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail, type StoreRig } from '../support/flow/storeRig.ts'
import { isLong } from '../support/longRun.ts'
import { describeOnMongo, urlOf } from '../support/mongoDatabase.ts'
import { openCutDatabase, type CutDatabase } from '../support/proxy/cutDatabase.ts'
import { everyCut } from '../support/proxy/everyCut.ts'

const BATCH = 5
/** Two batches make every kind of call; four make most of them twice as often. */
const READERS = BATCH * (isLong ? 4 : 2)
const EVERYBODY = Array.from({ length: READERS }, (_, number) => readerEmail(number))

interface Mailing {
  room: Newsroom
  flow: Flow<Content>
  campaign: Id
}

describeOnMongo('a mailing by way of a connection to $name that is cut', (kind) => {
  let database: TestDatabase
  let rig: StoreRig
  let cut: CutDatabase
  beforeAll(async () => {
    rig = await databaseRigKind({ ...kind, open: async () => (database = await kind.open()) }).open()
    cut = await openCutDatabase(urlOf(database))
  })
  afterAll(async () => {
    await cut.close()
    await rig.close()
  })
  beforeEach(() => cut.proxy.count(null))

  /** A new campaign; its worker reaches the database through the proxy alone. */
  const newMailing = async ({ readers = READERS, batchSize = BATCH } = {}): Promise<Mailing> => {
    await rig.clear()
    await rig.addSubscribers(readers)
    const room = newsroom({ batchSize })
    const articleId = await rig.addArticle()
    room.rig.rows.articles.push({
      id: articleId,
      isPublished: true,
      wantsNewsletter: true,
      savedAt: new Date(),
    })
    const campaign = await rig.addCampaign({ articleId })
    return { room, flow: { ...room.flow(), store: cut.store }, campaign }
  }

  const endOf = async ({ room, campaign }: Mailing) => {
    const { status, counts } = await rig.campaign(campaign)
    const batches = await rig.batches(campaign)
    return {
      status,
      submitted: counts.submitted,
      batches: batches.map((batch) => batch.status),
      // One key for each batch, whatever was tried: the one in its row.
      keysOfCalls: [...new Set(room.mailer.calls.map(({ key }) => key))].sort(),
      keysOfRows: batches.map(({ idempotencyKey }) => idempotencyKey).sort(),
      mailed: recipientsOf(room.mailer.mails).sort(),
    }
  }

  const whole = async ({ campaign }: Mailing) => {
    const keys = (await rig.batches(campaign)).map(({ idempotencyKey }) => idempotencyKey).sort()
    return {
      status: 'submitted',
      submitted: READERS,
      batches: Array(READERS / BATCH).fill('settled'),
      keysOfCalls: keys,
      keysOfRows: keys,
      mailed: EVERYBODY,
    }
  }

  it('at any call, before it or after it, gives everybody one mail', async () => {
    const uncut = await newMailing()
    cut.proxy.count(null)
    await drainFlow(uncut.flow)
    const calls = [...cut.proxy.calls]
    expect(await endOf(uncut)).toEqual(await whole(uncut))
    for (const at of everyCut(calls.length, { oneIn: 4 })) {
      const mailing = await newMailing()
      cut.proxy.count(at)
      await drainThrough(mailing)
      const where = { ...at, command: calls[at.call] }
      expect({ where, ...(await endOf(mailing)) }).toEqual({ where, ...(await whole(mailing)) })
    }
  }, 300_000)

  it('at any call while some are mailed once more gives each of them one more mail, nobody else', async () => {
    const remailed = async () => {
      const mailing = await newMailing({ readers: 6, batchSize: 2 })
      const { room, flow, campaign } = mailing
      const answer = answered('accepted', 'unknown')
      room.mailer.answerNext(answer, answer, answered('accepted', 'accepted'))
      await drainFlow(flow)
      const by = await rig.editor()
      await controlCampaign({ ...flow, store: rig.store }, { id: campaign, control: 'mail-again', by })
      return mailing
    }
    const endOfRemailed = async ({ room, campaign }: Mailing) => ({
      status: (await rig.campaign(campaign)).status,
      fates: (await rig.deliveries(campaign)).map(({ status }) => status),
      mailed: recipientsOf(room.mailer.mails).sort(),
      keys: new Set(room.mailer.calls.map(({ key }) => key)).size,
    })
    const uncut = await remailed()
    cut.proxy.count(null)
    await drainFlow(uncut.flow)
    const calls = [...cut.proxy.calls]
    for (const at of everyCut(calls.length, { oneIn: 6 })) {
      const mailing = await remailed()
      cut.proxy.count(at)
      await drainThrough(mailing)
      const where = { ...at, command: calls[at.call] }
      expect({ where, ...(await endOfRemailed(mailing)) }).toEqual({
        where,
        status: 'submitted',
        fates: Array(6).fill('submitted'),
        mailed: EVERYBODY.slice(0, 6),
        keys: 5,
      })
    }
  }, 300_000)

  it('when the provider has said yes, makes the same call again: the same key, the same mails', async () => {
    const mailing = await newMailing()
    const { room, flow } = mailing
    const send: Flow['mailer']['send'] = async (call) => {
      const outcome = await room.mailer.send(call)
      if (room.mailer.calls.length === 1) cut.proxy.refuse()
      return outcome
    }
    const failing = drainFlow({ ...flow, mailer: { ...room.mailer, send } })
    await expect(failing).rejects.toThrow(MongoError)
    cut.proxy.pass()
    room.clock.pass(61)
    await drainFlow(flow)
    const [first, second] = room.mailer.calls
    expect(second).toEqual(first)
    expect(await endOf(mailing)).toEqual(await whole(mailing))
  })

  it('for a while is logged by the worker, which goes on by itself', async () => {
    const mailing = await newMailing()
    const { room, flow, campaign } = mailing
    const stop = new AbortController()
    const tooLate = new Date(room.clock.now().getTime() + 86_400_000)
    const logged: string[] = []
    let isCut = false
    const send: Flow['mailer']['send'] = async (call) => {
      if (room.mailer.calls.length === 1 && !isCut) {
        isCut = true
        cut.proxy.refuse()
      }
      return room.mailer.send(call)
    }
    const log: Flow['log'] = (event, facts) => {
      logged.push(event === 'step.failed' ? `${event} ${facts?.step}` : event)
      if (logged.filter((line) => line === 'step.failed send').length === 3) cut.proxy.pass()
      if (event === 'campaign.finished') stop.abort()
    }
    await work({
      lanes: flowLanes({ ...flow, mailer: { ...room.mailer, send }, log }),
      log,
      signal: stop.signal,
      sleep: async (ms) => {
        room.clock.pass(ms / 1000)
        // A mailing that stands still tells how it stands, in place of a test that never ends.
        if (room.clock.now() > tooLate) stop.abort()
        await new Promise((resolve) => setTimeout(resolve, 5))
      },
    })
    expect(logged.filter((line) => line === 'step.failed send').length).toBeGreaterThanOrEqual(3)
    expect(await endOf(mailing)).toEqual(await whole({ ...mailing, campaign }))
  })
})

const answered = (...fates: ('accepted' | 'unknown')[]): Outcome => ({
  kind: 'answered',
  results: fates.map((fate) =>
    fate === 'accepted'
      ? { kind: 'accepted', providerId: null }
      : { kind: 'unknown', code: 'dropped', detail: null },
  ),
})

/** Does what a worker does, also when it cannot reach its rows for a moment: it rests, and leases end meanwhile. */
async function drainThrough({ flow, room }: Mailing): Promise<void> {
  try {
    await drainFlow(flow)
  } catch (error) {
    if (!(error instanceof MongoError)) throw error
    room.clock.pass(61)
    await drainFlow(flow)
  }
}
