import type { ClaimedMail, Id } from '../../../src/newsletter/model.ts'
import type { Store } from '../../../src/newsletter/ports.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import {
  claimedBatch,
  claimedMail,
  FIRST_EDITION,
  finishedCampaign,
  mailing,
  mailNextBatch,
  openCampaign,
  resultOf,
  settledCampaign,
  snapshot,
  startedCampaign,
} from '../flow/builders.ts'
import type { StoreRig } from '../flow/storeRig.ts'
import { at, LEASE_MS, lease } from '../flow/time.ts'

/** One operation of the store, ready to be done. */
export interface Act {
  run: (store: Store) => Promise<unknown>
  /** What follows when it failed; the same once more, unless it says otherwise. */
  again?: (store: Store) => Promise<unknown>
  /** Fields in which a failed try may leave a trace: how often something was claimed, a place that nobody uses. */
  traces?: string[]
}

/** Of what is read and written at once. */
const MORE_THAN_A_CHUNK = 1_050

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

/** What there is before each operation, and the operation. */
export const STORE_ACTS: Record<keyof Store, (rig: StoreRig) => Promise<Act>> = {
  renewLeases: held(
    (_, tokens) => (store) => store.renewLeases({ tokens, now: at('08:03:30'), leaseMs: LEASE_MS }),
  ),
  giveBack: held((_, tokens) => (store) => store.giveBack({ tokens })),

  endHolds: async (rig) => {
    await rig.addCampaign({ status: 'holding' })
    return {
      run: (store) => store.endHolds({ now: at('08:01') }),
      again: async (store) => Math.max(1, await store.endHolds({ now: at('08:01') })),
    }
  },
  undoCampaign: async (rig) => {
    const id = await rig.addCampaign({ status: 'holding' })
    const by = await rig.editor()
    return { run: (store) => store.undoCampaign({ id, by, now: at('08:00:10') }) }
  },
  findUndone: async (rig) => {
    const id = await rig.addCampaign({ status: 'holding' })
    await rig.store.undoCampaign({ id, by: await rig.editor(), now: at('08:00:10') })
    return { run: (store) => store.findUndone() }
  },

  claimCampaign: async (rig) => {
    await rig.addCampaign()
    return {
      run: (store) => store.claimCampaign({ now: at('08:00'), lease: lease('a') }),
      again: (store) => store.claimCampaign({ now: at('08:02'), lease: lease('b') }),
    }
  },
  startCampaign: async (rig) => {
    const id = await rig.addCampaign()
    await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
    const topicIds = [await rig.addTopic('frihet')]
    return { run: (store) => store.startCampaign({ id, token: 'a', topicIds, now: at('08:00:01') }) }
  },
  fixMailing: async (rig) => {
    const id = await rig.addCampaign()
    await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
    await rig.store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:00') })
    return { run: (store) => store.fixMailing({ id, token: 'a', mailing: mailing() }) }
  },
  snapshotAudience: async (rig) => {
    await rig.addSubscribers(MORE_THAN_A_CHUNK)
    const campaignId = await startedCampaign(rig, { worker: 'a' })
    return {
      run: (store) => snapshot({ ...rig, store }, { campaignId, worker: 'a', batchSize: 50 }),
      again: async (store) => {
        await openAnew({ ...rig, store }, campaignId, 50)
        await store.removeLeftovers(campaignId)
      },
    }
  },
  countAudience: async (rig) => {
    await rig.addSubscribers(5)
    return { run: (store) => store.countAudience({ edition: FIRST_EDITION, topicIds: [], now: at('08:00') }) }
  },
  removeLeftovers: async (rig) => {
    await rig.addSubscribers(5)
    const campaignId = await startedCampaign(rig, { worker: 'a' })
    await snapshot(rig, { campaignId, worker: 'a', batchSize: 2 })
    await openAnew(rig, campaignId)
    return { run: (store) => store.removeLeftovers(campaignId) }
  },
  openCampaign: async (rig) => {
    await rig.addSubscribers(1)
    const id = await startedCampaign(rig, { worker: 'a' })
    await snapshot(rig, { campaignId: id, worker: 'a' })
    return { run: (store) => store.openCampaign({ id, token: 'a', canary: null, now: at('08:02') }) }
  },
  findDueCanaries: onCanary(() => (store) => store.findDueCanaries({ now: at('08:04') })),
  awaitCanary: onCanary((id) => (store) => store.awaitCanary({ id, until: at('08:34'), now: at('08:04') })),
  endCanary: onCanary((id) => async (store) => {
    await store.awaitCanary({ id, until: at('08:34'), now: at('08:04') })
    return store.endCanary({ id, problem: null, now: at('08:34') })
  }),
  stopPreparing: async (rig) => {
    const id = await startedCampaign(rig, { worker: 'a' })
    const move = { id, token: 'a', to: 'failed', problem: PROBLEM, now: at('08:01') } as const
    return { run: (store) => store.stopPreparing(move) }
  },
  moveCampaign: onOpen(
    (id) => (store) => store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') }),
  ),
  stopCampaign: onOpen((id) => (store) => store.stopCampaign({ id, problem: PROBLEM, now: at('08:03') })),
  holdCampaign: onOpen(
    (id) => (store) => store.holdCampaign({ id, until: at('09:00'), problem: PROBLEM, now: at('08:03') }),
  ),
  clearProblem: onOpen((id) => async (store) => {
    await store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
    await store.clearProblem({ id, now: at('08:05') })
  }),
  readMailing: onOpen((id) => (store) => store.readMailing(id)),

  requestRemailing: async (rig) => {
    const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain'], ['rejected']] })
    const by = await rig.editor()
    return { run: (store) => store.requestRemailing({ id, of: 'uncertain', by, now: at('09:00') }) }
  },
  leaveUncertain: async (rig) => {
    const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain']] })
    const by = await rig.editor()
    return { run: (store) => store.leaveUncertain({ id, by, now: at('09:00') }) }
  },
  findRemailingRequests: requested(() => (store) => store.findRemailingRequests()),
  reopenBatches: requested((id) => (store) => store.reopenBatches({ id, now: at('09:01') })),

  claimBatch: async (rig) => {
    await rig.addSubscribers(1)
    await openCampaign(rig)
    return {
      run: (store) => store.claimBatch({ now: at('08:03'), lease: lease('a') }),
      again: (store) => store.claimBatch({ now: at('08:05'), lease: lease('b') }),
      traces: ['attempts'],
    }
  },
  // Only that it looks: how it parts a batch that was half parted differs, and mailing it shows that nobody is lost.
  splitBatch: async (rig) => {
    await rig.addSubscribers(5)
    await openCampaign(rig, { batchSize: 5 })
    const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
    return {
      run: (store) => store.splitBatch({ batch, token: 'a', size: 2, now: at('08:03') }),
      // Numbers that were reserved and not used are used by nobody.
      traces: ['number', 'batchNumber', 'idempotencyKey', 'nextNumber'],
    }
  },
  sealBatch: held(
    (batch, [token]) =>
      (store) =>
        store.sealBatch({ batch, token, callWith: 'memory', now: at('08:03') }),
  ),
  settleBatch: async (rig) => {
    await rig.addSubscribers(3)
    const id = await openCampaign(rig)
    const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
    const fates = ['submitted', 'rejected', 'uncertain'] as const
    const deliveries = await rig.deliveries(id)
    const results = fates.map((fate, index) => resultOf({ id: deliveries[index]?.id ?? '', fate }))
    return { run: (store) => store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:03:01') }) }
  },
  releaseBatch: held(
    (batch, [token]) =>
      (store) =>
        store.releaseBatch({
          ...{ id: batch.id, token, dueAt: at('08:04'), newKey: 'another-key' },
          postponedSince: at('08:03'),
        }),
  ),

  findForgottenArticles: async (rig) => {
    await rig.addArticle()
    await rig.addCampaign()
    return { run: (store) => store.findForgottenArticles({ limit: 100 }) }
  },
  findDrainedCampaigns: onSettled(() => (store) => store.findDrainedCampaigns()),
  finishCampaign: onSettled(
    (id) => (store) => store.finishCampaign({ id, undecided: UNDECIDED, now: at('09:00') }),
  ),
  countDeliveries: onSettled((id) => (store) => store.countDeliveries(id)),
  countRefusals: onSettled((id) => (store) => store.countRefusals({ campaignId: id, reason: 'a_reason' })),
  readNextBatch: onSettled((id) => (store) => store.readNextBatch(id)),
  readPostponed: onSettled((id) => (store) => store.readPostponed({ campaignId: id, now: at('08:00') })),
  lastSettledAt: onSettled((id) => (store) => store.lastSettledAt(id)),
  readReceipt: onSettled(
    (id) => (store) =>
      store.readReceipt({ campaignId: id, after: { batchNumber: 0, position: 0 }, limit: 10 }),
  ),
  readRecipients: async (rig) => {
    const { id } = await settledCampaign(rig, { fates: [['submitted', 'rejected']] })
    const subscriberIds = (await rig.deliveries(id)).map(({ subscriberId }) => subscriberId)
    return {
      run: async (store) =>
        (await store.readRecipients({ campaignId: id, subscriberIds })).map(({ email }) => email).sort(),
    }
  },
  findAddresses: async (rig) => {
    await rig.addSubscribers(3)
    return { run: (store) => store.findAddresses({ prefix: 'reader-', after: null, limit: 2 }) }
  },

  claimTransactionalMail: async (rig) => {
    await rig.addMail({ idempotencyKey: 'key' })
    return {
      run: (store) => store.claimTransactionalMail({ now: at('08:00'), lease: lease('a') }),
      again: (store) => store.claimTransactionalMail({ now: at('08:02'), lease: lease('b') }),
      traces: ['attempts'],
    }
  },
  callTransactionalMail: onMail(
    (claimed) => (store) =>
      store.callTransactionalMail({ claimed, token: 'a', callWith: 'memory', now: at('08:03') }),
  ),
  settleTransactionalMail: onMail(({ id }) => (store) => {
    const result = { status: 'submitted', providerId: 'p-1' } as const
    return store.settleTransactionalMail({ id, token: 'a', result, now: at('08:03') })
  }),
  releaseTransactionalMail: onMail((claimed) => (store) => {
    const move = { claimed, token: 'a', dueAt: at('08:04'), newKey: 'another-key' }
    return store.releaseTransactionalMail({ ...move, problem: PROBLEM, now: at('08:03') })
  }),
  readAddressee: async (rig) => {
    const email = 'anna@example.com'
    await rig.addSubscriber({ email })
    await rig.addSuppression({ addressHash: 'hash', reason: 'complained' })
    return { run: (store) => store.readAddressee({ email, addressHash: 'hash' }) }
  },
  holdTransactionalMails: async (rig) => {
    for (const time of ['07:00', '08:00'])
      await rig.addMail({ idempotencyKey: `key-${time}`, dueAt: at(time) })
    await rig.addMail({ idempotencyKey: 'taken', dueAt: at('07:30'), status: 'submitted' })
    const hold = { until: at('09:00'), unlessTakenSince: at('07:45'), now: at('08:00') }
    return { run: (store) => store.holdTransactionalMails(hold) }
  },
  requeueTransactionalMail: async (rig) => {
    const id = await rig.addMail({ idempotencyKey: 'key', status: 'uncertain', settledAt: at('08:00') })
    return {
      run: (store) => store.requeueTransactionalMail({ id, newKey: 'another-key', now: at('09:00') }),
    }
  },

  beat: async () => ({
    run: (store) => store.beat({ worker: 'w', mailer: 'memory', startedAt: at('07:00'), now: at('08:00') }),
  }),
  readPulse: onOpen(() => (store) => store.readPulse({ now: at('08:10') })),
  reserveCall: async () => ({
    run: (store) => store.reserveCall({ mailer: 'memory', firstPerSecond: 2, now: at('08:00') }),
    traces: ['nextPlace'],
  }),
  setCallRate: async () => ({ run: (store) => store.setCallRate({ mailer: 'memory', perSecond: 9.5 }) }),
}

/** Another worker comes when the lease has ended, and makes the campaign ready. */
async function openAnew(rig: StoreRig, campaignId: Id, batchSize = 2): Promise<void> {
  await rig.store.claimCampaign({ now: at('08:03'), lease: lease('b') })
  await snapshot(rig, { campaignId, worker: 'b', batchSize })
  await rig.store.openCampaign({ id: campaignId, token: 'b', canary: null, now: at('08:04') })
}

type Make<Input extends unknown[]> = (...input: Input) => Act['run']

/** On a batch that worker `a` holds since 08:03. */
function held(make: Make<[Awaited<ReturnType<typeof claimedBatch>>, [string]]>) {
  return async (rig: StoreRig): Promise<Act> => {
    await rig.addSubscribers(3)
    await openCampaign(rig, { batchSize: 2 })
    return { run: make(await claimedBatch(rig, { worker: 'a', time: '08:03' }), ['a']) }
  }
}

/** On a transactional mail that worker `a` holds since 08:03. */
function onMail(make: Make<[ClaimedMail]>) {
  return async (rig: StoreRig): Promise<Act> => {
    await rig.addMail({ idempotencyKey: 'key' })
    return { run: make(await claimedMail(rig, { worker: 'a', time: '08:03' })) }
  }
}

/** On a campaign that is being submitted. */
function onOpen(make: Make<[Id]>) {
  return async (rig: StoreRig): Promise<Act> => {
    await rig.addSubscribers(3)
    return { run: make(await openCampaign(rig, { batchSize: 2 })) }
  }
}

/** On one that has mailed the whole of its canary. */
function onCanary(make: Make<[Id]>) {
  return async (rig: StoreRig): Promise<Act> => {
    await rig.addSubscribers(3)
    const id = await openCampaign(rig, { batchSize: 2, canary: { batches: 1, mails: 2, minutes: 30 } })
    await mailNextBatch(rig, { time: '08:03', fates: [] })
    return { run: make(id) }
  }
}

/** On a campaign whose batches are settled. */
function onSettled(make: Make<[Id]>) {
  return async (rig: StoreRig): Promise<Act> => {
    const { id } = await settledCampaign(rig, { fates: [['submitted', 'rejected'], ['uncertain']] })
    return { run: make(id) }
  }
}

/** On a campaign whose refused mails are to be mailed again: one of them to an address that was corrected. */
function requested(make: Make<[Id]>) {
  return async (rig: StoreRig): Promise<Act> => {
    const fates = [['submitted', 'rejected'], ['rejected', 'submitted'], ['submitted']] as const
    const { id, subscriberIds } = await finishedCampaign(rig, { fates: fates.map((ofBatch) => [...ofBatch]) })
    await rig.setSubscriber(subscriberIds[1] ?? '', { email: 'new@example.com' })
    await rig.store.requestRemailing({ id, of: 'rejected', by: await rig.editor(), now: at('09:00') })
    return { run: make(id) }
  }
}
