import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Id } from '../../src/newsletter/model.ts'
import type { Store } from '../../src/newsletter/ports.ts'
import { UNDECIDED } from '../../src/newsletter/rules/problems.ts'
import type { TestDatabase } from '../support/databases.ts'
import { explainCalls } from '../support/explainCalls.ts'
import { claimedBatch, openCampaign, snapshot, startedCampaign } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at, lease, LEASE_MS } from '../support/flow/time.ts'
import { driverOf, isMongoProper, describeOnMongo, sayUnproven, urlOf } from '../support/mongoDatabase.ts'

/** Fields in their order; `!` before what is unique. Beside `_id`, which every collection has. */
const INDEXES = {
  campaigns: ['!article edition', 'createdAt', 'leaseToken', 'remailing', 'status dueAt', 'updatedAt'],
  batches: [
    '!campaign snapshot number',
    'campaign snapshot settledAt',
    'campaign snapshot status dueAt number',
    'erasedAt settledAt',
    'leaseToken',
  ],
  deliveries: [
    '!campaign snapshot subscriberRef',
    'campaign snapshot batchNumber position',
    'campaign snapshot status batchNumber',
  ],
  subscribers: ['!email', 'askedAt', 'createdAt', 'importRef', 'status', 'updatedAt'],
  'waiting-events': ['!eventId', 'setAsideAt', 'tries dueAt'],
  workers: ['!worker', 'seenAt'],
  'call-rates': ['!mailer'],
}

describeOnMongo('on $name', (kind) => {
  let database: TestDatabase
  let rig: StoreRig
  beforeAll(async () => {
    rig = await databaseRigKind({ ...kind, open: async () => (database = await kind.open()) }).open()
  })
  afterAll(() => rig.close())

  it.each(Object.entries(INDEXES))('%s has these indexes and no other', async (collection, indexes) => {
    const found = await driverOf(database).collection(collection).indexes()
    const described = found.map(({ key, unique }) => `${unique ? '!' : ''}${Object.keys(key).join(' ')}`)
    expect(described.filter((index) => index !== '_id').sort()).toEqual(indexes)
  })

  describe('a call of the store reads by an index alone (needs a MongoDB proper)', () => {
    /** Two campaigns of five hundred batches each; of the second three are settled, and one is held by `w`. */
    const arrange = async (): Promise<{
      id: Id
      acts: Record<string, (store: Store) => Promise<unknown>>
    }> => {
      await rig.clear()
      await rig.addSubscribers(5_000)
      const other = await openCampaign(rig, { worker: 'other', batchSize: 10 })
      await rig.store.moveCampaign({ id: other, from: ['submitting'], to: 'paused', now: at('08:02') })
      const id = await openCampaign(rig, { worker: 'preparer', batchSize: 10 })
      const batch = await claimedBatch(rig, { worker: 'w', time: '08:03' })
      const preparing = await startedCampaign(rig, { worker: 'p' })
      const results = (await rig.store.readReceipt({ campaignId: id, after: null, limit: 10 })).map(
        ({ deliveryId }) => ({ deliveryId, status: 'submitted', providerId: null }) as const,
      )
      const now = at('08:03')
      return {
        id,
        acts: {
          snapshotAudience: (store) =>
            snapshot({ ...rig, store }, { campaignId: preparing, worker: 'p', batchSize: 10 }),
          claimBatch: (store) => store.claimBatch({ now, lease: lease('v') }),
          sealBatch: (store) => store.sealBatch({ batch, token: 'w', callWith: 'memory', now }),
          renewLeases: (store) => store.renewLeases({ tokens: ['w', 'v'], now, leaseMs: LEASE_MS }),
          settleBatch: (store) => store.settleBatch({ id: batch.id, token: 'w', results, now }),
          countDeliveries: (store) => store.countDeliveries(id),
          lastSettledAt: (store) => store.lastSettledAt(id),
          readPostponed: (store) => store.readPostponed({ campaignId: id, now }),
          readReceipt: (store) =>
            store.readReceipt({ campaignId: id, after: { batchNumber: 3, position: 5 }, limit: 100 }),
          findDrainedCampaigns: (store) => store.findDrainedCampaigns(),
          findRemailingRequests: (store) => store.findRemailingRequests(),
          readPulse: (store) => store.readPulse({ now }),
          finishCampaign: (store) => store.finishCampaign({ id, undecided: UNDECIDED, now }),
          removeLeftovers: (store) => store.removeLeftovers(id),
        },
      }
    }
    const explainAll = async () => {
      const { acts } = await arrange()
      const explained = []
      for (const [operation, act] of Object.entries(acts))
        for (const call of await explainCalls({ url: urlOf(database), act }))
          explained.push({ operation, ...call })
      return explained
    }

    if (isMongoProper())
      it('without a scan of a collection, and without sorting in memory', async () => {
        const explained = await explainAll()
        const bad = explained.filter(
          ({ plan }) =>
            'refused' in plan || plan.stages.some((stage) => ['COLLSCAN', 'SORT'].includes(stage)),
        )
        const indexesOf = (name: string, call: string) =>
          explained.flatMap(({ operation, plan, ...rest }) =>
            operation === name && rest.call === call && 'indexes' in plan ? plan.indexes : [],
          )
        expect(bad).toEqual([])
        expect({
          claim: indexesOf('claimBatch', 'findAndModify batches'),
          seal: indexesOf('sealBatch', 'find deliveries'),
          count: indexesOf('countDeliveries', 'aggregate deliveries'),
          receipt: [...new Set(indexesOf('readReceipt', 'find deliveries'))],
          audience: indexesOf('snapshotAudience', 'find subscribers'),
          last: indexesOf('lastSettledAt', 'find batches'),
        }).toEqual({
          claim: ['campaign_1_snapshot_1_status_1_dueAt_1_number_1'],
          seal: ['campaign_1_snapshot_1_batchNumber_1_position_1'],
          count: ['campaign_1_snapshot_1_status_1_batchNumber_1'],
          receipt: ['campaign_1_snapshot_1_batchNumber_1_position_1'],
          audience: ['_id_'],
          last: ['campaign_1_snapshot_1_settledAt_1'],
        })
        const counting = explained.find(
          ({ operation, call }) => operation === 'countDeliveries' && call.startsWith('aggregate'),
        )
        expect(counting?.plan).toMatchObject({ stages: expect.not.arrayContaining(['FETCH']) })
      })
    else
      it('which this server does not explain', async () => {
        sayUnproven('that the store’s calls use their indexes')
        const plans = await explainAll()
        expect(plans.length).toBeGreaterThan(20)
        for (const { plan } of plans)
          expect(plan).toEqual({ refused: expect.objectContaining({ codeName: 'CommandNotFound' }) })
      })
  })
})
