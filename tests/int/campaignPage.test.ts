import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { noteOverride } from '../../src/adapters/articles/campaignOfArticle.ts'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import type { RecipientsAnswer } from '../../src/collections/Campaigns/endpoints/recipients.ts'
import { depsOf } from '../../src/deps.ts'
import type { CampaignMove } from '../../src/newsletter/rules/campaignMoves.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = number | string

const SENDER = { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' }

const PEOPLE = [
  { email: 'anna@example.com', name: 'Anna Ek' },
  { email: 'annika@example.com', name: null },
  { email: 'bo@example.com', name: 'Bo Annander-Åberg' },
  { email: 'cia@example.com', name: 'Cia Öst' },
]

describe.each(testDatabases())('on $name, the page of a campaign', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let author: Rest
  let editorId: Id
  beforeAll(async () => {
    database = await open()
    const login = await logInAs({ ...database, role: 'editor' })
    editor = login.rest
    editorId = login.id
    author = (await logInAs({ ...database, role: 'author' })).rest
    await editor('POST', '/globals/site', SENDER)
    for (const person of PEOPLE) await createSubscriber(database.payload, person)
  })
  beforeEach(() => {
    Object.assign(depsOf(database.payload), { mailer: memoryMailer(), pace: freePace })
  })
  afterAll(() => database.close())

  const publish = async (holdSeconds = 0): Promise<{ article: Id; id: Id }> => {
    await editor('POST', '/globals/site', { holdSeconds })
    const { body } = await editor('POST', '/articles?depth=0', {
      ...{ title: 'Om frihet', slug: `r-${Math.random()}`, content: paragraph('Frihet.') },
      _status: 'published',
    })
    const article = (body.doc as { id: Id }).id
    const found = await editor('GET', `/campaigns?where[article][equals]=${article}&depth=0`)
    return { article, id: (found.body.docs as { id: Id }[])[0]?.id ?? 0 }
  }
  const ask = (id: Id, control: string) => editor('POST', `/campaigns/${id}/${control}`)
  const movesOf = async (id: Id, by = editor) =>
    ((await by('GET', `/campaigns/${id}?depth=0`)).body as unknown as { moves: CampaignMove[] }).moves
  const shortly = ({ control, to, byName }: CampaignMove) => [control, to, byName]

  describe('tells of its moves', () => {
    it('those of two who write in the same moment, each once, and no name or reason without an end', async () => {
      const { id } = await publish(600)
      const { payload } = database
      const override = (reason: string, second: number) => ({
        ...{ checks: ['too_long'], reason, by: String(editorId) },
        at: new Date(Date.UTC(2026, 0, 1, 8, 0, second)),
      })
      const note = (reason: string, second: number) =>
        noteOverride({ payload }, { id: String(id), override: override(reason, second) })
      await Promise.all([note('Ett.', 1), note('Två.', 2)])
      // A plan that is tried again.
      await note('Två.', 2)
      await note('x'.repeat(5_000), 3)
      const reasons = (await movesOf(id)).flatMap(({ override: passed }) => passed?.reason ?? [])
      expect([reasons.slice(0, -1).toSorted(), reasons.at(-1)?.length]).toEqual([['Ett.', 'Två.'], 1_001])
      await ask(id, 'undo')
    })

    it('who published, paused and resumed it, and how it ended; authors read it too', async () => {
      const { id } = await publish()
      await prepareNextCampaign(depsOf(database.payload))
      for (const control of ['pause', 'pause', 'resume']) await ask(id, control)
      await drain(database.payload)
      const moves = await movesOf(id)
      const name = moves[0]?.byName
      expect(name).toEqual(expect.stringMatching(/./))
      expect(moves.map(shortly)).toEqual([
        ['publish', 'scheduled', name],
        [null, 'preparing', null],
        [null, 'submitting', null],
        ['pause', 'paused', name],
        ['resume', 'submitting', name],
        [null, 'submitted', null],
      ])
      expect(moves.map(({ by }) => by)).toEqual(
        [editorId, null, null, editorId, editorId, null].map(textOrNull),
      )
      expect(moves.at(-1)?.counts).toEqual({
        ...{ recipients: 4, submitted: 4, rejected: 0, excluded: 0, uncertain: 0 },
      })
      expect(await movesOf(id, author)).toEqual(moves)
    })

    it('who undid it, and who published it again', async () => {
      const { id, article } = await publish(600)
      await ask(id, 'undo')
      await editor('PATCH', `/articles/${article}`, { _status: 'published' })
      await editor('PATCH', `/articles/${article}`, { _status: 'published', newsletter: { send: false } })
      expect((await movesOf(id)).map(({ control, to }) => [control, to])).toEqual([
        ['publish', 'holding'],
        ['undo', 'cancelled'],
        ['publish', 'holding'],
        ['withdraw', 'cancelled'],
      ])
    })

    it('of a later edition who asked for it', async () => {
      const { id } = await publish()
      await drain(database.payload)
      await createSubscriber(database.payload, { email: `late-${Math.random()}@example.com` })
      const { body } = await editor('POST', `/campaigns/${id}/follow-up`, { audience: 'joined_since' })
      const { id: later } = body.doc as { id: Id }
      expect((await movesOf(later)).map(shortly)).toEqual([['follow-up', 'scheduled', expect.any(String)]])
      await drain(database.payload)
    })

    it('and nobody writes them', async () => {
      const { id } = await publish()
      const moves = await movesOf(id)
      expect((await editor('PATCH', `/campaigns/${id}`, { moves: [] })).status).toBe(403)
      expect(await movesOf(id)).toEqual(moves)
      await drain(database.payload)
    })
  })

  describe('whose article was mailed once more since', () => {
    it('does not offer to mail anybody again, and says why', async () => {
      const mailer = memoryMailer()
      Object.assign(depsOf(database.payload), { mailer })
      const { id } = await publish()
      mailer.answerNext({
        kind: 'answered',
        results: [
          { kind: 'rejected', code: 'validation_error', detail: null },
          ...Array.from(
            { length: 20 },
            (_, index) => ({ kind: 'accepted', providerId: `p-${index}` }) as const,
          ),
        ],
      })
      await drain(database.payload)
      await createSubscriber(database.payload, { email: `later-${Math.random()}@example.com` })
      expect((await editor('POST', `/campaigns/${id}/follow-up`, { audience: 'joined_since' })).status).toBe(
        201,
      )
      const { status, body } = await ask(id, 'retry')
      const [error] = body.errors as { message: string; data: { allowed: string[] } }[]
      expect([status, error?.data.allowed]).toEqual([409, []])
      expect(error?.message).toMatch(/mailed once more since/)
      await drain(database.payload)
    })
  })

  describe('finds recipients', () => {
    let id: Id
    const find = async (body: object, by = editor) => {
      const { body: answer } = await by('POST', `/campaigns/${id}/recipients`, body)
      return answer as unknown as RecipientsAnswer
    }
    it('and counts nobody for it, however many there are', async () => {
      const { id: underWay } = await publish(600)
      const { store } = depsOf(database.payload)
      const { countDeliveries } = store
      let counted = 0
      store.countDeliveries = (campaign) => {
        counted += 1
        return countDeliveries(campaign)
      }
      const { status } = await editor('POST', `/campaigns/${underWay}/recipients`, { q: 'anna' })
      store.countDeliveries = countDeliveries
      await ask(underWay, 'undo')
      expect([status, counted]).toEqual([200, 0])
    })

    const addresses = async (body: object) =>
      (await find(body)).recipients
        .map(({ email }) => email.split('@')[0])
        .filter((name) => !/^late/.test(name!))

    beforeAll(async () => {
      const mailer = memoryMailer()
      Object.assign(depsOf(database.payload), { mailer, pace: freePace })
      id = (await publish()).id
      mailer.answerNext({
        kind: 'answered',
        results: [
          { kind: 'accepted', providerId: 'p-0' },
          { kind: 'rejected', code: 'validation_error', detail: 'Invalid `to` field.' },
          ...Array.from(
            { length: 20 },
            (_, index) => ({ kind: 'accepted', providerId: `q-${index}` }) as const,
          ),
        ],
      })
      await drain(database.payload)
      const { docs } = await database.payload.find({
        collection: 'deliveries',
        where: { campaign: { equals: id }, email: { equals: 'bo@example.com' } },
      })
      await database.payload.db.updateOne({
        ...{ collection: 'deliveries', id: docs[0]?.id ?? 0 },
        data: { bouncedAt: new Date().toISOString() },
      })
    })

    it('by the beginning of an address or of a word of a name, each once', async () => {
      expect(await addresses({ q: 'ann' })).toEqual(['anna', 'annika', 'bo'])
      expect(await addresses({ q: 'ANNA@' })).toEqual(['anna'])
      expect(await addresses({ q: 'öst' })).toEqual(['cia'])
      expect(await addresses({ q: 'åberg' })).toEqual(['bo'])
      expect(await addresses({ q: 'nobody' })).toEqual([])
    })

    it('by their fate, with the reason and who it is', async () => {
      const rejected = await find({ fate: 'rejected' })
      const { docs } = await database.payload.find({
        collection: 'subscribers',
        where: { email: { equals: 'annika@example.com' } },
      })
      expect(rejected.recipients).toEqual([
        expect.objectContaining({
          ...{ email: 'annika@example.com', status: 'rejected', reason: 'validation_error' },
          subscriber: String(docs[0]?.id),
        }),
      ])
      expect(rejected.next).toBeNull()
      expect(await addresses({ fate: 'bounced' })).toEqual(['bo'])
      expect(await addresses({ fate: 'submitted' })).toEqual(['anna', 'bo', 'cia'])
      expect(await addresses({ fate: 'submitted', q: 'ann' })).toEqual(['anna', 'bo'])
      expect(await addresses({ fate: 'excluded' })).toEqual([])
    })

    it('for editors alone, and says what it takes', async () => {
      const statuses = await Promise.all(
        [restAs(database), author].map(
          async (by) => (await by('POST', `/campaigns/${id}/recipients`, {})).status,
        ),
      )
      expect(statuses).toEqual([401, 403])
      const wrong = [
        { fate: 'happy' },
        { q: 'x'.repeat(201) },
        { after: { through: 'addresses', after: { $gt: '' } } },
        { after: { through: 'recipients', after: { batchNumber: -1, position: 0 } } },
      ]
      for (const body of wrong)
        expect((await editor('POST', `/campaigns/${id}/recipients`, body)).status).toBe(400)
    })
  })
})

const textOrNull = (id: Id | null) => (id === null ? null : String(id))
