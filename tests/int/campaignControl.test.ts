import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { CAMPAIGN_CONTROLS } from '../../src/newsletter/rules/controls.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number
interface Campaign {
  id: Id
  status: string
  problem: { code: string | null; message: string | null }
  counts: Record<string, number>
  decision?: { kind?: string | null; at?: string | null; by?: Id | null }
  postponed?: { count: number; nextTryAt: string } | null
  stalled?: { since: string; lastError: { code: string; message: string } | null } | null
}

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}
const NO_SENDER = { senderName: null, senderEmail: null, postalAddress: null }

const clock = { now: () => new Date() }
const undecided = {
  status: 'paused',
  problem: 'uncertain_deliveries',
  allowed: ['cancel', 'mail-again', 'leave'],
}
const UNDECIDED_MESSAGE =
  /^The campaign is paused \(uncertain_deliveries: .*\)\. resume is for .* What may be asked of it now: cancel, mail-again, leave\.$/

describe.each(oneDatabase())('on $name, an editor', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let editorId: Id
  beforeAll(async () => {
    database = await open()
    const login = await logInAs({ ...database, role: 'editor' })
    editor = login.rest
    editorId = login.id
    await editor('POST', '/globals/site', SENDER)
    await createSubscriber(database.payload)
  })
  afterEach(async () => {
    const { payload } = database
    Object.assign(depsOf(payload), { mailer: memoryMailer(), pace: freePace, clock })
    await drain(payload)
  })
  afterAll(() => database.close())

  const publish = async (): Promise<Campaign> => {
    const article = {
      title: 'Rubrik',
      slug: `r-${Math.random()}`,
      content: paragraph('Text.'),
      _status: 'published',
    }
    const { status, body } = await editor('POST', '/articles?depth=0', article)
    expect(status).toBe(201)
    const { id } = body.doc as { id: Id }
    const found = await editor('GET', `/campaigns?where[article][equals]=${id}&depth=0`)
    return (found.body.docs as Campaign[])[0]!
  }
  const read = async ({ id }: Pick<Campaign, 'id'>) =>
    (await editor('GET', `/campaigns/${id}?depth=0`)).body as unknown as Campaign
  const moveClock = (seconds: number) => {
    const later = new Date(Date.now() + seconds * 1000)
    Object.assign(depsOf(database.payload), { clock: { now: () => later } })
  }
  const control = ({ id }: Campaign, move: string, by = editor) => by('POST', `/campaigns/${id}/${move}`)

  it('takes the sender away after the click, is told what is missing and where, and retries after mending', async () => {
    const campaign = await publish()
    await editor('POST', '/globals/site', NO_SENDER)
    await drain(database.payload)
    const failed = await read(campaign)
    expect([failed.status, failed.problem.code]).toEqual(['failed', 'site_incomplete'])
    for (const missing of [/sender name/i, /sender address/i, /postal address/i, /Site/])
      expect(failed.problem.message).toMatch(missing)

    await editor('POST', '/globals/site', SENDER)
    await drain(database.payload)
    expect((await read(campaign)).status).toBe('failed')

    expect((await control(campaign, 'retry')).status).toBe(200)
    await drain(database.payload)
    const { status, problem, counts } = await read(campaign)
    expect([status, problem.code ?? null, counts.recipients, counts.submitted]).toEqual([
      'submitted',
      null,
      1,
      1,
    ])
  })

  it('pauses a campaign that is being submitted, and resumes it', async () => {
    const campaign = await publish()
    await prepareNextCampaign(depsOf(database.payload))
    const paused = await control(campaign, 'pause')
    await drain(database.payload)
    expect([paused.status, (await read(campaign)).status, (await read(campaign)).counts.submitted]).toEqual([
      200,
      'paused',
      0,
    ])
    await control(campaign, 'resume')
    await drain(database.payload)
    expect([(await read(campaign)).status, (await read(campaign)).counts.submitted]).toEqual(['submitted', 1])
  })

  it('cancels a campaign before it is mailed, for good', async () => {
    const campaign = await publish()
    await control(campaign, 'cancel')
    await drain(database.payload)
    expect([(await read(campaign)).status, (await read(campaign)).counts.submitted]).toEqual(['cancelled', 0])
    expect((await control(campaign, 'resume')).status).toBe(409)
  })

  it('is told in which state a campaign is, why it cannot be moved so, and what it can', async () => {
    const campaign = await publish()
    await drain(database.payload)
    const { status, body } = await control(campaign, 'pause')
    expect([status, body.errors]).toEqual([
      409,
      [
        {
          code: 'campaign_state',
          name: 'APIError',
          message:
            'The campaign is submitted. pause is for one that is holding, scheduled, preparing, canary or submitting. Nothing may be asked of it any more.',
          data: { status: 'submitted', problem: null, allowed: [] },
        },
      ],
    ])
  })

  describe('of a campaign that nobody knows the fate of', () => {
    /** Its one mail was handed over, the answer lost, and the mailer has no key to ask again with. */
    const publishUncertain = async () => {
      const mailer = memoryMailer({ repeatableMs: 0 })
      Object.assign(depsOf(database.payload), { mailer, pace: freePace })
      mailer.answerNext({ kind: 'lost' })
      const campaign = await publish()
      await drain(database.payload)
      // The campaign rests for a moment after a fault.
      moveClock(60)
      await drain(database.payload)
      return { campaign, mailer }
    }
    const decisionOf = async (campaign: Campaign) => {
      const { status, problem, counts, decision } = await read(campaign)
      return { status, problem: problem.code ?? null, uncertain: counts.uncertain, decision }
    }
    const decided = (kind: string) => ({ kind, at: expect.stringMatching(/Z$/), by: editorId })

    it('decides that it is left, and it finishes', async () => {
      const { campaign, mailer } = await publishUncertain()
      expect(await decisionOf(campaign)).toMatchObject({
        status: 'paused',
        problem: 'uncertain_deliveries',
        uncertain: 1,
      })
      const { status, body } = await control(campaign, 'resume')
      expect([status, body.errors]).toEqual([
        409,
        [expect.objectContaining({ data: undecided, message: expect.stringMatching(UNDECIDED_MESSAGE) })],
      ])

      expect((await control(campaign, 'leave')).status).toBe(200)
      await drain(database.payload)
      expect(await decisionOf(campaign)).toEqual({
        status: 'submitted',
        problem: null,
        uncertain: 1,
        decision: decided('leave'),
      })
      expect(mailer.calls).toHaveLength(1)
    })

    it('decides that it is mailed again, and it is submitted', async () => {
      const { campaign, mailer } = await publishUncertain()
      const answer = await control(campaign, 'mail-again')
      expect([answer.status, answer.body.doc]).toEqual([
        200,
        expect.objectContaining({ status: 'submitting', decision: decided('mail_again') }),
      ])
      await drain(database.payload)
      expect(await decisionOf(campaign)).toEqual({
        status: 'submitted',
        problem: null,
        uncertain: 0,
        decision: decided('mail_again'),
      })
      expect([(await read(campaign)).counts.submitted, mailer.calls.length]).toEqual([1, 2])
    })
  })

  it('retries who was refused, also after the campaign is done', async () => {
    const mailer = memoryMailer()
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
    const refusal = { kind: 'rejected', code: 'validation_error', detail: null } as const
    mailer.answerNext({ kind: 'answered', results: [refusal] })
    const campaign = await publish()
    await drain(database.payload)
    const before = await read(campaign)
    expect([before.status, before.counts.rejected]).toEqual(['submitted', 1])

    expect((await control(campaign, 'retry')).status).toBe(200)
    await drain(database.payload)
    const { status, counts } = await read(campaign)
    expect([status, counts.rejected, counts.submitted]).toEqual(['submitted', 0, 1])
  })

  describe('is told that a campaign is stalled', () => {
    const since = (campaign: Campaign) => read(campaign).then(({ stalled }) => stalled)

    it('once nothing has happened for ten minutes, until it goes on', async () => {
      const campaign = await publish()
      expect(await since(campaign)).toBeNull()
      moveClock(10 * 60)
      expect(await since(campaign)).toEqual({ since: expect.stringMatching(/Z$/), lastError: null })
      await drain(database.payload)
      expect(await since(campaign)).toBeNull()
    })

    it('with the last error, from its last batch on', async () => {
      const problem = { code: 'unreachable', message: 'It cannot be reached.' }
      const mailer = memoryMailer({ batchSize: 1 })
      Object.assign(depsOf(database.payload), { mailer, pace: freePace })
      const second = await createSubscriber(database.payload, { email: 'second@example.com' })
      const campaign = await publish()
      await prepareNextCampaign(depsOf(database.payload))
      moveClock(5 * 60)
      const settledAt = depsOf(database.payload).clock.now()
      await sendNextBatch(depsOf(database.payload))
      mailer.answerNext({ kind: 'later', afterMs: 60 * 60_000, problem })
      await sendNextBatch(depsOf(database.payload))
      moveClock(14 * 60)
      expect(await since(campaign)).toBeNull()
      moveClock(16 * 60)
      expect(await since(campaign)).toEqual({ since: settledAt.toISOString(), lastError: problem })
      moveClock(2 * 60 * 60)
      await drain(database.payload)
      await database.payload.delete({ collection: 'subscribers', id: second.id })
    })

    it('where that is asked for, in a list too, and nowhere else', async () => {
      const campaign = await publish()
      moveClock(10 * 60)
      const ask = async (query: string) =>
        (await editor('GET', `/campaigns?where[id][equals]=${campaign.id}&depth=0&${query}`)).body.docs
      const stalled = { since: expect.stringMatching(/Z$/), lastError: null }
      expect(await ask('select[stalled]=true')).toEqual([{ id: campaign.id, stalled }])
      expect(await ask('select[status]=true')).toEqual([{ id: campaign.id, status: 'scheduled' }])
      expect(await ask('')).toEqual([expect.objectContaining({ stalled, status: 'scheduled' })])
    })
  })

  it('is told how many recipients are postponed, and until when', async () => {
    const problem = { code: 'recipient_postponed', message: 'Greylisted' }
    const mailer = memoryMailer({ batchSize: 1 })
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
    const campaign = await publish()
    moveClock(1)
    await prepareNextCampaign(depsOf(database.payload))
    mailer.answerNext({ kind: 'postponed', problem })
    const now = depsOf(database.payload).clock.now()
    await sendNextBatch(depsOf(database.payload))
    const { postponed, stalled } = await read(campaign)
    expect([postponed, stalled]).toEqual([
      { count: 1, nextTryAt: new Date(now.getTime() + 60_000).toISOString() },
      null,
    ])
    moveClock(70)
    await drain(database.payload)
    expect((await read(campaign)).postponed).toBeNull()
  })

  it('is the only one who may do so', async () => {
    const author = (await logInAs({ ...database, role: 'author' })).rest
    const campaign = await publish()
    const answers = await Promise.all(
      CAMPAIGN_CONTROLS.flatMap((move) => [
        control(campaign, move, restAs(database)),
        control(campaign, move, author),
      ]),
    )
    expect(answers.map(({ status }) => status)).toEqual(CAMPAIGN_CONTROLS.flatMap(() => [401, 403]))
    expect((await read(campaign)).status).toBe('scheduled')
  })

  it('gets 404 for a campaign that is not there', async () => {
    const { id } = await publish()
    const other = typeof id === 'number' ? 999_999 : '0'.repeat(24)
    const answers = await Promise.all(
      [other, 'no-id'].map((none) => control({ id: none } as Campaign, 'pause')),
    )
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })
})
