import { beforeAll, describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Outcome } from '../../src/newsletter/model.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'

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
): Promise<void> {
  for (const kill of kills) {
    await drainFlow(killedFlow(room.flow(), kill).flow).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
    })
    room.clock.pass(61)
    await beforeNext()
  }
  await drainFlow(room.flow())
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
      'findDrainedCampaigns',
      'findForgottenArticles',
      'findRemailingRequests',
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
    for (const first of kills)
      for (const second of kills) {
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

  it('with a mailer without keys mails nobody twice; who may not have got it is uncertain', async () => {
    for (const first of kills)
      for (const second of kills) {
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
