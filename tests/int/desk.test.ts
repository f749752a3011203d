import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLocalReq, type TypedUser } from 'payload'
import { deskPortsOf } from '../../src/deps.ts'
import { lastDays, readDesk } from '../../src/desk/readDesk.ts'
import type { Desk } from '../../src/desk/model.ts'
import type { ConsentKind } from '../../src/newsletter/model.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = number

describe.each(testDatabases())('on $name, the desk', ({ open }) => {
  let database: TestDatabase
  let editor: { rest: Rest; id: Id | string }
  let author: { rest: Rest; id: Id | string }
  beforeAll(async () => {
    database = await open()
    editor = await logInAs({ ...database, role: 'editor' })
    author = await logInAs({ ...database, role: 'author' })
  })
  afterAll(() => database.close())

  const deskOf = async ({ id }: { id: Id | string }, isEditor: boolean): Promise<Desk> => {
    const { payload } = database
    const user = await payload.findByID({ collection: 'users', id, depth: 0 })
    const req = await createLocalReq(
      { user: { ...user, collection: 'users' } as TypedUser, locale: 'sv' },
      payload,
    )
    return readDesk(deskPortsOf(req), { isEditor })
  }

  // One story: from an empty installation to a newsletter.
  it('of a new installation says what is missing, by the facts', async () => {
    const steps = async () =>
      Object.fromEntries((await deskOf(editor, true)).setup?.map(({ step, state }) => [step, state]) ?? [])
    expect(await steps()).toEqual({
      ...{ sender: 'open', postalAddress: 'open', provider: 'open', logo: 'open' },
      ...{ author: 'open', subscribers: 'open', testMail: 'open' },
    })
    await editor.rest('POST', '/globals/site', {
      ...{
        senderName: 'Provet',
        senderEmail: 'brev@example.com',
        postalAddress: 'Provgatan 1',
        holdSeconds: 0,
      },
    })
    await editor.rest('POST', '/authors', { name: 'Sanna' })
    await createSubscriber(database.payload, { email: 'anna@example.com' })
    expect(await steps()).toMatchObject({
      ...{ sender: 'done', postalAddress: 'done', author: 'done', subscribers: 'done', testMail: 'open' },
    })
  })

  it('lists the drafts that somebody wrote in, the newest first', async () => {
    const write = (title: string) =>
      author.rest('POST', '/articles?draft=true&locale=sv', {
        title,
        content: paragraph('En text.'),
        _status: 'draft',
      })
    await write('Äldre')
    await write('Nyare')
    await author.rest('POST', '/articles?draft=true&locale=sv', { _status: 'draft' })
    const { drafts } = await deskOf(author, false)
    expect(drafts.map(({ title }) => title)).toEqual(['Nyare', 'Äldre'])
  })

  it('counts who joined and left on each day, and by topic', async () => {
    const { payload } = database
    const [work, free] = await Promise.all(
      ['arbete', 'frihet'].map((slug) =>
        payload.create({ collection: 'topics', locale: 'sv', data: { name: slug, slug } }),
      ),
    )
    const subscriber = async (email: string, topics: Id[]) =>
      (await createSubscriber(payload, { email, topics })).id as Id
    const [one, two, three] = [
      await subscriber('ett@example.com', [work!.id]),
      await subscriber('tva@example.com', [work!.id, free!.id]),
      await subscriber('tre@example.com', []),
    ]
    await payload.delete({ collection: 'consents', where: { id: { exists: true } } })
    const days = lastDays({ now: new Date(), timeZone: 'Europe/Stockholm' })
    const [longAgo, first, last] = [
      new Date(days[0]!.from.getTime() - 1),
      days[0]!.from,
      new Date(days[29]!.to.getTime() - 1),
    ]
    const rows: [Id, ConsentKind, Date][] = [
      [one, 'confirmed', longAgo],
      [one, 'asked', first],
      [one, 'confirmed', first],
      [two, 'imported', first],
      [three, 'added', last],
      [three, 'resumed', days[12]!.from],
      [two, 'withdrawn', last],
      [one, 'address-changed', last],
      [one, 'withdrawn', last],
    ]
    for (const [id, kind, at] of rows)
      await payload.create({
        collection: 'consents',
        data: { subscriber: id, kind, at: at.toISOString(), source: 'the tests' },
      })
    const { subscribers } = await deskOf(editor, true)
    const moved = subscribers?.days.filter(({ joined, left }) => joined + left > 0)
    expect([subscribers?.active, subscribers?.days.length, moved, subscribers?.topics]).toEqual([
      4,
      30,
      [
        { date: days[0]!.date, joined: 2, left: 0 },
        { date: days[12]!.date, joined: 1, left: 0 },
        { date: days[29]!.date, joined: 1, left: 2 },
      ],
      [
        { id: String(work!.id), name: 'arbete', joined: 2, left: 2 },
        { id: String(free!.id), name: 'frihet', joined: 1, left: 1 },
      ],
    ])
  })

  it('shows the last newsletter once one has gone out, and no checklist any more', async () => {
    const { body } = await editor.rest('POST', '/articles?locale=sv', {
      title: 'Brevet',
      content: paragraph('En text.'),
      _status: 'published',
    })
    expect(body.errors).toBeUndefined()
    expect((await deskOf(editor, true)).last).toBeNull()
    await drain(database.payload)
    const { isNew, setup, last } = await deskOf(editor, true)
    expect([isNew, setup, last]).toMatchObject([
      false,
      null,
      {
        mailing: { subject: 'Brevet', recipients: 4, submitted: 4, events: null },
        figures: [{ name: 'submitted', count: 4, share: 1, mean: null }],
        before: 0,
      },
    ])
  })

  it('counts the messages that nobody has answered', async () => {
    const { payload } = database
    for (const answeredAt of [null, null, new Date().toISOString()])
      await payload.create({
        collection: 'contact-messages',
        data: { name: 'Bo', email: 'bo@example.com', message: 'Hej!', locale: 'sv', answeredAt },
      })
    expect((await deskOf(editor, true)).unanswered).toBe(2)
  })

  it('of an author tells nothing of subscribers and messages', async () => {
    const desk = await deskOf(author, false)
    expect([desk.subscribers, desk.unanswered, desk.setup]).toEqual([null, null, null])
  })

  it('asks the name servers for editors alone', async () => {
    const ask = async (rest: Rest) => {
      const { status, body } = await rest('GET', '/desk/domain')
      return [status, body.domain]
    }
    expect([await ask(editor.rest), await ask(author.rest), await ask(restAs(database))]).toEqual([
      [200, 'example.com'],
      [403, undefined],
      [401, undefined],
    ])
  })
})
