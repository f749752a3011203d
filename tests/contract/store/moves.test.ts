import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CONTROL_MOVES } from '../../../src/newsletter/rules/controls.ts'
import { MOST_MOVES, type CampaignMove } from '../../../src/newsletter/rules/campaignMoves.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import { mailing, openCampaign, settledCampaign, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

const NOTHING = { control: null, by: null, byName: null, problem: null, override: null, counts: null }

const move = (time: string, fields: Partial<CampaignMove>) => ({
  ...NOTHING,
  at: at(time).toISOString(),
  ...fields,
})

describe.each(storeRigs())('the store in $name: the moves that a campaign keeps', ({ open }) => {
  let rig: StoreRig
  let by: string
  beforeAll(async () => {
    rig = await open()
    by = await rig.editor()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const asked = () => ({ by, byName: 'Redaktören' })

  /** The newest ones. */
  const newest = async (id: string, count: number) => (await rig.moves(id)).slice(-count)

  it('are each in the write that makes it, from the hold to the end', async () => {
    const id = await rig.addCampaign({ status: 'holding' })
    await rig.addSubscribers(1)
    const { store } = rig
    await store.endHolds({ now: at('08:00') })
    await store.endHolds({ now: at('08:00:01') })
    await store.claimCampaign({ now: at('08:01'), lease: lease('a') })
    await store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:01') })
    // Of a try that was cut off: it is preparing already.
    await store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:01:01') })
    await store.fixMailing({ id, token: 'a', mailing: mailing() })
    await store.openCampaign({ id, token: 'a', canary: null, recipients: 7, now: at('08:02') })
    await store.openCampaign({ id, token: 'a', canary: null, recipients: 7, now: at('08:02:01') })
    await store.stopCampaign({ id, problem: PROBLEM, now: at('08:03') })
    await store.stopCampaign({ id, problem: PROBLEM, now: at('08:03:01') })
    const resume = { ...CONTROL_MOVES.resume, control: 'resume', ...asked() } as const
    await store.moveCampaign({ id, ...resume, now: at('08:04') })
    await store.moveCampaign({ id, ...resume, now: at('08:04:01') })
    await store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:05') })
    await store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:05:01') })
    const none = { submitted: 0, rejected: 0, excluded: 0, uncertain: 0 }
    expect(await rig.moves(id)).toEqual([
      move('08:00', { to: 'scheduled' }),
      move('08:01', { to: 'preparing' }),
      move('08:02', { to: 'submitting', counts: { recipients: 7, ...none } }),
      move('08:03', { to: 'paused', problem: PROBLEM }),
      move('08:04', { to: 'submitting', control: 'resume', ...asked() }),
      move('08:05', { to: 'submitted', counts: { recipients: 0, ...none } }),
    ])
  })

  it('tell of a canary: that it began, how it ended, and who did not wait for it', async () => {
    const canary = { batches: 1, mails: 2, minutes: 30 }
    const none = { submitted: 0, rejected: 0, excluded: 0, uncertain: 0 }
    const begin = async () => {
      const id = await rig.addCampaign({ status: 'scheduled' })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('a') })
      await rig.store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:01') })
      await rig.store.openCampaign({ id, token: 'a', canary, recipients: 7, now: at('08:02') })
      await rig.store.awaitCanary({ id, until: at('08:32'), now: at('08:02') })
      return id
    }
    const ended = await begin()
    for (const time of ['08:33', '08:34'])
      await rig.store.endCanary({ id: ended, problem: null, now: at(time) })
    const stopped = await begin()
    await rig.store.endCanary({ id: stopped, problem: PROBLEM, now: at('08:33') })
    const cutShort = await begin()
    const now = { ...CONTROL_MOVES['send-now'], control: 'send-now', ...asked() } as const
    await rig.store.moveCampaign({ id: cutShort, ...now, now: at('08:03') })
    const held = await begin()
    const pause = { ...CONTROL_MOVES.pause, control: 'pause', ...asked() } as const
    const resume = { ...CONTROL_MOVES.resume, control: 'resume', ...asked() } as const
    await rig.store.moveCampaign({ id: held, ...pause, now: at('08:03') })
    await rig.store.moveCampaign({ id: held, ...resume, now: at('08:04') })
    expect([
      await newest(ended, 2),
      await newest(stopped, 1),
      await newest(cutShort, 1),
      await newest(held, 2),
    ]).toEqual([
      [
        move('08:02', { to: 'canary', counts: { recipients: 7, ...none } }),
        move('08:33', { to: 'submitting' }),
      ],
      [move('08:33', { to: 'paused', problem: PROBLEM })],
      [move('08:03', { to: 'submitting', control: 'send-now', ...asked() })],
      [
        move('08:03', { to: 'paused', control: 'pause', ...asked() }),
        move('08:04', { to: 'canary', control: 'resume', ...asked() }),
      ],
    ])
  })

  it('say who undid it, once', async () => {
    const id = await rig.addCampaign({ status: 'holding' })
    for (const time of ['08:00:10', '08:00:11'])
      await rig.store.undoCampaign({ id, ...asked(), now: at(time) })
    expect(await rig.moves(id)).toEqual([move('08:00:10', { to: 'cancelled', control: 'undo', ...asked() })])
  })

  it('say why it was stopped before it opened, and where it went on to', async () => {
    const id = await startedCampaign(rig, { worker: 'a' })
    const { store } = rig
    await store.stopPreparing({ id, token: 'other', to: 'failed', problem: PROBLEM, now: at('08:01') })
    await store.stopPreparing({ id, token: 'a', to: 'failed', problem: PROBLEM, now: at('08:02') })
    await store.moveCampaign({ id, ...CONTROL_MOVES.retry, control: 'retry', ...asked(), now: at('08:03') })
    expect(await newest(id, 2)).toEqual([
      move('08:02', { to: 'failed', problem: PROBLEM }),
      move('08:03', { to: 'scheduled', control: 'retry', ...asked() }),
    ])
  })

  it('say what was decided of the uncertain and the rejected, by whom, and with what it ended', async () => {
    const { id } = await settledCampaign(rig, { fates: [['submitted', 'uncertain', 'rejected']] })
    const { store } = rig
    const counts = { recipients: 3, submitted: 1, rejected: 1, excluded: 0, uncertain: 1 }
    await store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:10') })
    await store.leaveUncertain({ id, ...asked(), now: at('08:11') })
    await store.leaveUncertain({ id, ...asked(), now: at('08:12') })
    await store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:13') })
    await store.requestRemailing({ id, of: 'rejected', ...asked(), now: at('08:14') })
    await store.requestRemailing({ id, of: 'rejected', ...asked(), now: at('08:15') })
    expect(await newest(id, 4)).toEqual([
      move('08:10', { to: 'paused', problem: UNDECIDED, counts }),
      move('08:11', { to: 'submitting', control: 'leave', ...asked() }),
      move('08:13', { to: 'submitted', counts }),
      move('08:14', { to: 'submitting', control: 'retry', ...asked() }),
    ])
  })

  it('of one that was cancelled tell its end as well', async () => {
    const { id } = await settledCampaign(rig, { fates: [['submitted']] })
    const cancel = { ...CONTROL_MOVES.cancel, control: 'cancel', ...asked() } as const
    await rig.store.moveCampaign({ id, ...cancel, now: at('08:10') })
    await rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:11') })
    const counts = { recipients: 1, submitted: 1, rejected: 0, excluded: 0, uncertain: 0 }
    expect(await newest(id, 2)).toEqual([
      move('08:10', { to: 'cancelled', control: 'cancel', ...asked() }),
      move('08:11', { to: 'cancelled', counts }),
    ])
  })

  it('are no more than so many, the newest', async () => {
    const id = await openCampaign(rig)
    const before = (await rig.moves(id)).length
    for (let count = before; count < MOST_MOVES + 3; count++) {
      const name = count % 2 === before % 2 ? 'pause' : 'resume'
      await rig.store.moveCampaign({ id, ...CONTROL_MOVES[name], control: name, now: at('08:30') })
    }
    const moves = await rig.moves(id)
    expect(moves).toHaveLength(MOST_MOVES)
    expect(moves.slice(0, 2).map(({ control }) => control)).not.toContain(null)
  })
})
