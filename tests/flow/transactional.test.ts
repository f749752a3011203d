import { beforeEach, describe, expect, it } from '@jest/globals'
import type { TransactionalMailRow } from '../../src/adapters/store/memory/rows.ts'
import type { Outcome, SuppressionReason } from '../../src/newsletter/model.ts'
import { addressHash } from '../../src/newsletter/rules/addressHash.ts'
import { EXPIRED, MAIL_REMOVED, SUPPRESSED } from '../../src/newsletter/rules/problems.ts'
import { sendNextTransactional } from '../../src/newsletter/sendNextTransactional.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { frozenMail, newMail } from '../support/flow/newMail.ts'
import { drainFlow, newsroom, type Newsroom } from '../support/flow/newsroom.ts'
import { at } from '../support/flow/time.ts'
import { pairsOf } from '../support/longRun.ts'

const DOWN: Outcome = { kind: 'unknown', problem: { code: 'server_error', message: 'It broke.' } }
const LATER: Outcome = {
  kind: 'later',
  afterMs: 5_000,
  problem: { code: 'rate_limit', message: 'Call less often.' },
}
const REFUSED: Outcome = { kind: 'refused', problem: { code: 'key_refused', message: 'Set another key.' } }
const BUSY: Outcome = { kind: 'busy', problem: { code: 'in_progress', message: 'It is still busy.' } }
const CONFLICT: Outcome = { kind: 'conflict', problem: { code: 'key_reused', message: 'Other bytes.' } }

const to = (email: string) => ({ mail: frozenMail({ to: { email, name: null } }) })
const mailedTo = ({ mailer }: Newsroom) => mailer.mails.map((mail) => mail.to.email)
const keysOf = ({ mailer }: Newsroom) => mailer.calls.map(({ key }) => key)

/** A worker that looks for work each second. */
async function passMinutes(room: Newsroom, minutes: number, flow = room.flow()): Promise<void> {
  for (let second = 0; second < minutes * 60; second++) {
    await drainFlow(flow)
    room.clock.pass(1)
  }
}

/** A provider that takes nothing to this address and says so in words that mean everybody. */
const refusingAlone = (mailer: Newsroom['mailer'], email: string): Newsroom['mailer'] => ({
  ...mailer,
  send: (call) => (call.mails[0]?.to.email === email ? Promise.resolve(REFUSED) : mailer.send(call)),
})

/** What became of a mail, of its row. */
const fateOf = async ({ rig }: Newsroom, id: string) => {
  const { status, reason, detail, providerId } = await rig.mail(id)
  return { status, reason, detail, providerId }
}

describe('a transactional mail', () => {
  let room: Newsroom
  beforeEach(() => {
    room = newsroom()
  })
  const drain = () => drainFlow(room.flow())

  it('is handed over as it was kept, under its key, with what finds it again', async () => {
    const mail = frozenMail({
      to: { email: 'åsa@example.com', name: 'Åsa' },
      headers: { 'X-Kind': 'welcome' },
    })
    const id = await room.rig.addMail({ mail, idempotencyKey: 'key' })
    await drain()
    expect(room.mailer.calls).toEqual([
      {
        key: 'key',
        mails: [{ ...mail, tags: { mail: id }, messageId: `<mail-${id}@example.com>`, feedbackId: null }],
      },
    ])
    expect(await room.rig.mail(id)).toEqual({
      id,
      ...newMail(''),
      mail,
      idempotencyKey: 'key',
      attempts: 1,
      status: 'submitted',
      providerId: 'memory-1',
      settledAt: at('08:00'),
      inDoubtSince: at('08:00'),
      calledWith: 'memory',
    })
  })

  it.each([
    [
      { kind: 'rejected', code: 'invalid', detail: 'No such domain.' },
      { status: 'rejected', reason: 'invalid', detail: 'No such domain.' },
    ],
    [
      { kind: 'unknown', code: 'dropped', detail: 'The line broke.' },
      { status: 'uncertain', reason: 'dropped', detail: 'The line broke.' },
    ],
    [null, { status: 'uncertain', reason: 'not_mentioned', detail: null }],
  ] as const)('has the fate that the provider names: %j', async (result, fate) => {
    const id = await room.rig.addMail()
    room.mailer.answerNext({ kind: 'answered', results: result ? [result] : [] })
    await drain()
    room.clock.pass(3600)
    await drain()
    expect(await fateOf(room, id)).toEqual({ ...fate, providerId: null })
    expect(keysOf(room)).toHaveLength(1)
  })

  const IN_DOUBT = { inDoubtSince: at('07:59'), calledWith: 'memory' }

  it.each([
    ['is refused', {}, 'rejected'],
    ['in doubt is uncertain', IN_DOUBT, 'uncertain'],
  ] as const)('whose content was removed %s and never called for', async (_, earlier, status) => {
    const id = await room.rig.addMail({ mail: null, ...earlier })
    await drain()
    expect([await fateOf(room, id), keysOf(room)]).toEqual([
      { status, reason: 'mail_removed', detail: MAIL_REMOVED.message, providerId: null },
      [],
    ])
  })

  describe('is not handed over any more', () => {
    const suppress = (reason: SuppressionReason, email = 'anna@example.com') =>
      room.rig.addSuppression({ addressHash: addressHash({ secret: room.flow().secret, email }), reason })
    const isCalledFor = () => keysOf(room).length > 0

    it('when it has become too late for it', async () => {
      const late = await room.rig.addMail({ ...to('late@example.com'), validUntil: at('08:00') })
      await room.rig.addMail({ ...to('early@example.com'), validUntil: at('08:00:01') })
      await drain()
      expect([await fateOf(room, late), mailedTo(room)]).toEqual([
        { status: 'rejected', reason: 'expired', detail: EXPIRED.message, providerId: null },
        ['early@example.com'],
      ])
    })

    it.each([
      ['confirm-subscription', 'complained', 'rejected'],
      ['confirm-address', 'bounced', 'rejected'],
      ['fresh-link', 'manual', 'rejected'],
      ['contact-thanks', 'provider', 'rejected'],
      ['contact-thanks', 'erased', 'rejected'],
      ['address-changed', 'complained', 'rejected'],
      ['welcome', 'moved', 'rejected'],
      // Whoever was erased, or had moved, may come back: by confirming alone.
      ['confirm-subscription', 'erased', 'submitted'],
      ['confirm-address', 'moved', 'submitted'],
      // What it tells of is what suppressed the address.
      ['address-changed', 'moved', 'submitted'],
      // It goes to staff, about somebody else.
      ['contact-notice', 'bounced', 'submitted'],
    ] as const)(
      'of kind %s when the address was suppressed meanwhile, %s: %s',
      async (kind, reason, status) => {
        const id = await room.rig.addMail({ kind, ...to('Anna@Example.com') })
        await suppress(reason)
        await drain()
        const refusal = { reason: 'suppressed', detail: SUPPRESSED.message, providerId: null }
        const taken = { reason: null, detail: null, providerId: 'memory-1' }
        expect([await fateOf(room, id), isCalledFor()]).toEqual([
          { status, ...(status === 'rejected' ? refusal : taken) },
          status === 'submitted',
        ])
      },
    )

    it.each([
      ['active', 'submitted', null],
      ['unsubscribed', 'rejected', 'unsubscribed'],
      ['pending', 'rejected', 'unsubscribed'],
      [null, 'rejected', 'deleted'],
    ] as const)('when it welcomes somebody who is %s by then: %s, %s', async (subscriber, status, reason) => {
      if (subscriber) await room.rig.addSubscriber({ email: 'anna@example.com', status: subscriber })
      const id = await room.rig.addMail({ kind: 'welcome' })
      await drain()
      expect([await fateOf(room, id), isCalledFor()]).toEqual([
        expect.objectContaining({ status, reason }),
        status === 'submitted',
      ])
    })

    it('when it is in doubt either, and nobody can know whether it was taken', async () => {
      const late = await room.rig.addMail({ ...IN_DOUBT, validUntil: at('07:59:30') })
      const unwanted = await room.rig.addMail({ ...IN_DOUBT, ...to('bo@example.com') })
      await suppress('complained', 'bo@example.com')
      await drain()
      const fates = [await fateOf(room, late), await fateOf(room, unwanted)]
      expect([fates.map(({ status, reason }) => [status, reason]), isCalledFor()]).toEqual([
        [
          ['uncertain', 'expired'],
          ['uncertain', 'suppressed'],
        ],
        false,
      ])
    })

    it('gives its place among the calls to another', async () => {
      await room.rig.addMail({ validUntil: at('08:00') })
      const ended: unknown[] = []
      const pace = {
        waitForCall: async () => ({ end: async (call: unknown) => void ended.push(call) }),
        width: () => 1,
      }
      await sendNextTransactional({ ...room.flow(), pace })
      expect(ended).toEqual([null])
    })
  })

  it('waits, with the problem visible, while the provider refuses; nobody has to start it again', async () => {
    const first = await room.rig.addMail({ ...to('anna@example.com'), idempotencyKey: 'a' })
    const second = await room.rig.addMail({ ...to('bo@example.com'), idempotencyKey: 'b' })
    room.mailer.answerNext(REFUSED, REFUSED, REFUSED)
    await passMinutes(room, 3)
    const problem = { reason: 'key_refused', detail: 'Set another key.' }
    expect(await room.rig.mail(first)).toMatchObject({
      status: 'pending',
      ...problem,
      problemSince: at('08:00'),
    })
    // One call a minute in all, not one for each mail; each is tried in its turn.
    expect(keysOf(room)).toEqual(['a', 'b', 'a-try-1'])
    await passMinutes(room, 2)
    expect(mailedTo(room).sort()).toEqual(['anna@example.com', 'bo@example.com'])
    expect(
      [await fateOf(room, first), await fateOf(room, second)].map(({ status, reason }) => [status, reason]),
    ).toEqual([
      ['submitted', null],
      ['submitted', null],
    ])
  })

  it('has its next key after a try that was surely not taken, and the same one while it is in doubt', async () => {
    await room.rig.addMail({ idempotencyKey: 'key' })
    room.mailer.answerNext(LATER, { kind: 'lost' }, BUSY, DOWN)
    for (let round = 0; round < 5; round++) {
      await drain()
      room.clock.pass(61)
    }
    expect(keysOf(room)).toEqual(['key', 'key-try-1', 'key-try-1', 'key-try-1', 'key-try-1'])
    expect(mailedTo(room)).toEqual(['anna@example.com'])
  })

  it('is as long in waiting as the provider asks', async () => {
    await room.rig.addMail()
    room.mailer.answerNext(LATER)
    await drain()
    room.clock.pass(4)
    await drain()
    const before = keysOf(room).length
    room.clock.pass(1)
    await drain()
    expect([before, keysOf(room).length]).toEqual([1, 2])
  })

  it('is uncertain when the provider has forgotten its key, and not called for again', async () => {
    room = newsroom({ repeatableMs: 3_600_000 })
    const id = await room.rig.addMail()
    room.mailer.answerNext(...Array.from({ length: 200 }, () => DOWN))
    for (let minute = 0; minute < 70; minute++) {
      await drain()
      room.clock.pass(60)
    }
    const calls = keysOf(room).length
    room.clock.pass(86_400)
    await drain()
    expect((await fateOf(room, id)).status).toBe('uncertain')
    expect(keysOf(room)).toHaveLength(calls)
  })

  it('that another account may have taken is uncertain', async () => {
    const id = await room.rig.addMail({ inDoubtSince: at('07:59'), calledWith: 'resend 1' })
    await drain()
    expect([(await fateOf(room, id)).reason, keysOf(room)]).toEqual(['mailer_changed', []])
  })

  it('that the provider stumbles over keeps no other waiting after a few tries', async () => {
    const poison = await room.rig.addMail({ ...to('poison@example.com'), idempotencyKey: 'poison' })
    await room.rig.addMail(to('bo@example.com'))
    const { mailer } = room
    const stumbling = {
      ...room.flow(),
      mailer: {
        ...mailer,
        send: (call: Parameters<typeof mailer.send>[0]) =>
          call.key === 'poison' ? Promise.resolve(DOWN) : mailer.send(call),
      },
    }
    for (let round = 0; round < 6; round++) {
      await drainFlow(stumbling)
      room.clock.pass(61)
    }
    expect(mailedTo(room)).toEqual(['bo@example.com'])
    expect((await room.rig.mail(poison)).status).toBe('pending')
  })

  it('that alone is refused keeps no other waiting: neither those of then nor those that come later', async () => {
    const bad = await room.rig.addMail({ ...to('bad@example.com'), idempotencyKey: 'bad' })
    const names = Array.from({ length: 20 }, (_, number) => `reader-${number}@example.com`)
    for (const name of names) await room.rig.addMail(to(name))
    const refusing = { ...room.flow(), mailer: refusingAlone(room.mailer, 'bad@example.com') }
    await passMinutes(room, 10, refusing)
    expect(mailedTo(room)).toEqual(names)
    const waits = []
    for (let minute = 0; minute < 10; minute++) {
      await room.rig.addMail({ ...to(`late-${minute}@example.com`), dueAt: room.clock.now() })
      await drainFlow(refusing)
      waits.push(mailedTo(room).at(-1))
      room.clock.pass(60)
    }
    expect(waits).toEqual(waits.map((_, minute) => `late-${minute}@example.com`))
    expect(await fateOf(room, bad)).toMatchObject({ status: 'pending', reason: 'key_refused' })
  })

  it('that waits for a wrong key costs one call a minute in all, for as long as it is wrong', async () => {
    for (let number = 0; number < 20; number++) await room.rig.addMail(to(`reader-${number}@example.com`))
    room.mailer.answerNext(...Array.from({ length: 60 }, () => REFUSED))
    await passMinutes(room, 60)
    expect(keysOf(room)).toHaveLength(60)
    await passMinutes(room, 2)
    expect(mailedTo(room)).toHaveLength(20)
  })

  it('under a key that had other bytes keeps no other waiting', async () => {
    await room.rig.addMail(to('anna@example.com'))
    await room.rig.addMail(to('bo@example.com'))
    room.mailer.answerNext(CONFLICT)
    await drain()
    expect(mailedTo(room)).toEqual(['bo@example.com'])
  })

  it('of many, one is put in doubt by an outage at a time', async () => {
    for (const name of ['anna', 'bo', 'cilla']) await room.rig.addMail(to(`${name}@example.com`))
    room.mailer.answerNext(DOWN)
    await drain()
    expect(keysOf(room)).toHaveLength(1)
    room.clock.pass(61)
    await drain()
    expect(mailedTo(room).sort()).toEqual(['anna@example.com', 'bo@example.com', 'cilla@example.com'])
  })

  it('a mailer with a bug is an unknown outcome', async () => {
    const id = await room.rig.addMail()
    room.mailer.answerNext({ kind: 'throws', error: new Error('A bug.') })
    await drain()
    expect((await fateOf(room, id)).reason).toBe('mailer_failed')
    room.clock.pass(61)
    await drain()
    expect(await fateOf(room, id)).toMatchObject({ status: 'submitted', reason: null })
  })

  it('is given back, not in doubt, when the worker is told to stop before the call', async () => {
    const id = await room.rig.addMail()
    const before = await room.rig.mail(id)
    const pace = { waitForCall: async () => null, width: () => 1 }
    expect(await sendNextTransactional({ ...room.flow(), pace })).toBe(true)
    expect(await room.rig.mail(id)).toEqual({ ...before, attempts: 1 })
  })

  it('is written down although the database stumbles', async () => {
    const id = await room.rig.addMail()
    const { store, ...flow } = room.flow()
    let failures = 2
    const settleTransactionalMail: typeof store.settleTransactionalMail = (move) =>
      failures-- > 0 ? Promise.reject(new Error('Away.')) : store.settleTransactionalMail(move)
    await sendNextTransactional({ ...flow, store: { ...store, settleTransactionalMail } })
    expect((await fateOf(room, id)).status).toBe('submitted')
    expect(room.log).toEqual(['mail.not_recorded', 'mail.not_recorded', 'mail.settled'])
  })

  it('is not called for once another worker has it', async () => {
    const id = await room.rig.addMail()
    const pace = {
      waitForCall: async () => {
        room.clock.pass(61)
        await room.rig.store.claimTransactionalMail({ now: room.clock.now(), lease: { token: 'b', ms: 1 } })
        return { end: async () => undefined }
      },
      width: () => 1,
    }
    await sendNextTransactional({ ...room.flow(), pace })
    expect([keysOf(room), (await room.rig.mail(id)).inDoubtSince]).toEqual([[], null])
  })
})

describe('a worker that is killed with a transactional mail', () => {
  /** Each time followed by a new one after the lease; then one that lives. */
  async function sendWithKills(room: Newsroom, kills: Kill[]) {
    for (const kill of kills) {
      await drainFlow(killedFlow(room.flow(), kill).flow).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      room.clock.pass(61)
    }
    await drainFlow(room.flow())
  }

  const OPTIONS = { keys: {}, 'no keys': { repeatableMs: 0 } }
  const queued = async (options: { repeatableMs?: number }) => {
    const room = newsroom(options)
    return { room, id: await room.rig.addMail() }
  }

  /** Every call of the port, before and after it. */
  async function everyKill(): Promise<Kill[]> {
    const { room } = await queued({})
    const { flow, calls } = killedFlow(room.flow(), null)
    await drainFlow(flow)
    expect([...new Set(calls)]).toEqual(
      expect.arrayContaining([
        'claimTransactionalMail',
        'callTransactionalMail',
        'send',
        'settleTransactionalMail',
      ]),
    )
    return calls.flatMap((_, call) => [{ call, when: 'before' } as const, { call, when: 'after' } as const])
  }

  const endOf = async (room: Newsroom, id: string) => {
    const { status, leaseToken } = await room.rig.mail(id)
    return { status, leaseToken, mailed: mailedTo(room).length }
  }
  const WELL: Pick<TransactionalMailRow, 'status' | 'leaseToken'> & { mailed: number } = {
    status: 'submitted',
    leaseToken: null,
    mailed: 1,
  }

  it('at any two calls is followed by one that makes it good: exactly one mail', async () => {
    const kills = await everyKill()
    for (const [first, second] of pairsOf(kills)) {
      const { room, id } = await queued(OPTIONS.keys)
      await sendWithKills(room, [first, second])
      expect({ first, second, ...(await endOf(room, id)) }).toEqual({ first, second, ...WELL })
    }
  })

  it('at any two calls, with a mailer without keys, mails nobody twice: who may have it is uncertain', async () => {
    const kills = await everyKill()
    const seen = new Set<string>()
    for (const [first, second] of pairsOf(kills)) {
      const { room, id } = await queued(OPTIONS['no keys'])
      await sendWithKills(room, [first, second])
      const { status, mailed, leaseToken } = await endOf(room, id)
      seen.add(`${status} ${mailed}`)
      expect({ first, second, leaseToken, isAccounted: status === 'uncertain' || mailed === 1 }).toEqual({
        ...{ first, second, leaseToken: null, isAccounted: true },
      })
      expect(mailed).toBeLessThanOrEqual(1)
    }
    expect([...seen].sort()).toEqual(['submitted 1', 'uncertain 0', 'uncertain 1'])
  })

  it.each([
    ['asks to wait', [LATER, LATER]],
    ['refuses', [REFUSED, REFUSED]],
    ['loses its answers', [{ kind: 'lost' }, { kind: 'lost' }]],
    ['is busy with it', [{ kind: 'lost' }, BUSY]],
  ] as const)('at any call while the provider %s: exactly one mail', async (_, answers) => {
    const trouble = async () => {
      const { room, id } = await queued({})
      room.mailer.answerNext(...answers)
      return { room, id }
    }
    const { room: first } = await trouble()
    const { flow, calls } = killedFlow(first.flow(), null)
    for (let round = 0; round < 3; round++) {
      await drainFlow(flow)
      first.clock.pass(61)
    }
    expect(calls).toContain('releaseTransactionalMail')
    for (const when of ['before', 'after'] as const)
      for (let call = 0; call < calls.length; call++) {
        const { room, id } = await trouble()
        const NEVER: Kill = { call: Infinity, when: 'before' }
        await sendWithKills(room, [{ call, when }, ...Array.from({ length: 5 }, () => NEVER)])
        expect({ call, when, ...(await endOf(room, id)) }).toEqual({ call, when, ...WELL })
      }
  })
})
