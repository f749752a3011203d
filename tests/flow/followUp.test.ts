import { beforeEach, describe, expect, it } from '@jest/globals'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { EditionAudience, Outcome } from '../../src/newsletter/model.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { undoCampaign } from '../../src/newsletter/undoCampaign.ts'
import { Killed, killedFlow, type Kill } from '../support/flow/crash.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'

const REJECTED: Outcome = {
  kind: 'answered',
  results: [
    { kind: 'accepted', providerId: 'p1' },
    { kind: 'rejected', code: 'no_mailbox', detail: 'No such mailbox.' },
  ],
}

/** An article that two got, one more missed (the provider refused the address), and two joined after. */
async function mailed(): Promise<{ room: Newsroom; article: string }> {
  const room = newsroom()
  for (const name of ['anna', 'bo', 'cia']) await room.rig.addSubscriber({ email: `${name}@example.com` })
  const article = await room.publish()
  room.mailer.answerNext(REJECTED)
  await drainFlow(room.flow())
  room.clock.pass(3600)
  for (const name of ['dan', 'eva'])
    await room.rig.addSubscriber({ email: `${name}@example.com`, joinedAt: room.clock.now() })
  return { room, article }
}

const FIRST = ['anna@example.com', 'cia@example.com']
const JOINED = ['dan@example.com', 'eva@example.com']

describe('a later edition of an article', () => {
  let room: Newsroom
  let article: string
  beforeEach(async () => {
    ;({ room, article } = await mailed())
  })
  const gone = () => recipientsOf(room.mailer.mails).sort()
  const drain = () => drainFlow(room.flow())

  it('goes to those who joined since, once, and to nobody else', async () => {
    const answer = await room.followUp(article, {})
    await drain()
    await drain()
    expect([answer, gone()]).toEqual([
      { kind: 'begun', id: expect.any(String), edition: 2 },
      [...FIRST, ...JOINED].sort(),
    ])
  })

  it('goes to those who missed it; the next to those who joined', async () => {
    await room.followUp(article, { audience: 'missed' })
    await drain()
    expect(gone()).toEqual([...FIRST, 'bo@example.com'].sort())
    await room.followUp(article, { audience: 'joined_since' })
    await drain()
    expect(gone()).toEqual(['anna', 'bo', 'cia', 'dan', 'eva'].map((name) => `${name}@example.com`))
    // Nobody is left.
    for (const audience of ['missed', 'joined_since', 'topic'] as const) {
      await room.followUp(article, { audience })
      await drain()
    }
    expect(gone()).toHaveLength(5)
  })

  it('that corrects goes to those who got it, as it is published then', async () => {
    room.site.title = 'Rättad'
    await room.publish(article)
    await drain()
    expect(gone()).toEqual(FIRST)
    await room.followUp(article, { audience: 'correction' })
    await drain()
    expect(room.mailer.mails.slice(2).map(({ to, subject }) => [to.email, subject])).toEqual([
      ['anna@example.com', 'Rättad (sv)'],
      ['cia@example.com', 'Rättad (sv)'],
    ])
  })

  it('is one at a time, also when two ask at once', async () => {
    room.site.holdSeconds = 60
    const answers = await Promise.all([
      room.followUp(article, {}),
      room.followUp(article, { audience: 'missed' }),
    ])
    const third = await room.followUp(article, { audience: 'correction' })
    const [begun] = answers.filter(({ kind }) => kind === 'begun')
    const id = begun && 'id' in begun ? begun.id : ''
    expect([answers.map(({ kind }) => kind).sort(), third]).toEqual([
      ['begun', 'unfinished'],
      { kind: 'unfinished', id },
    ])
    expect(answers.find(({ kind }) => kind === 'unfinished')).toEqual({ kind: 'unfinished', id })
  })

  it('comes after the first, and corrects one that was mailed', async () => {
    const other = newsroom()
    const unsent = await other.rig.addArticle()
    const answers = [
      await other.followUp(unsent, {}),
      await room.followUp(article, { audience: 'correction', corrects: 2 }),
    ]
    const cancelled = await other.rig.addCampaign({ articleId: unsent, status: 'cancelled' })
    await other.rig.setCampaign(cancelled, { finishedAt: other.clock.now() })
    expect([...answers, await other.followUp(unsent, {})]).toEqual([
      { kind: 'not_mailed' },
      { kind: 'nothing_to_correct' },
      { kind: 'not_mailed' },
    ])
  })

  it('is refused when who got the first is not known for much longer', async () => {
    room.clock.pass(397 * 86_400)
    expect((await room.followUp(article, {})).kind).toBe('begun')
    await drain()
    room.clock.pass(2 * 86_400)
    expect(await room.followUp(article, {})).toEqual({ kind: 'too_old' })
  })

  it('waits for a first one that was cancelled until its last call is known', async () => {
    const own = newsroom()
    await own.rig.addSubscribers(3)
    const other = await own.publish()
    while (await prepareNextCampaign(own.flow()));
    own.mailer.answerNext({ kind: 'lost' })
    await sendNextBatch(own.flow())
    const { id } = own.campaignOf(other)
    await controlCampaign(own.flow(), { id, control: 'cancel', by: 'editor' })
    expect(await own.followUp(other, { audience: 'missed' })).toEqual({ kind: 'unfinished', id })
    own.clock.pass(3600)
    await drainFlow(own.flow())
    await own.followUp(other, { audience: 'missed' })
    await drainFlow(own.flow())
    const mailed = recipientsOf(own.mailer.mails)
    expect(new Set(mailed).size).toBe(mailed.length)
  })

  it('goes to the topics of the first, or to the one that is named', async () => {
    room.site.topicIds = ['1']
    const other = await room.publish()
    await drain()
    await room.rig.addSubscriber({ email: 'ett@example.com', topicIds: ['1'], joinedAt: room.clock.now() })
    await room.rig.addSubscriber({ email: 'tva@example.com', topicIds: ['2'] })
    room.clock.pass(60)
    await room.rig.addSubscriber({ email: 'sen@example.com', topicIds: ['1'], joinedAt: room.clock.now() })
    room.site.topicIds = []
    const before = gone().length
    await room.followUp(other, { audience: 'joined_since' })
    await drain()
    await room.followUp(other, { audience: 'topic', topicId: '2' })
    await drain()
    expect(recipientsOf(room.mailer.mails).slice(before)).toEqual(['sen@example.com', 'tva@example.com'])
  })

  it('can be undone in its hold: nobody is mailed, the article stays, and another may follow', async () => {
    room.site.holdSeconds = 60
    const first = await room.followUp(article, {})
    const id = first.kind === 'begun' ? first.id : ''
    expect(await undoCampaign(room.flow(), { id, by: 'editor' })).toBe(true)
    room.clock.pass(61)
    await drain()
    await room.publish(article)
    await drain()
    const isPublished = room.rig.rows.articles.find((row) => row.id === article)?.isPublished
    expect([gone(), isPublished]).toEqual([FIRST, true])
    expect(await room.followUp(article, {})).toMatchObject({ kind: 'begun', edition: 3 })
    room.clock.pass(61)
    await drain()
    expect(gone()).toEqual([...FIRST, ...JOINED].sort())
  })

  it('waits for its article, and goes on when that is published again', async () => {
    await room.followUp(article, {})
    room.unpublish(article)
    await drain()
    const waiting = room.rig.rows.campaigns.find(({ edition }) => edition === 2)
    expect(waiting).toMatchObject({ status: 'paused', problem: { code: 'article_unpublished' } })
    await room.publish(article)
    await drain()
    expect(gone()).toEqual([...FIRST, ...JOINED].sort())
  })

  it('and a retry of the first exclude each other: nobody gets it twice', async () => {
    const { id } = room.campaignOf(article)
    const retry = () => controlCampaign(room.flow(), { id, control: 'retry', by: 'editor' })
    // The retry first: the later edition is refused until it is over.
    expect(await retry()).toBe(true)
    expect(await room.followUp(article, { audience: 'missed' })).toEqual({ kind: 'unfinished', id })
    await drain()
    await room.followUp(article, { audience: 'missed' })
    await drain()
    expect(await retry()).toBe(false)
    expect(gone()).toEqual([...FIRST, 'bo@example.com'].sort())
  })

  it.each(['joined_since', 'missed', 'correction'] as EditionAudience[])(
    '(%s) is made good after a worker was killed before or after any call',
    async (audience) => {
      const expected = {
        joined_since: [...FIRST, ...JOINED],
        missed: [...FIRST, 'bo@example.com'],
        correction: [...FIRST, ...FIRST],
      }[audience as 'joined_since']
      const { flow, calls } = killedFlow(room.flow(), null)
      await room.followUp(article, { audience })
      await drainFlow(flow)
      expect(calls).toEqual(expect.arrayContaining(['snapshotAudience', 'openCampaign', 'send']))
      for (const when of ['before', 'after'] as const)
        for (let call = 0; call < calls.length; call += 1) {
          const { room: own, article: id } = await mailed()
          await own.followUp(id, { audience })
          const kill: Kill = { call, when }
          await drainFlow(killedFlow(own.flow(), kill).flow).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error
          })
          own.clock.pass(61)
          await drainFlow(own.flow())
          const statuses = own.rig.rows.campaigns.map(({ status }) => status)
          expect({ kill, mailed: recipientsOf(own.mailer.mails).sort(), statuses }).toEqual({
            kill,
            mailed: expected.toSorted(),
            statuses: ['submitted', 'submitted'],
          })
        }
    },
  )
})
