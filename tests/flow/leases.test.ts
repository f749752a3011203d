import { describe, expect, it } from '@jest/globals'
import { keepLeases } from '../../src/newsletter/keepLeases.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'

/** One reader; the call takes two minutes, and every ten seconds `meanwhile` happens. */
async function slowCall(meanwhile: (renew: () => Promise<unknown>) => Promise<unknown>) {
  const room = newsroom()
  await room.rig.addSubscribers(1)
  const article = await room.publish()
  await prepareNextCampaign(room.flow())
  const slow = room.flow()
  const taken = { byAnother: 0 }
  const send: typeof slow.mailer.send = async (call) => {
    for (let second = 0; second < 120; second += 10) {
      room.clock.pass(10)
      await meanwhile(() => keepLeases(slow))
      if (await sendNextBatch(room.flow())) taken.byAnother += 1
    }
    return slow.mailer.send(call)
  }
  await sendNextBatch({ ...slow, mailer: { ...slow.mailer, send } })
  await drainFlow(room.flow())
  return {
    byAnother: taken.byAnother,
    held: slow.held.size,
    mailed: recipientsOf(room.mailer.mails),
    status: room.campaignOf(article).status,
  }
}

describe('a call that takes longer than a lease', () => {
  it('is not taken over while its worker says that it lives', async () => {
    expect(await slowCall((renew) => renew())).toEqual({
      byAnother: 0,
      held: 0,
      mailed: [readerEmail(0)],
      status: 'submitted',
    })
  })

  it('of a worker that says nothing is taken over, under the same key: one mail', async () => {
    expect(await slowCall(async () => undefined)).toEqual({
      byAnother: 1,
      held: 0,
      mailed: [readerEmail(0)],
      status: 'submitted',
    })
  })
})

describe('a worker that is told to stop', () => {
  it('before a call gives the batch back at once, and it is not in doubt', async () => {
    const room = newsroom()
    await room.rig.addSubscribers(1)
    const article = await room.publish()
    await prepareNextCampaign(room.flow())
    const flow = room.flow()
    await sendNextBatch({ ...flow, pace: { ...flow.pace, waitForCall: async () => null } })
    const [batch] = await room.rig.batches(room.campaignOf(article).id)
    expect([batch?.leaseToken, batch?.inDoubtSince, room.mailer.calls.length]).toEqual([null, null, 0])
    expect(await sendNextBatch(room.flow())).toBe(true)
  })

  it('in a call gives it back in doubt: the next goes on at once, under the same key', async () => {
    const room = newsroom()
    await room.rig.addSubscribers(1)
    await room.publish()
    await prepareNextCampaign(room.flow())
    const flow = room.flow()
    const send: typeof flow.mailer.send = async (call) => {
      await flow.mailer.send(call)
      await flow.store.giveBack({ tokens: [...flow.held] })
      await drainFlow(room.flow())
      throw new Error('It is dead.')
    }
    await sendNextBatch({ ...flow, mailer: { ...flow.mailer, send } })
    expect(recipientsOf(room.mailer.mails)).toEqual([readerEmail(0)])
    expect(new Set(room.mailer.calls.map(({ key }) => key)).size).toBe(1)
    expect(room.mailer.calls).toHaveLength(2)
  })
})
