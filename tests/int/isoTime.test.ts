import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, restAs } from '../support/rest.ts'
import { createArticle } from '../support/siteContent.ts'

describe.each(testDatabases())('on $name, the time of an article', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('stands in its place among the others, however staff write it', async () => {
    const { rest } = await logInAs({ ...database, role: 'editor' })
    const times = ['Dec 1, 2020', '2021-01-01T01:00:00+02:00', '2019-06-01T00:00:00.000Z']
    for (const [index, publishedAt] of times.entries()) {
      const { id } = await createArticle(database.payload, { title: `Artikel ${index}` })
      await rest('PATCH', `/articles/${id}?locale=sv`, { publishedAt })
    }
    const { body } = await restAs(database)('GET', '/articles?sort=-publishedAt&depth=0')
    const docs = body.docs as { title: string; publishedAt: string }[]
    expect(docs.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
      ['Artikel 1', '2020-12-31T23:00:00.000Z'],
      ['Artikel 0', new Date('Dec 1, 2020').toISOString()],
      ['Artikel 2', '2019-06-01T00:00:00.000Z'],
    ])
  })
})
