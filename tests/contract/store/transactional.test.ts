import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { claimedMail } from '../../support/flow/builders.ts'
import { frozenMail, newMail } from '../../support/flow/newMail.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, LEASE_MS, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

describe.each(storeRigs())('the store in $name: transactional mails', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const claim = (worker: string, time: string) =>
    rig.store.claimTransactionalMail({ now: at(time), lease: lease(worker) })
  /** One that worker a holds since 08:00. */
  const heldMail = async (mail: Parameters<StoreRig['addMail']>[0] = {}) => {
    const id = await rig.addMail({ idempotencyKey: 'key', ...mail })
    const claimed = await claimedMail(rig, { worker: 'a', time: '08:00' })
    return { id, claimed, row: await rig.mail(id) }
  }
  const call = (claimed: Awaited<ReturnType<typeof claimedMail>>, time: string, callWith = 'memory') =>
    rig.store.callTransactionalMail({ claimed, token: 'a', callWith, now: at(time) })

  describe('claimTransactionalMail', () => {
    it('gives the mail as it was kept, under a lease, and counts', async () => {
      const mail = frozenMail({ to: { email: 'åsa@example.com', name: 'Åsa "Å" Öst' }, replyTo: null })
      const kept = { idempotencyKey: 'key', kind: 'fresh-link', mail, validUntil: at('09:00') } as const
      const id = await rig.addMail(kept)
      expect(await claim('a', '08:00')).toEqual({
        id,
        kind: 'fresh-link',
        mail,
        validUntil: at('09:00'),
        idempotencyKey: 'key',
        attempts: 0,
        calledWith: null,
        inDoubtSince: null,
        problemSince: null,
      })
      expect(await rig.mail(id)).toEqual({
        id,
        ...newMail(''),
        ...kept,
        attempts: 1,
        leaseToken: 'a',
        leaseUntil: at('08:01'),
      })
    })

    it('gives what has waited longest first, then what came first', async () => {
      const third = await rig.addMail({ dueAt: at('07:50') })
      const second = await rig.addMail({ dueAt: at('07:40') })
      const first = await rig.addMail({ dueAt: at('07:30') })
      const fourth = await rig.addMail({ dueAt: at('07:50') })
      const ids = []
      for (const worker of ['a', 'b', 'c', 'd', 'e']) ids.push((await claim(worker, '08:00'))?.id ?? null)
      expect(ids).toEqual([first, second, third, fourth, null])
    })

    it.each(['submitted', 'rejected', 'uncertain'] as const)('leaves out what is %s', async (status) => {
      await rig.addMail({ status })
      expect(await claim('a', '08:00')).toBeNull()
    })

    it('gives nothing before its time, and what somebody holds only when the lease has ended', async () => {
      await rig.addMail({ dueAt: at('08:00') })
      const early = await claim('a', '07:59:59')
      const onTime = await claim('a', '08:00')
      const held = await claim('b', '08:00:59')
      const ended = await claim('b', '08:01')
      expect([early, onTime?.attempts, held, ended?.attempts]).toEqual([null, 0, null, 1])
    })

    it('gives one mail to one of many who ask at once', async () => {
      await rig.addMail()
      const found = await Promise.all(['a', 'b', 'c', 'd'].map((worker) => claim(worker, '08:00')))
      expect(found.filter((mail) => mail !== null)).toHaveLength(1)
    })

    it('gives one whose content is gone, so that somebody can say so', async () => {
      await rig.addMail({ mail: null })
      expect((await claim('a', '08:00'))?.mail).toBeNull()
    })
  })

  describe('callTransactionalMail', () => {
    it('marks it as in doubt, since when and with whom', async () => {
      const { id, claimed, row } = await heldMail()
      expect(await call(claimed, '08:00:10', 'resend 1')).toBe(true)
      expect(await rig.mail(id)).toEqual({ ...row, inDoubtSince: at('08:00:10'), calledWith: 'resend 1' })
    })

    it('keeps what is known of the first call', async () => {
      const { id, claimed, row } = await heldMail({ inDoubtSince: at('07:00'), calledWith: 'resend 1' })
      expect(await call(claimed, '08:00:10', 'resend 2')).toBe(true)
      expect(await rig.mail(id)).toEqual(row)
    })

    it('changes nothing and says so when the lease is lost', async () => {
      const { id, claimed } = await heldMail()
      await claimedMail(rig, { worker: 'b', time: '08:01' })
      const before = await rig.mail(id)
      expect(await call(claimed, '08:01')).toBe(false)
      expect(await rig.mail(id)).toEqual(before)
    })
  })

  describe('settleTransactionalMail', () => {
    const NO_LEASE = { leaseToken: null, leaseUntil: null }

    it.each([
      { status: 'submitted', providerId: 'p-1' },
      { status: 'submitted', providerId: null },
      { status: 'rejected', reason: 'invalid', detail: 'No such domain.' },
      { status: 'uncertain', reason: 'interrupted', detail: null },
    ] as const)('writes what became of it: $status', async (result) => {
      const { id, claimed } = await heldMail({
        ...{ reason: PROBLEM.code, detail: PROBLEM.message, problemSince: at('07:00') },
      })
      await call(claimed, '08:00:10')
      const before = await rig.mail(id)
      const move = { id, token: 'a', result, now: at('08:00:20') }
      expect(await rig.store.settleTransactionalMail(move)).toBe(true)
      expect(await rig.mail(id)).toEqual({
        ...before,
        ...{ reason: null, detail: null, providerId: null },
        ...result,
        settledAt: at('08:00:20'),
        problemSince: null,
        ...NO_LEASE,
      })
    })

    it('changes nothing and says so when the lease is lost, or it is settled', async () => {
      const { id } = await heldMail()
      await claimedMail(rig, { worker: 'b', time: '08:01' })
      const result = { status: 'submitted', providerId: 'p-1' } as const
      const settle = (token: string) =>
        rig.store.settleTransactionalMail({ id, token, result, now: at('08:01:10') })
      expect([await settle('a'), await settle('b'), await settle('b')]).toEqual([false, true, false])
    })
  })

  describe('releaseTransactionalMail', () => {
    const release = (
      claimed: Awaited<ReturnType<typeof claimedMail>>,
      change: { newKey: string | null; token?: string; now?: Date },
    ) =>
      rig.store.releaseTransactionalMail({
        ...{ claimed, token: 'a', dueAt: at('08:05'), problem: PROBLEM, now: at('08:00:20') },
        ...change,
      })
    const WAITING = {
      dueAt: at('08:05'),
      reason: PROBLEM.code,
      detail: PROBLEM.message,
      leaseToken: null,
      leaseUntil: null,
    }

    it('without a new key leaves it in doubt, with the problem that staff see', async () => {
      const { id, claimed } = await heldMail()
      await call(claimed, '08:00:10')
      const before = await rig.mail(id)
      expect(await release(claimed, { newKey: null })).toBe(true)
      expect(await rig.mail(id)).toEqual({ ...before, ...WAITING, problemSince: at('08:00:20') })
      expect(await claim('b', '08:05')).toMatchObject({
        idempotencyKey: 'key',
        inDoubtSince: at('08:00:10'),
        calledWith: 'memory',
        problemSince: at('08:00:20'),
      })
    })

    it('with a new key ends the doubt, and keeps since when there is a problem', async () => {
      const { id, claimed, row } = await heldMail({ problemSince: at('07:00') })
      await call(claimed, '08:00:10')
      expect(await release(claimed, { newKey: 'key-try-1' })).toBe(true)
      expect(await rig.mail(id)).toEqual({ ...row, ...WAITING, idempotencyKey: 'key-try-1' })
    })

    it('changes nothing and says so when the lease is lost', async () => {
      const { id, claimed } = await heldMail()
      await claimedMail(rig, { worker: 'b', time: '08:01' })
      const before = await rig.mail(id)
      expect(await release(claimed, { newKey: 'key-try-1' })).toBe(false)
      expect(await rig.mail(id)).toEqual(before)
    })
  })

  describe('readAddressee', () => {
    const read = (email: string, addressHash: string) => rig.store.readAddressee({ email, addressHash })

    it('tells whether the address is suppressed, and what its subscriber is', async () => {
      await rig.addSubscriber({ email: 'anna@example.com', status: 'unsubscribed' })
      await rig.addSuppression({ addressHash: 'hash', reason: 'complained' })
      expect([
        await read('anna@example.com', 'hash'),
        await read('anna@example.com', 'other'),
        await read('bo@example.com', 'hash'),
        await read('bo@example.com', 'other'),
      ]).toEqual([
        { suppression: 'complained', subscriber: 'unsubscribed' },
        { suppression: null, subscriber: 'unsubscribed' },
        { suppression: 'complained', subscriber: null },
        { suppression: null, subscriber: null },
      ])
    })

    it('knows nothing of a suppression that was lifted', async () => {
      await rig.addSuppression({ addressHash: 'hash', reason: 'bounced', liftedAt: at('07:00') })
      expect(await read('anna@example.com', 'hash')).toEqual({ suppression: null, subscriber: null })
    })
  })

  describe('holdTransactionalMails', () => {
    const hold = (more: { unlessTakenSince: Date | null }) =>
      rig.store.holdTransactionalMails({ until: at('09:00'), now: at('08:00:30'), ...more })

    it('puts off what waits, and neither what is held, nor what waits longer, nor what is settled', async () => {
      const { id: held } = await heldMail()
      const waiting = await rig.addMail({ dueAt: at('07:00') })
      const later = await rig.addMail({ dueAt: at('10:00') })
      const settled = await rig.addMail({ dueAt: at('07:00'), status: 'submitted' })
      const ids = [held, waiting, later, settled]
      const before = await Promise.all(ids.map(rig.mail))
      await hold({ unlessTakenSince: null })
      expect(await Promise.all(ids.map(rig.mail))).toEqual(
        before.map((row) => (row.id === waiting ? { ...row, dueAt: at('09:00') } : row)),
      )
    })

    it('puts nothing off when the provider has taken one that was due since', async () => {
      const waiting = await rig.addMail({ dueAt: at('07:00') })
      await rig.addMail({ dueAt: at('07:30'), status: 'submitted' })
      await rig.addMail({ dueAt: at('07:50'), status: 'rejected' })
      const due = []
      for (const since of ['07:29', '07:30']) {
        await hold({ unlessTakenSince: at(since) })
        due.push((await rig.mail(waiting)).dueAt)
      }
      expect(due).toEqual([at('07:00'), at('09:00')])
    })
  })

  describe('requeueTransactionalMail', () => {
    const requeue = (id: string) =>
      rig.store.requeueTransactionalMail({ id, newKey: 'another-key', now: at('09:00') })

    it.each(['rejected', 'uncertain'] as const)(
      'makes one that is %s due under a new key',
      async (status) => {
        const settled = {
          ...{ status, reason: 'interrupted', detail: 'x', providerId: 'p-1', settledAt: at('08:00') },
          ...{ inDoubtSince: at('07:59'), calledWith: 'memory', attempts: 3 },
        }
        const id = await rig.addMail(settled)
        expect(await requeue(id)).toBe(true)
        expect(await rig.mail(id)).toEqual({
          id,
          ...newMail(''),
          attempts: 3,
          dueAt: at('09:00'),
          idempotencyKey: 'another-key',
        })
      },
    )

    it.each(['pending', 'submitted'] as const)('leaves one that is %s as it is', async (status) => {
      const id = await rig.addMail({ status })
      const before = await rig.mail(id)
      expect([await requeue(id), await rig.mail(id)]).toEqual([false, before])
    })

    it('leaves one whose content is gone as it is', async () => {
      const id = await rig.addMail({ status: 'rejected', mail: null })
      const before = await rig.mail(id)
      expect([await requeue(id), await rig.mail(id)]).toEqual([false, before])
    })

    it('is done once, however often it is asked for', async () => {
      const id = await rig.addMail({ status: 'rejected' })
      expect([await requeue(id), await requeue(id)]).toEqual([true, false])
    })
  })

  describe('leases and the pulse', () => {
    it('a living worker keeps its mail; what is given back is had at once, and stays in doubt', async () => {
      const { id, claimed } = await heldMail()
      await call(claimed, '08:00:10')
      await rig.store.renewLeases({ tokens: ['a'], now: at('08:00:40'), leaseMs: LEASE_MS })
      const kept = await claim('b', '08:01:39')
      await rig.store.giveBack({ tokens: ['a'] })
      const before = await rig.mail(id)
      expect([kept, before.leaseToken, before.leaseUntil]).toEqual([null, null, null])
      expect(await claim('b', '08:01:39')).toMatchObject({ attempts: 1, inDoubtSince: at('08:00:10') })
    })

    it('the pulse says since when the oldest is due that nobody has', async () => {
      const dueAt = async (time: string) => (await rig.store.readPulse({ now: at(time) })).oldestDueAt
      await rig.addMail({ dueAt: at('07:30') })
      await rig.addMail({ dueAt: at('07:40') })
      await rig.addMail({ dueAt: at('07:10'), status: 'submitted' })
      const waiting = [await dueAt('07:00'), await dueAt('08:00')]
      await claimedMail(rig, { worker: 'a', time: '08:00' })
      expect([...waiting, await dueAt('08:00:30'), await dueAt('08:01')]).toEqual([
        null,
        at('07:30'),
        at('07:40'),
        at('07:30'),
      ])
    })
  })
})
