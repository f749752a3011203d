import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Id, Outcome } from '../../src/newsletter/model.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'

const LATER: Outcome = {
  kind: 'postponed',
  problem: { code: 'recipient_postponed', message: '450 4.2.0 Greylisted' },
}
const refusedFor = (code: string): Outcome => ({
  kind: 'answered',
  results: [{ kind: 'rejected', code, detail: null, isPolicy: true }],
})

/** A newsroom whose mailer takes one mail a call, and meets a call with what `answer` says of its recipient. */
async function newsroomWith(
  answer: { of: (email: string, minute: number) => Outcome | null },
  { readers }: { readers: number },
) {
  const room = newsroom({ batchSize: 1, repeatableMs: 0 })
  for (let number = 0; number < readers; number++)
    await room.rig.addSubscriber({ email: readerEmail(number) })
  const article = await room.publish()
  const tries: [minute: number, reader: string][] = []
  const time = { minute: 0 }
  const mailer: typeof room.mailer = {
    ...room.mailer,
    send: async (call) => {
      const [email = ''] = recipientsOf(call.mails)
      tries.push([time.minute, email])
      return answer.of(email, time.minute) ?? room.mailer.send(call)
    },
  }
  const work = async (minutes: number) => {
    for (const end = time.minute + minutes; time.minute < end; time.minute++) {
      await drainFlow({ ...room.flow(), mailer })
      room.clock.pass(60)
    }
  }
  const control = (id: Id, what: 'resume' | 'retry') =>
    controlCampaign(room.flow(), { id, control: what, by: 'editor' })
  return { room, article, tries, work, control }
}

describe('a server that asks to come later for one recipient', () => {
  it('holds up nobody else; the recipient is asked after 1, 5, 15 and each 60 minutes, and rejected after a day', async () => {
    const first = readerEmail(0)
    const { room, article, tries, work } = await newsroomWith(
      { of: (email) => (email === first ? LATER : null) },
      { readers: 3 },
    )
    await work(1)
    expect(recipientsOf(room.mailer.mails)).toEqual([1, 2].map(readerEmail))
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitting', problem: null })
    await work(25 * 60)
    const minutes = tries.filter(([, email]) => email === first).map(([minute]) => minute)
    expect(minutes).toEqual([0, 1, 6, 21, ...Array.from({ length: 24 }, (_, hour) => 81 + 60 * hour)])
    const { status, counts, id } = room.campaignOf(article)
    expect([status, counts]).toEqual([
      'submitted',
      { ...NO_COUNTS, recipients: 3, submitted: 2, rejected: 1 },
    ])
    expect((await room.rig.deliveries(id))[0]).toMatchObject({
      status: 'rejected',
      reason: 'deferred_too_long',
      detail: '450 4.2.0 Greylisted',
    })
  })

  it('greylists everybody for five minutes: everybody gets it, once, without staff', async () => {
    const seen = new Map<string, number>()
    const { room, article, work } = await newsroomWith(
      {
        of: (email, minute) => {
          const since = seen.get(email) ?? minute
          seen.set(email, since)
          return minute - since < 5 ? LATER : null
        },
      },
      { readers: 30 },
    )
    await work(10)
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', counts: { submitted: 30 } })
    expect(recipientsOf(room.mailer.mails).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, number) => readerEmail(number)),
    )
  })
})

describe('a server that refuses this sender', () => {
  it('pauses the campaign after a dozen recipients; resumed when that is mended, it mails the others, and retried, the dozen', async () => {
    const server = { isMended: false }
    const { room, article, work, control } = await newsroomWith(
      { of: () => (server.isMended ? null : refusedFor('smtp_550_5.7.1')) },
      { readers: 20 },
    )
    await work(1)
    const { id, ...paused } = room.campaignOf(article)
    expect([paused.status, paused.problem?.code, await room.countsOf(article)]).toEqual([
      'paused',
      'sender_blocked',
      { ...NO_COUNTS, recipients: 20, rejected: 12 },
    ])
    server.isMended = true
    await control(id, 'resume')
    await work(1)
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', counts: { submitted: 8 } })
    await control(id, 'retry')
    await work(1)
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', counts: { submitted: 20 } })
  })

  it('pauses it again after another dozen, when staff resume it before that is mended', async () => {
    const { room, article, work, control } = await newsroomWith(
      { of: () => refusedFor('smtp_550_5.7.1') },
      { readers: 40 },
    )
    await work(1)
    await control(room.campaignOf(article).id, 'resume')
    await work(1)
    expect([room.campaignOf(article).status, (await room.countsOf(article)).rejected]).toEqual(['paused', 24])
  })

  it.each<[string, (number: number) => Outcome | null]>([
    ['for different reasons', (number) => refusedFor(number % 2 ? 'smtp_550_5.7.1' : 'smtp_552_5.3.4')],
    ['but took one mail before', (number) => (number === 0 ? null : refusedFor('smtp_550_5.7.1'))],
  ])('goes on: %s', async (_, outcomeOf) => {
    const { room, article, work } = await newsroomWith(
      { of: (email) => outcomeOf(Number(/\d+/.exec(email))) },
      { readers: 20 },
    )
    await work(1)
    expect(room.campaignOf(article).status).toBe('submitted')
  })
})
