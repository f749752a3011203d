import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Id } from '../../src/newsletter/model.ts'
import type { Store } from '../../src/newsletter/ports.ts'
import { UNDECIDED } from '../../src/newsletter/rules/problems.ts'
import type { TestDatabase } from '../support/databases.ts'
import {
  claimedBatch,
  finish,
  finishedCampaign,
  mailNextBatch,
  openCampaign,
  resultOf,
  settledCampaign,
  type Fate,
} from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { driverOf, describeOnMongo, urlOf } from '../support/mongoDatabase.ts'
import { openCutDatabase, type CutDatabase } from '../support/proxy/cutDatabase.ts'
import { readDocuments } from '../support/proxy/readDocuments.ts'
import { standStill, type Late } from '../support/proxy/standStill.ts'

/** Which numbers were reserved for parts: some may never be used. */
const HARMLESS = ['nextNumber']

describeOnMongo('on $name, a worker that stood still', (kind) => {
  let database: TestDatabase
  let rig: StoreRig
  let late: CutDatabase
  beforeAll(async () => {
    rig = await databaseRigKind({ ...kind, open: async () => (database = await kind.open()) }).open()
    late = await openCutDatabase(urlOf(database))
  })
  afterAll(async () => {
    await late.close()
    await rig.close()
  })
  beforeEach(() => rig.clear())

  const expectNoTrace = (arrange: () => Promise<Late>, { from = 0 } = {}) =>
    standStill({
      late,
      documents: () => readDocuments(driverOf(database), HARMLESS),
      clear: rig.clear,
      arrange,
      from,
    })

  const request = async (id: Id, of: 'rejected' | 'uncertain', time: string) =>
    rig.store.requestRemailing({ id, of, by: await rig.editor(), now: at(time) })
  const reopen = (id: Id, time: string) => rig.store.reopenBatches({ id, now: at(time) })
  const mailRound = async (id: Id, { time, fates }: { time: string; fates: Fate[][] }) => {
    for (const ofBatch of fates) await mailNextBatch(rig, { worker: 'w', time, fates: ofBatch })
    await finish(rig, { id, time })
  }

  /** Bertil, and both of the second batch, were refused; the late one is to mail them again. */
  const refused = async () => {
    const fates: Fate[][] = [['submitted', 'rejected'], ['rejected', 'rejected'], ['submitted']]
    const { id, subscriberIds } = await finishedCampaign(rig, { fates })
    await request(id, 'rejected', '09:00')
    const mailMeanwhile = async () => {
      await reopen(id, '09:02')
      await mailRound(id, { time: '09:03', fates: [['rejected'], ['submitted', 'rejected']] })
      await rig.setSubscriber(subscriberIds[1] ?? '', { email: 'new@example.com' })
    }
    return { id, act: (store: Store) => store.reopenBatches({ id, now: at('09:01') }), mailMeanwhile }
  }

  it('in reopenBatches reopens nothing that others have mailed in that round', async () => {
    await expectNoTrace(async () => {
      const { act, mailMeanwhile } = await refused()
      return { act, meanwhile: mailMeanwhile }
    })
  })

  it('in reopenBatches changes nothing of the next round', async () => {
    await expectNoTrace(async () => {
      const { id, act, mailMeanwhile } = await refused()
      return {
        act,
        meanwhile: async () => {
          await mailMeanwhile()
          await request(id, 'rejected', '09:10')
          await reopen(id, '09:11')
          const batch = await claimedBatch(rig, { worker: 'w', time: '09:12' })
          await rig.store.sealBatch({ batch, token: 'w', callWith: 'memory', now: at('09:12') })
        },
      }
    })
  })

  it('in reopenBatches changes no address once the batch is sealed', async () => {
    await expectNoTrace(async () => {
      const { id, subscriberIds } = await finishedCampaign(rig, { fates: [['submitted', 'rejected']] })
      await request(id, 'rejected', '09:00')
      return {
        act: (store) => store.reopenBatches({ id, now: at('09:01') }),
        meanwhile: async () => {
          await reopen(id, '09:02')
          const batch = await claimedBatch(rig, { worker: 'w', time: '09:03' })
          await rig.store.sealBatch({ batch, token: 'w', callWith: 'memory', now: at('09:03') })
          await rig.setSubscriber(subscriberIds[1] ?? '', { email: 'new@example.com' })
        },
      }
    })
  })

  it.each([0, 1])('in settleBatch changes nothing that another has settled (round %s)', async (round) => {
    await expectNoTrace(async () => {
      const { id } = await (round === 0 ? openOf(rig, 3) : secondRound(rig, request, reopen))
      const batch = await claimedBatch(rig, { worker: 'late', time: '09:02' })
      await rig.store.sealBatch({ batch, token: 'late', callWith: 'memory', now: at('09:02') })
      const results = (await rig.deliveries(id)).map((delivery) =>
        resultOf({ id: delivery.id, fate: 'submitted' }),
      )
      return {
        act: (store) => store.settleBatch({ id: batch.id, token: 'late', results, now: at('09:03') }),
        meanwhile: () => mailRound(id, { time: '09:30', fates: [['uncertain', 'rejected', 'uncertain']] }),
      }
    })
  })

  it('in splitBatch moves no mail out of a batch that another has sealed', async () => {
    await expectNoTrace(async () => {
      await rig.addSubscribers(5)
      await openCampaign(rig, { batchSize: 5 })
      const batch = await claimedBatch(rig, { worker: 'late', time: '08:03' })
      return {
        act: (store) => store.splitBatch({ batch, token: 'late', size: 2, now: at('08:03') }),
        meanwhile: async () => {
          const again = await claimedBatch(rig, { worker: 'w', time: '08:30' })
          await rig.store.sealBatch({ batch: again, token: 'w', callWith: 'memory', now: at('08:30') })
        },
      }
    })
  })

  it('in splitBatch leaves nobody out when another mails what it has parted', async () => {
    await expectNoTrace(async () => {
      await rig.addSubscribers(5)
      const id = await openCampaign(rig, { batchSize: 5 })
      const batch = await claimedBatch(rig, { worker: 'late', time: '08:03' })
      return {
        act: (store) => store.splitBatch({ batch, token: 'late', size: 2, now: at('08:03') }),
        meanwhile: async () => {
          while ((await rig.store.findDrainedCampaigns()).length === 0)
            await mailNextBatch(rig, { worker: 'w', time: '08:30', fates: [] })
          await finish(rig, { id, time: '08:31' })
          expect((await rig.campaign(id)).counts.submitted).toBe(5)
        },
      }
    })
  })

  it('in sealBatch changes nothing of a batch that another has', async () => {
    await expectNoTrace(async () => {
      const { subscriberIds } = await secondRound(rig, request, reopen)
      const batch = await claimedBatch(rig, { worker: 'late', time: '09:02' })
      return {
        act: (store) => store.sealBatch({ batch, token: 'late', callWith: 'memory', now: at('09:02') }),
        meanwhile: async () => {
          await rig.setSubscriber(subscriberIds[1] ?? '', { status: 'unsubscribed' })
          const again = await claimedBatch(rig, { worker: 'w', time: '09:30' })
          await rig.store.sealBatch({ batch: again, token: 'w', callWith: 'memory', now: at('09:30') })
        },
      }
    })
  })

  it('in finishCampaign changes nothing of what staff have decided since', async () => {
    await expectNoTrace(
      async () => {
        const { id } = await settledCampaign(rig, { fates: [['submitted', 'uncertain']] })
        const by = await rig.editor()
        return {
          act: (store) => store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:05') }),
          meanwhile: async () => {
            await finish(rig, { id, time: '08:06' })
            await rig.store.leaveUncertain({ id, by, now: at('08:07') })
          },
        }
      },
      { from: 1 },
    )
  })

  it('in finishCampaign does not end a campaign that is mailed again', async () => {
    await expectNoTrace(
      async () => {
        const { id } = await settledCampaign(rig, { fates: [['submitted', 'rejected']] })
        return {
          act: (store) => store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:05') }),
          meanwhile: async () => {
            await finish(rig, { id, time: '08:06' })
            await request(id, 'rejected', '08:07')
            await reopen(id, '08:08')
          },
        }
      },
      { from: 1 },
    )
  })

  it('in requestRemailing asks for no second round', async () => {
    await expectNoTrace(
      async () => {
        const { id } = await finishedCampaign(rig, { fates: [['submitted', 'rejected']] })
        const by = await rig.editor()
        return {
          act: (store) => store.requestRemailing({ id, of: 'rejected', by, now: at('09:00') }),
          meanwhile: async () => {
            await request(id, 'rejected', '09:01')
            await reopen(id, '09:02')
            await mailNextBatch(rig, { worker: 'w', time: '09:03', fates: [] })
            await claimedBatch(rig, { worker: 'w', time: '09:04' }).catch(() => undefined)
            await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('09:05') })
          },
        }
      },
      { from: 1 },
    )
  })
})

async function openOf(rig: StoreRig, readers: number): Promise<{ id: Id; subscriberIds: Id[] }> {
  await rig.addSubscribers(readers)
  return { id: await openCampaign(rig), subscriberIds: [] }
}

/** Three of whom nobody knew, to be mailed again. */
async function secondRound(
  rig: StoreRig,
  request: (id: Id, of: 'uncertain', time: string) => Promise<unknown>,
  reopen: (id: Id, time: string) => Promise<unknown>,
): Promise<{ id: Id; subscriberIds: Id[] }> {
  const campaign = await finishedCampaign(rig, { fates: [['uncertain', 'uncertain', 'uncertain']] })
  await request(campaign.id, 'uncertain', '09:00')
  await reopen(campaign.id, '09:01')
  return campaign
}
