import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { CanarySetting, Outcome } from '../../src/newsletter/model.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import type { Control } from '../../src/newsletter/rules/controls.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { chance, interleave } from '../support/flow/interleave.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { pairsOf, seeds } from '../support/longRun.ts'

const READERS = 60
const EVERYBODY = Array.from({ length: READERS }, (_, number) => readerEmail(number))
const SETTING: CanarySetting = { percent: 40, minutes: 30 }
const WAIT_SECONDS = 30 * 60

/** Published, with about 24 of 60 readers in its canary, in batches of ten. */
async function published(options: Parameters<typeof newsroom>[0] = {}, readers = READERS) {
  const room = newsroom({ batchSize: 10, ...options })
  room.site.canary = { ...SETTING }
  await room.rig.addSubscribers(readers)
  return { room, article: await room.publish() }
}

/** The same, with all of the canary mailed. */
async function watched(options: Parameters<typeof newsroom>[0] = {}) {
  const newspaper = await published(options)
  await drainFlow(newspaper.room.flow())
  return newspaper
}

const control = (room: Newsroom, article: string, name: Control) =>
  controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: name, by: 'editor' })

const mailed = ({ mailer }: Newsroom) => recipientsOf(mailer.mails).sort()

async function pass(room: Newsroom, seconds: number): Promise<void> {
  room.clock.pass(seconds)
  await drainFlow(room.flow())
}

const stateOf = (room: Newsroom, article: string) => {
  const { status, problem, canary } = room.campaignOf(article)
  return { status, problem: problem?.code ?? null, isOver: canary !== null && canary.endedAt !== null }
}

describe('a mailing with a canary', () => {
  it('first goes to about as many as the setting says, then waits, then to the rest by itself', async () => {
    const { room, article } = await watched()
    const whileMailed = room.campaignOf(article)
    const first = mailed(room)
    await pass(room, WAIT_SECONDS - 1)
    const stillFirst = mailed(room)
    await pass(room, 1)
    const batches = Math.ceil(first.length / 10)
    expect(whileMailed).toMatchObject({
      status: 'canary',
      canary: { batches, mails: first.length, minutes: 30, waitsUntil: at('08:30'), endedAt: null },
    })
    expect([first.length > 15, first.length < 35, stillFirst]).toEqual([true, true, first])
    expect([mailed(room), stateOf(room, article)]).toEqual([
      EVERYBODY,
      { status: 'submitted', problem: null, isOver: true },
    ])
    expect(room.campaignOf(article).counts).toEqual({
      ...NO_COUNTS,
      recipients: READERS,
      submitted: READERS,
    })
  })

  it('takes other people the next time', async () => {
    const { room } = await watched()
    const first = mailed(room)
    await pass(room, WAIT_SECONDS)
    await room.publish()
    await drainFlow(room.flow())
    const second = recipientsOf(room.mailer.mails.slice(READERS)).sort()
    expect([second.length > 15, second.length < 35]).toEqual([true, true])
    expect(second).not.toEqual(first)
  })

  it('asks when nothing is told, and mails the rest when staff resume it', async () => {
    const { room, article } = await watched()
    room.site.hasEvents = false
    const first = mailed(room)
    await pass(room, WAIT_SECONDS)
    await pass(room, WAIT_SECONDS)
    const asked = [stateOf(room, article), mailed(room)]
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect(asked).toEqual([{ status: 'paused', problem: 'canary_silent', isOver: true }, first])
    expect([mailed(room), room.campaignOf(article).status]).toEqual([EVERYBODY, 'submitted'])
  })

  it('decides nothing while events that came in are not applied', async () => {
    const { room, article } = await watched()
    room.site.hasEvents = null
    await pass(room, WAIT_SECONDS)
    const before = stateOf(room, article)
    room.site.hasEvents = true
    await drainFlow(room.flow())
    expect([before.status, room.campaignOf(article).status]).toEqual(['canary', 'submitted'])
  })

  it('asks the guard once more before the rest follows', async () => {
    const { room, article } = await watched()
    const first = mailed(room)
    const guard = async (id: string) => {
      const row = room.rig.rows.campaigns.find((campaign) => campaign.id === id)
      if (row?.canary)
        Object.assign(row, { status: 'paused', canary: { ...row.canary, endedAt: at('08:30') } })
    }
    room.clock.pass(WAIT_SECONDS)
    await drainFlow({ ...room.flow(), guard })
    expect([room.campaignOf(article).status, mailed(room)]).toEqual(['paused', first])
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect([mailed(room), room.campaignOf(article).status]).toEqual([EVERYBODY, 'submitted'])
  })

  it('that staff pause goes on where it was: it waits as long as it would have', async () => {
    const { room, article } = await watched()
    await control(room, article, 'pause')
    await pass(room, 600)
    await control(room, article, 'resume')
    await pass(room, 600)
    const waiting = stateOf(room, article)
    await pass(room, 600)
    expect([waiting.status, stateOf(room, article).status, mailed(room)]).toEqual([
      'canary',
      'submitted',
      EVERYBODY,
    ])
  })

  it('that staff cancel mails nobody else, and says of everybody what became of them', async () => {
    const { room, article } = await watched()
    const first = mailed(room)
    await control(room, article, 'cancel')
    await pass(room, WAIT_SECONDS)
    const { status, counts, finishedAt } = room.campaignOf(article)
    expect([status, finishedAt !== null, mailed(room)]).toEqual(['cancelled', true, first])
    expect(counts).toEqual({
      ...NO_COUNTS,
      recipients: READERS,
      submitted: first.length,
      excluded: READERS - first.length,
    })
  })

  it('mails the rest at once when staff say so', async () => {
    const { room, article } = await watched()
    await control(room, article, 'send-now')
    await drainFlow(room.flow())
    expect([mailed(room), stateOf(room, article)]).toEqual([
      EVERYBODY,
      { status: 'submitted', problem: null, isOver: true },
    ])
  })

  it('stays in its canary while the provider refuses, until somebody has mended that', async () => {
    const { room, article } = await published()
    const refused: Outcome = { kind: 'refused', problem: { code: 'key_refused', message: 'Another key.' } }
    room.mailer.answerNext(refused)
    await drainFlow(room.flow())
    const stopped = stateOf(room, article)
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect([stopped, stateOf(room, article).status]).toEqual([
      { status: 'paused', problem: 'key_refused', isOver: false },
      'canary',
    ])
    await pass(room, WAIT_SECONDS)
    expect(mailed(room)).toEqual(EVERYBODY)
  })

  it('keeps its canary whatever is set meanwhile', async () => {
    const { room, article } = await watched()
    room.site.canary = { percent: 10, minutes: 5 }
    await pass(room, 600)
    const longer = stateOf(room, article).status
    room.site.canary = null
    await pass(room, 600)
    expect([longer, stateOf(room, article).status]).toEqual(['canary', 'canary'])
  })

  it('keeps a later edition waiting, which has a canary of its own', async () => {
    const { room, article } = await watched()
    await pass(room, WAIT_SECONDS)
    const asked = await room.followUp(article, { audience: 'correction', corrects: 1 })
    await drainFlow(room.flow())
    const later = room.rig.rows.campaigns.find(({ edition }) => edition === 2)
    expect([asked.kind, later?.status, later?.canary?.minutes]).toEqual(['begun', 'canary', 30])
    expect(room.mailer.mails.length).toBe(READERS + (later?.canary?.mails ?? 0))
    await pass(room, WAIT_SECONDS)
    expect([room.mailer.mails.length, later?.status]).toEqual([2 * READERS, 'submitted'])
  })
})

describe('a mailing has no canary', () => {
  it('with a mailer that reports nothing, and says so in the log', async () => {
    const { room, article } = await published({ reportsEvents: false })
    await drainFlow(room.flow())
    expect([mailed(room), room.campaignOf(article)]).toEqual([
      EVERYBODY,
      expect.objectContaining({ status: 'submitted', canary: null }),
    ])
    expect(room.log).toContain('campaign.without_canary')
  })

  it('to so few that the first part would be half of them', async () => {
    const { room, article } = await published({}, 39)
    await drainFlow(room.flow())
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', canary: null })
  })

  it('unless staff want one', async () => {
    const { room, article } = await published()
    room.site.canary = null
    await drainFlow(room.flow())
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', canary: null })
  })
})

describe('a worker that is killed while there is a canary', () => {
  /** Few calls: two batches of the canary at most. */
  const inLargeBatches = () => published({ batchSize: 30 })
  /** Everything from the article to the end; the wait passes. */
  const mailAll = async (room: Newsroom, flow = room.flow()) => {
    await drainFlow(flow)
    room.clock.pass(WAIT_SECONDS)
    await drainFlow(flow)
  }
  const mailWithKills = async (room: Newsroom, kills: Kill[], end: () => Promise<unknown>) => {
    for (const kill of kills) {
      await mailAll(room, killedFlow(room.flow(), kill).flow).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      room.clock.pass(61)
    }
    await end()
  }
  const endOf = async (room: Newsroom, article: string) => {
    const { id, status, problem } = room.campaignOf(article)
    const fates = (await room.rig.deliveries(id)).map(({ email, status: fate }) => `${email} ${fate}`)
    return { status, problem, fates: fates.sort(), mailed: mailed(room) }
  }
  const allIsWell = {
    status: 'submitted',
    problem: null,
    fates: EVERYBODY.map((email) => `${email} submitted`),
    mailed: EVERYBODY,
  }
  const everyKill = async () => {
    const { room } = await inLargeBatches()
    const { flow, calls } = killedFlow(room.flow(), null)
    await mailAll(room, flow)
    expect(calls).toEqual(
      expect.arrayContaining(['countAudience', 'findDueCanaries', 'awaitCanary', 'endCanary']),
    )
    return calls.flatMap((_, call): Kill[] => [
      { call, when: 'before' },
      { call, when: 'after' },
    ])
  }

  it('before or after any call is followed by one that makes it good: everybody has one mail', async () => {
    for (const kill of await everyKill()) {
      const { room, article } = await inLargeBatches()
      await mailWithKills(room, [kill], () => mailAll(room))
      expect({ kill, ...(await endOf(room, article)) }).toEqual({ kill, ...allIsWell })
    }
  })

  it('twice is made good as well', async () => {
    // Of so many pairs one in seven again.
    const pairs = pairsOf(await everyKill()).filter((_, index) => index % 7 === 0)
    for (const [first, second] of pairs) {
      const { room, article } = await inLargeBatches()
      await mailWithKills(room, [first, second], () => mailAll(room))
      expect({ first, second, ...(await endOf(room, article)) }).toEqual({ first, second, ...allIsWell })
    }
  })

  it('of which nothing is told leaves a question, and nobody twice when it is answered', async () => {
    for (const kill of await everyKill()) {
      const { room, article } = await inLargeBatches()
      room.site.hasEvents = false
      await mailWithKills(room, [kill], async () => {
        await mailAll(room)
        await control(room, article, 'resume')
        await drainFlow(room.flow())
      })
      expect({ kill, ...(await endOf(room, article)) }).toEqual({ kill, ...allIsWell })
    }
  })

  it('is one of two that work at once, however they take turns, while staff pause and resume', async () => {
    for (const seed of seeds({ short: 25, long: 150 })) {
      const random = chance(seed)
      const { room, article } = await inLargeBatches()
      await interleave({
        flows: [room.flow(), room.flow()],
        run: async (flow) => {
          await drainFlow(flow)
          room.clock.pass(WAIT_SECONDS)
          await drainFlow(flow)
        },
        random,
        onTurn: async () => {
          if (random() < 0.05) room.clock.pass(61)
          if (random() < 0.05) await control(room, article, 'pause')
          if (random() < 0.1) await control(room, article, 'resume')
        },
      })
      await control(room, article, 'resume')
      await mailAll(room)
      room.clock.pass(61)
      await mailAll(room)
      expect({ seed, ...(await endOf(room, article)) }).toEqual({ seed, ...allIsWell })
    }
  })
})

it('a batch of a canary that is in doubt keeps its place: the rest waits for it', async () => {
  const { room, article } = await published()
  while (await prepareNextCampaign(room.flow()));
  room.mailer.answerNext({ kind: 'lost' })
  await sendNextBatch(room.flow())
  room.clock.pass(1)
  await drainFlow(room.flow())
  const { canary } = room.campaignOf(article)
  const doubtful = (await room.rig.batches(room.campaignOf(article).id)).filter(
    ({ inDoubtSince, status }) => status === 'pending' && inDoubtSince !== null,
  )
  room.clock.pass(61)
  await drainFlow(room.flow())
  expect([canary?.waitsUntil, doubtful.map(({ number }) => number)]).toEqual([null, [0]])
  expect(room.campaignOf(article).canary?.waitsUntil).toEqual(
    new Date(room.clock.now().getTime() + 1_800_000),
  )
})
