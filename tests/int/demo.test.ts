import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOutbox, readOutboxMail } from '../../src/adapters/mailer/outbox/readOutbox.ts'
import { seedDemo, type Seeded } from '../../src/cli/demo/seedDemo.ts'
import { join } from 'node:path'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { restAs, type Rest } from '../support/rest.ts'

const PASSWORD = 'a password of the demo'

/** What `npm run demo` does without its processes; the whole of it is run by .ci/run. */
describe('the demo', () => {
  let database: TestDatabase
  let seeded: Seeded
  let editor: Rest

  beforeAll(async () => {
    const sqlite = testDatabases().find(({ name }) => name === 'SQLite')
    if (!sqlite) throw new Error('There is no SQLite.')
    database = await sqlite.open()
    const { payload, key } = database
    seeded = await seedDemo({ payload, password: PASSWORD })
    const { token } = await payload.login({ collection: 'users', data: seeded.editor })
    editor = restAs({ payload, key, token })
  })

  afterAll(() => database.close())

  it('has a site with articles in both languages, and one more that nobody sees yet', async () => {
    const anyone = restAs({ payload: database.payload, key: database.key })
    const titles = async (locale: string) => {
      const { body } = await anyone('GET', `/articles?locale=${locale}&fallback-locale=none&depth=0`)
      return (body.docs as { title: string }[]).map(({ title }) => title)
    }
    expect({ sv: await titles('sv'), en: await titles('en') }).toEqual({
      sv: ['Mötet som blev en promenad', 'Återkoppling utan ont i magen', 'Verktygen vi väljer bort'],
      en: ['The meeting that became a walk', 'Feedback without butterflies', 'The tools we do without'],
    })
  })

  it('mails the article that its editor publishes to five of its seven subscribers, each in their language', async () => {
    await editor('PATCH', `/articles/${seeded.article}`, { _status: 'published' })
    await drain(database.payload)
    const held = await editor('GET', `/campaigns?where[article][equals]=${seeded.article}&depth=0`)
    const [{ id, status }] = held.body.docs as [{ id: number; status: string }]
    expect(status).toBe('holding')
    await editor('POST', `/campaigns/${id}/send-now`)
    await drain(database.payload)
    const { body } = await editor('GET', `/campaigns?where[article][equals]=${seeded.article}&depth=0`)
    expect(body.docs).toMatchObject([{ status: 'submitted', counts: { recipients: 5, submitted: 5 } }])
    const directory = join(database.env.dataDir, 'outbox')
    const { entries } = await listOutbox({ directory, page: 1, pageSize: 10 })
    expect(entries.map(({ to, subject }) => [to, subject]).sort()).toEqual([
      ['Anna Lind <anna.lind@example.com>', 'Att leda sig själv – och ändå vara ett lag'],
      ['Erik Dahl <erik.dahl@example.org>', 'Att leda sig själv – och ändå vara ett lag'],
      ['Fatima Noor <fatima.noor@example.com>', 'Att leda sig själv – och ändå vara ett lag'],
      ['Grace Hill <grace.hill@example.com>', 'Leading yourself, and still being a team'],
      ['Tom Baker <tom.baker@example.org>', 'Leading yourself, and still being a team'],
    ])
  })

  it('shows what an article can hold: an image with its caption, a callout, a button, a link to another article', async () => {
    const directory = join(database.env.dataDir, 'outbox')
    const { entries } = await listOutbox({ directory, page: 1, pageSize: 10, search: 'grace' })
    const mail = await readOutboxMail({ directory, name: entries[0]?.name ?? '' })
    const text = mail?.text ?? ''
    const shown = [
      'the sketch that stayed on the board',
      'Try it yourselves: give each list ten minutes',
      'Write to Maja <hej@example.com>',
      `The meeting that became a walk <${database.env.serverUrl}/a/`,
      'Plan the day: You know best',
    ]
    expect(shown.filter((part) => !text.includes(part))).toEqual([])
  })
})
