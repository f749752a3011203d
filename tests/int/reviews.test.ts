import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'

type Id = number | string

describe.each(testDatabases())('on $name, a review', ({ open }) => {
  let database: TestDatabase
  let people: Record<'admin' | 'editor' | 'author', { rest: Rest; id: Id }>
  let mailer: MemoryMailer
  beforeAll(async () => {
    database = await open()
    people = {
      admin: await logInAs({ ...database, role: 'admin' }),
      editor: await logInAs({ ...database, role: 'editor' }),
      author: await logInAs({ ...database, role: 'author' }),
    }
  })
  beforeEach(async () => {
    await drain(database.payload)
    mailer = memoryMailer()
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
  })
  afterAll(() => database.close())

  const write = async (by: keyof typeof people = 'author', data: object = {}): Promise<Id> => {
    const { status, body } = await people[by].rest('POST', '/articles?draft=true&locale=sv&depth=0', {
      title: 'Om att granska',
      content: paragraph('En text.'),
      newsletter: { send: false },
      _status: 'draft',
      ...data,
    })
    expect(status).toBe(201)
    return (body.doc as { id: Id }).id
  }
  const ask = (by: keyof typeof people, id: Id, what: 'hand-in' | 'give-back', body: object = {}) =>
    people[by].rest('POST', `/articles/${id}/${what}`, body)
  const codeOf = ({ status, body }: Awaited<ReturnType<Rest>>) => [
    status,
    (body.errors as { code?: string }[] | undefined)?.[0]?.code,
  ]
  const reviewsOf = async (id: Id) =>
    (await people.author.rest('GET', `/reviews?where[article][equals]=${id}&depth=0&locale=sv`)).body.docs
  const mailed = async () => {
    await drain(database.payload)
    return mailer.mails.map(({ to, subject, text }) => ({ to: to.email, subject, text }))
  }

  it('is asked for by an author, and every editor hears of it once', async () => {
    const id = await write()
    const first = await ask('author', id, 'hand-in', { note: 'Kolla slutet.' })
    const again = await ask('author', id, 'hand-in', { note: 'Något annat.' })
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body])
    expect(await reviewsOf(id)).toMatchObject([
      {
        ...{ article: id, title: 'Om att granska', state: 'handed_in', note: 'Kolla slutet.' },
        ...{ by: people.author.id, author: people.author.id },
      },
    ])
    const mails = await mailed()
    expect(mails.map(({ to, subject }) => [to, subject]).toSorted()).toEqual([
      ['admin@example.com', 'Att granska: Om att granska'],
      ['editor@example.com', 'Att granska: Om att granska'],
    ])
    expect(mails[0]?.text).toContain('Kolla slutet.')
    expect(mails[0]?.text).toContain(`/admin/collections/articles/${id}`)
  })

  it('is given back with a note, and asked for anew', async () => {
    const id = await write()
    await ask('author', id, 'hand-in')
    await mailed()
    ;(mailer.mails as unknown[]).length = 0
    const answer = await ask('editor', id, 'give-back', { note: 'Källan saknas.' })
    expect([answer.status, await reviewsOf(id)]).toMatchObject([
      200,
      [{ state: 'returned', note: 'Källan saknas.', by: people.editor.id, author: people.author.id }],
    ])
    expect((await mailed()).map(({ to, subject }) => [to, subject])).toEqual([
      ['author@example.com', 'Tillbaka till dig: Om att granska'],
    ])
    expect(codeOf(await ask('editor', id, 'give-back', { note: 'En gång till.' }))).toEqual([
      409,
      'review_state',
    ])
    await ask('author', id, 'hand-in', { note: 'Nu finns den.' })
    expect(await reviewsOf(id)).toMatchObject([{ state: 'handed_in', note: 'Nu finns den.' }])
    expect(await mailed()).toHaveLength(3)
  })

  it('ends when the article is published, and with the article', async () => {
    const [published, deleted] = [await write(), await write()]
    for (const id of [published, deleted]) await ask('author', id, 'hand-in')
    await people.editor.rest('PATCH', `/articles/${published}?locale=sv`, { _status: 'published' })
    expect((await people.editor.rest('DELETE', `/articles/${deleted}`)).status).toBe(200)
    expect([await reviewsOf(published), await reviewsOf(deleted)]).toEqual([[], []])
  })

  it('of two clicks at once is one', async () => {
    const id = await write()
    const answers = await Promise.all([1, 2, 3].map(() => ask('author', id, 'hand-in')))
    expect([answers.map(({ status }) => status), (await reviewsOf(id)) as object[]]).toEqual([
      [200, 200, 200],
      [expect.anything()],
    ])
    expect(await mailed()).toHaveLength(2)
  })

  it('is refused for what is somebody else’s, for what is published, and without a note', async () => {
    const own = await write()
    const others = await write('editor')
    const published = await write('author')
    await people.editor.rest('PATCH', `/articles/${published}?locale=sv`, { _status: 'published' })
    expect(
      [
        await ask('author', others, 'hand-in'),
        await ask('author', published, 'hand-in'),
        await ask('author', own, 'give-back', { note: 'Jag' }),
        await ask('editor', own, 'give-back', { note: 'Inget är inlämnat' }),
        await ask('editor', own, 'give-back', { note: '  ' }),
        await ask('author', own, 'hand-in', { note: 'x'.repeat(2_001) }),
        await ask('author', 0, 'hand-in'),
        await restAs(database)('POST', `/articles/${own}/hand-in`, {}),
      ].map(codeOf),
    ).toEqual([
      [403, 'not_your_article'],
      [403, 'article_is_published'],
      [403, 'editors_only'],
      [409, 'review_state'],
      [400, 'body_invalid'],
      [400, 'body_invalid'],
      [404, 'not_there'],
      [401, 'login_needed'],
    ])
  })
})
