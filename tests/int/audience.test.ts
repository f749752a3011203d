import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'

describe.each(testDatabases())('on $name, what publishing would do', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let topics: (string | number)[]
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    const [work, money] = [
      (await createTopic(payload, { name: 'Arbete', slug: 'arbete' })).id,
      (await createTopic(payload, { name: 'Pengar', slug: 'pengar' })).id,
    ]
    topics = [work, money]
    await createSubscriber(payload, { email: 'both@example.com', topics: [work, money] })
    await createSubscriber(payload, { email: 'english@example.com', locale: 'en', topics: [work] })
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString()
    await createSubscriber(payload, { email: 'none@example.com', pausedUntil: anHourAgo })
    await createSubscriber(payload, { email: 'pauses@example.com', topics: [work], pausedUntil: inAnHour })
    for (const status of ['pending', 'unsubscribed', 'suppressed'] as const)
      await createSubscriber(payload, { email: `${status}@example.com`, status, topics: [work] })
  })
  afterAll(() => database.close())

  const missing = ['senderName', 'senderEmail', 'postalAddress']
  const REST = { leftOut: null, missing, mailer: 'outbox', holdSeconds: 0, canary: null }

  it('is told to an editor: each active subscriber in no pause once, by language, and what is missing', async () => {
    const [work, money] = topics
    const answers = await Promise.all(
      ['', `${work}`, `${money}`, `${work},${money}`].map((ids) =>
        editor('GET', `/articles/audience?topics=${ids}`),
      ),
    )
    expect(answers.map(({ body }) => body)).toEqual([
      { recipients: 3, locales: { sv: 2, en: 1 }, ...REST },
      { recipients: 2, locales: { sv: 1, en: 1 }, ...REST },
      { recipients: 1, locales: { sv: 1, en: 0 }, ...REST },
      { recipients: 2, locales: { sv: 1, en: 1 }, ...REST },
    ])
  })

  it('tells who is left out and why, each for one reason, to who asks for it', async () => {
    const [, money] = topics
    const answers = await Promise.all(
      ['', `${money}`].map((ids) => editor('GET', `/articles/audience?topics=${ids}&leftOut=true`)),
    )
    const others = { pending: 1, unsubscribed: 1, suppressed: 1 }
    expect(answers.map(({ body }) => body.leftOut)).toEqual([
      { otherTopics: 0, paused: 1, ...others },
      { otherTopics: 3, paused: 0, ...others },
    ])
  })

  it('names only what is missing', async () => {
    await database.payload.updateGlobal({
      slug: 'site',
      data: { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: ' ' },
    })
    const { body } = await editor('GET', '/articles/audience')
    expect(body.missing).toEqual(['postalAddress'])
  })

  it('takes the ids of topics and says so to whatever else', async () => {
    const { status, body } = await editor('GET', '/articles/audience?topics=work')
    expect([status, body.errors]).toEqual([
      400,
      [{ code: 'parameter_invalid', message: 'topics: the ids of topics, separated by commas.' }],
    ])
  })

  it('is told to nobody else', async () => {
    const author = (await logInAs({ ...database, role: 'author' })).rest
    const answers = await Promise.all(
      [restAs(database), author].map((rest) => rest('GET', '/articles/audience?topics=1')),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 403])
  })
})
