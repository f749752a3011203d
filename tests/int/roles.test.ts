import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'

type Id = string | number

describe.each(oneDatabase())('on $name, an author', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let author: Rest
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    author = (await logInAs({ ...database, role: 'author' })).rest
  })
  afterAll(() => database.close())

  const write = async (by: Rest): Promise<Id> => {
    const draft = {
      title: 'Utkast',
      slug: `u-${Math.random()}`,
      content: paragraph('Text.'),
      _status: 'draft',
    }
    const { status, body } = await by('POST', '/articles?draft=true&depth=0', draft)
    expect(status).toBe(201)
    return (body.doc as { id: Id }).id
  }
  const isPublic = async (id: Id) => (await restAs(database)('GET', `/articles/${id}`)).status === 200

  it('writes, changes and trashes their own drafts, and nobody else’s', async () => {
    const [own, other] = [await write(author), await write(editor)]
    const answers = await Promise.all([
      author('PATCH', `/articles/${own}?draft=true&autosave=true`, { title: 'Nytt' }),
      author('PATCH', `/articles/${other}?draft=true`, { title: 'Nytt' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 403])
    const trashed = await author('PATCH', `/articles/${own}`, { deletedAt: new Date().toISOString() })
    expect(trashed.status).toBe(200)
  })

  it('publishes nothing, in any way', async () => {
    const id = await write(author)
    const answers = await Promise.all([
      author('PATCH', `/articles/${id}`, { _status: 'published' }),
      author('PATCH', `/articles?where[id][equals]=${id}`, { _status: 'published' }),
      author('POST', '/articles', { title: 'X', slug: 'x', content: paragraph('X'), _status: 'published' }),
    ])
    expect([answers[0].status, answers[2].status, await isPublic(id)]).toEqual([403, 403, false])
  })

  it('does not touch what an editor has published, also while an editor has a newer draft of it', async () => {
    const id = await write(author)
    await editor('PATCH', `/articles/${id}`, { _status: 'published', newsletter: { send: false } })
    await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Redaktörens ändring' })
    const answers = [
      await author('PATCH', `/articles/${id}`, { _status: 'draft', title: 'Kapad' }),
      await author('PATCH', `/articles/${id}?draft=true&autosave=true`, { title: 'Kapad' }),
      await author('PATCH', `/articles/${id}`, { deletedAt: new Date().toISOString() }),
      await author('DELETE', `/articles/${id}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(await isPublic(id)).toBe(true)
  })

  it('sees no subscriber and no delivery', async () => {
    const answers = await Promise.all(
      ['/subscribers', '/deliveries', '/batches'].map((path) => author('GET', path)),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  it('does not make themselves an editor', async () => {
    const { body } = await author('GET', '/users/me')
    const { id } = body.user as { id: Id }
    const { body: saved } = await author('PATCH', `/users/${id}`, { role: 'admin' })
    expect((saved.doc as { role: string }).role).toBe('author')
  })
})
