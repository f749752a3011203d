import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { MailResult, Outcome } from '../../src/newsletter/model.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { drainFlow, newsroom, recipientsOf, type Newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'

const DOWN = { code: 'provider_down', message: 'The provider is down.' }
const KEY_REFUSED = { code: 'key_refused', message: 'The key is refused: set another.' }
const FIVE = Array.from({ length: 5 }, (_, number) => readerEmail(number))

/** A newsroom with five readers, mailed in batches of two. */
async function withReaders(options: Parameters<typeof newsroom>[0] = {}): Promise<Newsroom> {
  const room = newsroom(options)
  await room.rig.addSubscribers(5)
  return room
}

const fates = async ({ rig, campaignOf }: Newsroom, article: string) =>
  (await rig.deliveries(campaignOf(article).id)).map(({ status, reason, detail, providerId }) =>
    [status, reason, detail, providerId].filter((part) => part !== null).join(' '),
  )

/** Lets the time pass until the campaign is through, ten minutes at most. */
async function drainOverTime(room: Newsroom): Promise<void> {
  for (let minute = 0; minute < 10; minute++) {
    await drainFlow(room.flow())
    room.clock.pass(60)
  }
}

describe('an article that is published', () => {
  it('is mailed to every reader once, in batches, and its campaign is submitted', async () => {
    const room = await withReaders()
    const article = await room.publish()
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
    expect(room.mailer.calls.map(({ mails }) => mails.length)).toEqual([2, 2, 1])
    expect(new Set(room.mailer.calls.map(({ key }) => key)).size).toBe(3)
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      subject: 'Rubriken (sv)',
      problem: null,
      startedAt: at('08:00'),
      finishedAt: at('08:00'),
      counts: { ...NO_COUNTS, recipients: 5, submitted: 5 },
    })
    expect(await fates(room, article)).toEqual([1, 2, 3, 4, 5].map((n) => `submitted memory-${n}`))
  })

  it('comes to each reader in their language, with a link of their own', async () => {
    const room = newsroom()
    await room.rig.addSubscriber({ email: 'anna@example.com', locale: 'sv' })
    await room.rig.addSubscriber({ email: 'bob@example.com', locale: 'en' })
    await room.publish()
    await drainFlow(room.flow())
    const [anna, bob] = room.mailer.mails
    expect([anna?.subject, bob?.subject]).toEqual(['Rubriken (sv)', 'Rubriken (en)'])
    const links = [anna, bob].map((mail) => mail?.headers['List-Unsubscribe'])
    expect(new Set(links).size).toBe(2)
    expect([anna, bob].map((mail) => mail?.html.includes(mail.to.email))).toEqual([true, true])
  })

  it('goes to nobody twice when it is published again after the mailing', async () => {
    const room = await withReaders()
    const article = await room.publish()
    await drainFlow(room.flow())
    room.unpublish(article)
    await room.publish(article)
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails)).toHaveLength(5)
  })

  it('without a reader is submitted at once', async () => {
    const room = newsroom()
    const article = await room.publish()
    await drainFlow(room.flow())
    expect([room.campaignOf(article).status, room.mailer.calls]).toEqual(['submitted', []])
  })

  it('whose readers all left meanwhile makes no call', async () => {
    const room = newsroom()
    const reader = await room.rig.addSubscriber()
    const article = await room.publish()
    await drainFlowUntilOpen(room)
    await room.rig.setSubscriber(reader, { status: 'unsubscribed' })
    await drainFlow(room.flow())
    expect([room.campaignOf(article).status, room.mailer.calls]).toEqual(['submitted', []])
    expect(await fates(room, article)).toEqual(['excluded unsubscribed'])
  })

  it('goes to those who follow its topics', async () => {
    const room = newsroom()
    const topic = await room.rig.addTopic('frihet')
    await room.rig.addSubscriber({ email: 'follows@example.com', topicIds: [topic] })
    await room.rig.addSubscriber({ email: 'not@example.com' })
    room.site.topicIds.push(topic)
    await room.publish()
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails)).toEqual(['follows@example.com'])
  })
})

describe('a reader who leaves', () => {
  it('before their batch is tried gets no mail, and the reason is recorded', async () => {
    const room = newsroom()
    const ids = []
    for (const number of [0, 1, 2, 3, 4])
      ids.push(await room.rig.addSubscriber({ email: readerEmail(number) }))
    const article = await room.publish()
    await drainFlowUntilOpen(room)
    await sendNextBatch(room.flow())
    await room.rig.setSubscriber(ids[0] ?? '', { status: 'unsubscribed' })
    await room.rig.setSubscriber(ids[2] ?? '', { status: 'unsubscribed' })
    await room.rig.setSubscriber(ids[3] ?? '', { status: 'suppressed' })
    await room.rig.setSubscriber(ids[4] ?? '', 'deleted')
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails)).toEqual([readerEmail(0), readerEmail(1)])
    expect(await fates(room, article)).toEqual([
      'submitted memory-1',
      'submitted memory-2',
      'excluded unsubscribed',
      'excluded suppressed',
      'excluded deleted',
    ])
    expect(room.campaignOf(article).counts).toEqual({
      ...NO_COUNTS,
      recipients: 5,
      submitted: 2,
      excluded: 3,
    })
  })
})

describe('a provider that answers', () => {
  const results = (...mails: MailResult[]): Outcome => ({ kind: 'answered', results: mails })

  it('for each mail: what became of it is on its delivery, and the others go', async () => {
    const room = await withReaders({ batchSize: 5 })
    room.mailer.answerNext(
      results(
        { kind: 'accepted', providerId: 'p-1' },
        { kind: 'rejected', code: 'invalid_to', detail: 'Not an address.' },
        { kind: 'unknown', code: 'dropped', detail: null },
        { kind: 'accepted', providerId: null },
      ),
    )
    const article = await room.publish()
    await drainFlow(room.flow())
    expect(await fates(room, article)).toEqual([
      'submitted p-1',
      'rejected invalid_to Not an address.',
      'uncertain dropped',
      'submitted',
      'uncertain not_mentioned',
    ])
    expect(room.campaignOf(article)).toMatchObject({
      status: 'paused',
      problem: { code: 'uncertain_deliveries' },
      counts: { ...NO_COUNTS, recipients: 5, submitted: 2, rejected: 1, uncertain: 2 },
    })
  })

  it('later: the campaign waits as long as it asks, says why, and goes on', async () => {
    const room = await withReaders()
    room.mailer.answerNext({ kind: 'later', afterMs: 90_000, problem: DOWN })
    const article = await room.publish()
    await drainFlow(room.flow())
    room.clock.pass(89)
    await drainFlow(room.flow())
    const waiting = room.campaignOf(article)
    room.clock.pass(1)
    await drainFlow(room.flow())
    expect(waiting).toMatchObject({ status: 'submitting', problem: { ...DOWN, at: at('08:00') } })
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', problem: null })
    expect(room.mailer.calls).toHaveLength(4)
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
  })

  it('with a refusal of the key: it is paused, says why, and goes on when an editor resumes it', async () => {
    const room = await withReaders()
    room.mailer.answerNext({ kind: 'refused', problem: KEY_REFUSED })
    const article = await room.publish()
    await drainFlow(room.flow())
    const refused = room.campaignOf(article)
    await drainOverTime(room)
    expect([refused.status, room.mailer.calls.length]).toEqual(['paused', 1])
    await controlCampaign(room.flow(), { id: refused.id, control: 'resume', by: 'editor' })
    await drainFlow(room.flow())
    expect(refused.problem).toEqual({ ...KEY_REFUSED, at: at('08:00') })
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', problem: null })
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
  })

  it('asks a provider that is down less and less often, at most once a minute', async () => {
    const room = await withReaders({ batchSize: 5 })
    room.mailer.answerNext(...Array(100).fill({ kind: 'later', afterMs: null, problem: DOWN }))
    await room.publish()
    const calls = []
    for (let second = 0; second < 300; second++) {
      const before = room.mailer.calls.length
      await drainFlow(room.flow())
      if (room.mailer.calls.length > before) calls.push(second)
      room.clock.pass(1)
    }
    expect(calls).toEqual([0, 2, 6, 18, 54, 114, 174, 234, 294])
  })

  it('not at all, which has keys: the call is repeated and nobody is mailed twice', async () => {
    const room = await withReaders()
    room.mailer.answerNext({ kind: 'lost' }, { kind: 'lost' })
    const article = await room.publish()
    await drainOverTime(room)
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
    expect(room.campaignOf(article)).toMatchObject({
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: 5, submitted: 5 },
    })
  })

  it('not at all, which has no keys: the batch is uncertain and not repeated', async () => {
    const room = await withReaders({ repeatableMs: 0 })
    room.mailer.answerNext({ kind: 'lost' })
    const article = await room.publish()
    await drainOverTime(room)
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
    expect(await fates(room, article)).toEqual([
      'uncertain answer_lost',
      'uncertain answer_lost',
      'submitted memory-3',
      'submitted memory-4',
      'submitted memory-5',
    ])
  })

  it('not at all for longer than it remembers a key: the batch becomes uncertain', async () => {
    const room = await withReaders({ batchSize: 5, repeatableMs: 10 * 60_000 })
    room.mailer.answerNext(...Array(20).fill({ kind: 'lost' }))
    const article = await room.publish()
    for (let minute = 0; minute < 12; minute++) {
      await drainFlow(room.flow())
      room.clock.pass(60)
    }
    expect(recipientsOf(room.mailer.mails)).toHaveLength(5)
    expect(room.campaignOf(article)).toMatchObject({
      status: 'paused',
      counts: { ...NO_COUNTS, recipients: 5, uncertain: 5 },
    })
  })

  it('refuses after a call that stayed unanswered: that doubt stays', async () => {
    const room = await withReaders({ batchSize: 5 })
    room.mailer.answerNext({ kind: 'lost' }, { kind: 'refused', problem: KEY_REFUSED })
    const article = await room.publish()
    await drainFlow(room.flow())
    room.clock.pass(3)
    await drainFlow(room.flow())
    expect(await room.rig.batches(room.campaignOf(article).id)).toMatchObject([
      { status: 'pending', inDoubtSince: at('08:00') },
    ])
  })
})

describe('a campaign whose article or site is not ready', () => {
  it('waits when the article was unpublished, and mails it as it is when it is published again', async () => {
    const room = await withReaders()
    const article = await room.publish()
    room.unpublish(article)
    await drainFlow(room.flow())
    const waiting = room.campaignOf(article)
    room.site.title = 'Ny rubrik'
    await room.publish(article)
    await drainFlow(room.flow())
    expect(waiting).toMatchObject({ status: 'paused', problem: { code: 'article_unpublished' } })
    expect(room.campaignOf(article)).toMatchObject({ status: 'submitted', subject: 'Ny rubrik (sv)' })
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
  })

  it('goes on when the article was published again while a worker read it as unpublished', async () => {
    const room = await withReaders()
    const article = await room.publish()
    room.unpublish(article)
    const { articles, ...flow } = room.flow()
    await drainFlow({
      ...flow,
      articles: {
        ...articles,
        readForMailing: async (id) => {
          const read = await articles.readForMailing(id)
          // The hook finds a campaign that is scheduled, and leaves it alone.
          if (read.kind === 'unpublished') await room.publish(article)
          return read
        },
      },
    })
    expect(room.campaignOf(article).status).toBe('submitted')
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
  })

  it('fails when the site is incomplete, and goes on after a retry', async () => {
    const room = await withReaders()
    room.site.problem = { code: 'site_incomplete', message: 'The postal address is missing.' }
    const article = await room.publish()
    await drainFlow(room.flow())
    const failed = room.campaignOf(article)
    room.site.problem = null
    await drainOverTime(room)
    const untouched = room.campaignOf(article).status
    const isRetried = await controlCampaign(room.flow(), { id: failed.id, control: 'retry', by: 'editor' })
    await drainFlow(room.flow())
    expect(failed).toMatchObject({ status: 'failed', problem: { code: 'site_incomplete' } })
    expect([untouched, isRetried, room.campaignOf(article).status]).toEqual(['failed', true, 'submitted'])
    expect(recipientsOf(room.mailer.mails).sort()).toEqual(FIVE)
  })

  it('fails when the mail cannot be rendered, with the reason', async () => {
    const room = await withReaders()
    room.site.renderError = new Error('There is no renderer for “chart”.')
    const article = await room.publish()
    await drainFlow(room.flow())
    expect(room.campaignOf(article)).toMatchObject({
      status: 'failed',
      problem: {
        code: 'render_failed',
        message: 'The mail could not be made: There is no renderer for “chart”.',
      },
      leaseToken: null,
    })
    expect(room.mailer.calls).toEqual([])
  })

  it('does not fail when the database does while the mailing is fixed: the next worker goes on', async () => {
    const room = await withReaders()
    const article = await room.publish()
    const { store, ...flow } = room.flow()
    const away = { ...store, fixMailing: () => Promise.reject(new Error('SQLITE_BUSY')) }
    await expect(drainFlow({ ...flow, store: away })).rejects.toThrow('SQLITE_BUSY')
    room.clock.pass(61)
    await drainFlow(room.flow())
    expect(room.campaignOf(article).status).toBe('submitted')
  })

  it('keeps the topics that were chosen when it started', async () => {
    const room = newsroom()
    const [first, second] = [await room.rig.addTopic('frihet'), await room.rig.addTopic('arbete')]
    await room.rig.addSubscriber({ email: 'first@example.com', topicIds: [first] })
    await room.rig.addSubscriber({ email: 'second@example.com', topicIds: [second] })
    room.site.topicIds = [first]
    await room.publish()
    const { store, ...flow } = room.flow()
    const away = { ...store, fixMailing: () => Promise.reject(new Error('killed')) }
    await expect(drainFlow({ ...flow, store: away })).rejects.toThrow('killed')
    room.site.topicIds = [second]
    room.clock.pass(61)
    await drainFlow(room.flow())
    expect(recipientsOf(room.mailer.mails)).toEqual(['first@example.com'])
  })

  it('in the way of nobody: another campaign goes on', async () => {
    const room = await withReaders()
    room.site.problem = { code: 'site_incomplete', message: 'The postal address is missing.' }
    await room.publish()
    await drainFlow(room.flow())
    room.site.problem = null
    const other = await room.publish()
    await drainFlow(room.flow())
    expect(room.campaignOf(other).status).toBe('submitted')
  })
})

/** Prepares what is due without sending any of it. */
async function drainFlowUntilOpen(room: Newsroom): Promise<void> {
  while (await prepareNextCampaign(room.flow()));
}
