import { beforeAll, describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Outcome } from '../../src/newsletter/model.ts'
import { startPace } from '../../src/newsletter/pace.ts'
import type { Flow } from '../../src/newsletter/ports.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { drainFlow, newsroom, recipientsOf, type Content, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { pairsOf } from '../support/longRun.ts'

const READERS = 3
const EVERYBODY = Array.from({ length: READERS }, (_, number) => readerEmail(number))

/** Three readers, batches of two. */
async function published(options: { repeatableMs?: number } = {}) {
  const room = newsroom(options)
  await room.rig.addSubscribers(READERS)
  return { room, article: await room.publish() }
}

/** A worker that is killed where the list says, each time followed by a new one after the lease; then one that lives. */
async function mailWithKills(
  room: Newsroom,
  kills: Kill[],
  beforeNext: () => Promise<unknown> = async () => undefined,
  atWork: (flow: Flow<Content>) => Flow<Content> = (flow) => flow,
): Promise<void> {
  for (const kill of kills) {
    await drainFlow(atWork(killedFlow(room.flow(), kill).flow)).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
    })
    room.clock.pass(61)
    await beforeNext()
  }
  await drainFlow(atWork(room.flow()))
}

/** The worker keeps the pace of a provider that names a limit; its waits pass the time. */
function paced(room: Newsroom, flow: Flow<Content>): Flow<Content> {
  const { store, clock } = flow
  const sleep = async (ms: number) => room.clock.pass(ms / 1000)
  const limit = () => ({ kind: 'limited', perSecond: 10 }) as const
  const mailer = { name: 'memory', connections: null, limit } as const
  return { ...flow, pace: startPace({ store, mailer, clock, sleep, isStopping: () => false }) }
}

async function endOf({ room, article }: { room: Newsroom; article: string }) {
  const campaign = room.campaignOf(article)
  const deliveries = await room.rig.deliveries(campaign.id)
  const batches = await room.rig.batches(campaign.id)
  return {
    status: campaign.status,
    counts: campaign.counts,
    problem: campaign.problem,
    leases: [campaign, ...batches].filter(({ leaseToken }) => leaseToken !== null).length,
    batches: batches.map(({ status }) => status),
    fates: deliveries.map(({ email, status }) => `${email} ${status}`).sort(),
    mailed: recipientsOf(room.mailer.mails).sort(),
  }
}

const whenAllIsWell = {
  status: 'submitted',
  counts: { ...NO_COUNTS, recipients: READERS, submitted: READERS },
  problem: null,
  leases: 0,
  batches: ['settled', 'settled'],
  fates: EVERYBODY.map((email) => `${email} submitted`),
  mailed: EVERYBODY,
}

const REFUSED: Outcome = { kind: 'refused', problem: { code: 'key_refused', message: 'Set another key.' } }
const NEVER: Kill = { call: Infinity, when: 'before' }

/** Every call of a whole mailing, before and after it. */
async function everyKill(): Promise<Kill[]> {
  const { room } = await published()
  const { flow, calls } = killedFlow(room.flow(), null)
  await drainFlow(flow)
  return calls.flatMap((_, call) => [{ call, when: 'before' } as const, { call, when: 'after' } as const])
}

describe('a worker that is killed', () => {
  let kills: Kill[]
  beforeAll(async () => {
    kills = await everyKill()
  })

  it('comes to every operation that a mailing needs', async () => {
    const { room } = await published()
    const { flow, calls } = killedFlow(room.flow(), null)
    await drainFlow(flow)
    expect([...new Set(calls)].sort()).toEqual([
      'claimBatch',
      'claimCampaign',
      'claimTransactionalMail',
      'endHolds',
      'findDrainedCampaigns',
      'findDueCanaries',
      'findForgottenArticles',
      'findRemailingRequests',
      'findUndone',
      'finishCampaign',
      'fixMailing',
      'openCampaign',
      'readForMailing',
      'readMailing',
      'removeLeftovers',
      'sealBatch',
      'send',
      'settleBatch',
      'snapshotAudience',
      'splitBatch',
      'startCampaign',
    ])
  })

  it('before or after any call is followed by one that makes it good: everybody has one mail', async () => {
    for (const kill of kills) {
      const newspaper = await published()
      await mailWithKills(newspaper.room, [kill])
      expect({ kill, ...(await endOf(newspaper)) }).toEqual({ kill, ...whenAllIsWell })
    }
  })

  it('twice, at any two calls, is made good as well', async () => {
    for (const [first, second] of pairsOf(kills)) {
      const newspaper = await published()
      await mailWithKills(newspaper.room, [first, second])
      expect({ first, second, ...(await endOf(newspaper)) }).toEqual({ first, second, ...whenAllIsWell })
    }
  })

  it('while the provider refuses is made good once that is mended: everybody has one mail', async () => {
    for (const kill of kills) {
      const newspaper = await published()
      newspaper.room.mailer.answerNext(REFUSED, REFUSED)
      const { room, article } = newspaper
      // Each refusal pauses it until an editor resumes it.
      const resume = () =>
        controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: 'resume', by: 'editor' })
      await mailWithKills(room, [kill, NEVER, NEVER], resume)
      expect({ kill, ...(await endOf(newspaper)) }).toEqual({ kill, ...whenAllIsWell })
    }
  })

  const BUSY: Outcome = { kind: 'busy', problem: { code: 'in_progress', message: 'It is still busy.' } }
  const LATER: Outcome = {
    kind: 'later',
    afterMs: 5_000,
    problem: { code: 'rate_limit', message: 'Call less often.' },
  }
  it.each([
    ['asks to wait', [LATER, LATER]],
    ['loses its answers', [{ kind: 'lost' }, { kind: 'lost' }]],
    ['is busy with a call, asks to wait and loses an answer', [{ kind: 'lost' }, BUSY, LATER]],
  ] as const)(
    'before or after any call while the provider %s: everybody has one mail',
    async (_, answers) => {
      /** A limit too, so that the places of calls are among what it may be killed at. */
      const trouble = async () => {
        const newspaper = await published()
        newspaper.room.mailer.answerNext(...answers)
        return newspaper
      }
      const { room: first } = await trouble()
      const { flow, calls } = killedFlow(first.flow(), null)
      for (let round = 0; round < 4; round++) {
        await drainFlow(paced(first, flow))
        first.clock.pass(61)
      }
      expect(calls).toEqual(
        expect.arrayContaining(['holdCampaign', 'releaseBatch', 'clearProblem', 'reserveCall']),
      )
      for (const when of ['before', 'after'] as const)
        for (let call = 0; call < calls.length; call++) {
          const newspaper = await trouble()
          const { room } = newspaper
          await mailWithKills(room, [{ call, when }, NEVER, NEVER, NEVER], undefined, (at) => paced(room, at))
          expect({ call, when, ...(await endOf(newspaper)) }).toEqual({ call, when, ...whenAllIsWell })
        }
    },
  )

  it('before or after any call while its campaign is closed leaves everybody with a reason', async () => {
    const cancelled = async () => {
      const newspaper = await published()
      const { room, article } = newspaper
      while (await prepareNextCampaign(room.flow()));
      room.mailer.answerNext({ kind: 'lost' })
      await sendNextBatch(room.flow())
      const id = room.campaignOf(article).id
      await controlCampaign(room.flow(), { id, control: 'cancel', by: 'editor' })
      room.clock.pass(61)
      return newspaper
    }
    const { room } = await cancelled()
    const { flow, calls } = killedFlow(room.flow(), null)
    await drainFlow(flow)
    for (const when of ['before', 'after'] as const)
      for (let call = 0; call < calls.length; call++) {
        const newspaper = await cancelled()
        await mailWithKills(newspaper.room, [{ call, when }])
        const { status, fates, mailed, leases } = await endOf(newspaper)
        expect({ call, when, status, fates, mailed, leases }).toEqual({
          call,
          when,
          status: 'cancelled',
          fates: [`${readerEmail(0)} uncertain`, `${readerEmail(1)} uncertain`, `${readerEmail(2)} excluded`],
          mailed: EVERYBODY.slice(0, 2),
          leases: 0,
        })
      }
  })

  it('with a mailer without keys mails nobody twice; who may not have got it is uncertain', async () => {
    for (const [first, second] of pairsOf(kills)) {
      const newspaper = await published({ repeatableMs: 0 })
      await mailWithKills(newspaper.room, [first, second])
      const { mailed, fates, status, batches } = await endOf(newspaper)
      const accounted = EVERYBODY.filter(
        (email) =>
          (mailed.includes(email) && fates.includes(`${email} submitted`)) ||
          fates.includes(`${email} uncertain`),
      )
      expect({ first, second, status, batches, mailed: new Set(mailed).size, accounted }).toEqual({
        first,
        second,
        status: fates.some((fate) => fate.endsWith(' uncertain')) ? 'paused' : 'submitted',
        batches: ['settled', 'settled'],
        mailed: mailed.length,
        accounted: EVERYBODY,
      })
    }
  })

  it('before the call, with a mailer without keys, for a reason of our own, leaves nobody uncertain', async () => {
    const { room, article } = await published({ repeatableMs: 0 })
    const { store, ...flow } = room.flow()
    const away = { ...store, readMailing: () => Promise.reject(new Error('The database is away.')) }
    await expect(drainFlow({ ...flow, store: away })).rejects.toThrow('The database is away.')
    room.clock.pass(61)
    await drainFlow(room.flow())
    expect(await endOf({ room, article })).toEqual(whenAllIsWell)
  })

  it('mails what it rendered first, whatever has become of the article', async () => {
    const { room, article } = await published()
    const { store, ...flow } = room.flow()
    const away = { ...store, openCampaign: () => Promise.reject(new Error('killed')) }
    await expect(drainFlow({ ...flow, store: away })).rejects.toThrow('killed')
    room.site.title = 'Ändrad'
    room.clock.pass(61)
    await drainFlow(room.flow())
    expect(room.campaignOf(article).subject).toBe('Rubriken (sv)')
    expect(room.mailer.mails.map(({ subject }) => subject)).toEqual(Array(3).fill('Rubriken (sv)'))
  })
})

describe('a crash between an article and its campaign', () => {
  it('is made good by the next worker', async () => {
    const room = newsroom()
    await room.rig.addSubscribers(READERS)
    const article = await room.rig.addArticle()
    await room.rig.addArticle({ wantsNewsletter: false })
    await drainFlow(room.flow())
    expect(await endOf({ room, article })).toEqual(whenAllIsWell)
    expect(room.rig.rows.campaigns).toHaveLength(1)
  })
})
