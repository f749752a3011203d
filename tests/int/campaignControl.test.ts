import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number
interface Campaign {
  id: Id
  status: string
  problem: { code: string | null; message: string | null }
  counts: Record<string, number>
}

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}
const NO_SENDER = { senderName: null, senderEmail: null, postalAddress: null }

describe.each(testDatabases())('on $name, an editor', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    await editor('POST', '/globals/site', SENDER)
    await createSubscriber(database.payload)
  })
  afterEach(() => drain(database.payload))
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
  const control = ({ id }: Campaign, move: string, by = editor) => by('POST', `/campaigns/${id}/${move}`)

  it('publishes without a sender, is told what is missing and where, and retries after mending', async () => {
    await editor('POST', '/globals/site', NO_SENDER)
    const campaign = await publish()
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

  it('is told in which state a campaign cannot be moved so', async () => {
    const campaign = await publish()
    await drain(database.payload)
    const { status, body } = await control(campaign, 'pause')
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('submitted')])
  })

  it('is the only one who may do so', async () => {
    const author = (await logInAs({ ...database, role: 'author' })).rest
    const campaign = await publish()
    const answers = await Promise.all(
      ['pause', 'resume', 'cancel', 'retry'].flatMap((move) => [
        control(campaign, move, restAs(database)),
        control(campaign, move, author),
      ]),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 401, 403, 401, 403, 401, 403])
    expect((await read(campaign)).status).toBe('scheduled')
  })

  it('gets 404 for a campaign that is not there', async () => {
    const { id } = await publish()
    const other = typeof id === 'number' ? 999_999 : '0'.repeat(24)
    expect((await control({ id: other } as Campaign, 'pause')).status).toBe(404)
  })
})
