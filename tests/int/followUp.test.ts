import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import type { FollowUpForecast } from '../../src/collections/Campaigns/endpoints/followUp.ts'
import { depsOf } from '../../src/deps.ts'
import { putNotice, removeNotice } from '../../src/restore/staffNotice.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace, recipientsOf } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, createTopic, paragraph } from '../support/siteContent.ts'

type Id = number | string

const SENDER = { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' }

describe.each(testDatabases())('on $name, an article is mailed once more', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let author: Rest
  let mailer: MemoryMailer
  let article: Id
  let first: Id
  let topic: Id
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    author = (await logInAs({ ...database, role: 'author' })).rest
    mailer = memoryMailer()
    Object.assign(depsOf(payload), { mailer, pace: freePace })
    await editor('POST', '/globals/site', SENDER)
    topic = (await createTopic(payload, { name: 'Arbete', slug: 'arbete' })).id
    await createSubscriber(payload, { email: 'anna@example.com' })
    const { body } = await editor('POST', '/articles?depth=0', {
      ...{ title: 'Om frihet', content: paragraph('Frihet är ansvar.'), _status: 'published' },
    })
    article = (body.doc as { id: Id }).id
    await drain(payload)
    first = (await campaigns())[0]?.id ?? 0
    await createSubscriber(payload, { email: 'bo@example.com' })
    await createSubscriber(payload, { email: 'cia@example.com', topics: [topic as number], locale: 'en' })
  })
  afterAll(() => database.close())

  const campaigns = async () => {
    const where = `where[article][equals]=${article}&sort=edition&depth=0`
    const { body } = await editor('GET', `/campaigns?${where}`)
    return body.docs as { id: Id; edition: number; audience: string; status: string }[]
  }
  const followUp = (body: object, by = editor, of = first) => by('POST', `/campaigns/${of}/follow-up`, body)
  const forecast = async (query: string, of = first) =>
    (await editor('GET', `/campaigns/${of}/follow-up?${query}`)).body as unknown as FollowUpForecast
  const codeOf = ({ status, body }: Awaited<ReturnType<Rest>>) => [
    status,
    (body.errors as { code: string }[] | undefined)?.[0]?.code,
  ]
  const hold = (holdSeconds: number) => editor('POST', '/globals/site', { holdSeconds })

  // One story.
  it('says beforehand how many would get it', async () => {
    const forecasts = await Promise.all(
      [
        'audience=joined_since',
        'audience=missed',
        `audience=topic&topic=${topic}`,
        'audience=correction',
      ].map((query) => forecast(query)),
    )
    expect(forecasts.map(({ recipients }) => recipients)).toEqual([
      { sv: 1, en: 1 },
      { sv: 0, en: 0 },
      { sv: 0, en: 1 },
      { sv: 1, en: 0 },
    ])
    expect(forecasts[0]).toEqual({
      editions: [{ id: String(first), number: 1, audience: 'everybody', status: 'submitted' }],
      unfinished: null,
      isTooOld: false,
      recipients: { sv: 1, en: 1 },
      changes: null,
    })
  })

  it('to those who joined since, after a hold in which it can be undone, and one at a time', async () => {
    await hold(60)
    const { status, body } = await followUp({ audience: 'joined_since' })
    const begun = body.doc as { id: Id }
    expect([status, body.doc]).toMatchObject([
      201,
      { edition: 2, audience: 'joined_since', status: 'holding', article },
    ])
    const second = await followUp({ audience: 'missed' })
    expect([codeOf(second), (await forecast('audience=missed')).unfinished]).toEqual([
      [409, 'edition_unfinished'],
      String(begun.id),
    ])
    expect((await editor('POST', `/campaigns/${begun.id}/undo`)).status).toBe(200)
    await drain(database.payload)
    await hold(0)
    expect((await restAs(database)('GET', `/articles/${article}`)).status).toBe(200)
    await followUp({ audience: 'joined_since' })
    await drain(database.payload)
    expect(recipientsOf(mailer.mails)).toEqual(['anna@example.com', 'bo@example.com', 'cia@example.com'])
    expect((await campaigns()).map(({ edition, audience, status }) => [edition, audience, status])).toEqual([
      [1, 'everybody', 'submitted'],
      [2, 'joined_since', 'cancelled'],
      [3, 'joined_since', 'submitted'],
    ])
    expect(codeOf(await followUp({ audience: 'joined_since' }))).toEqual([422, 'no_recipients'])
  })

  it('as a correction, to those who got that edition, with what has changed shown before', async () => {
    expect((await forecast('audience=correction')).changes?.sv.every(({ kind }) => kind === 'same')).toBe(
      true,
    )
    await editor('PATCH', `/articles/${article}`, {
      content: paragraph('Frihet är eget ansvar.'),
      _status: 'published',
    })
    const { changes } = await forecast('audience=correction')
    expect(changes?.sv.filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'added', text: 'eget ' }])
    const before = mailer.mails.length
    await followUp({ audience: 'correction' })
    await drain(database.payload)
    const [, , third] = await campaigns()
    await followUp({ audience: 'correction' }, editor, third?.id)
    await drain(database.payload)
    expect(mailer.mails.slice(before).map(({ to, subject }) => [to.email, subject])).toEqual([
      ['anna@example.com', 'Rättelse: Om frihet'],
      ['bo@example.com', 'Rättelse: Om frihet'],
      // The article is in Swedish.
      ['cia@example.com', 'Rättelse: Om frihet'],
    ])
  })

  it('while the mail that went out stays to be seen as it was', async () => {
    const { body } = await editor('GET', `/campaigns/${first}/mail`)
    const { text, html, subject } = body as unknown as { text: string; html: string; subject: string }
    const got = mailer.mails[0]
    const plain = (written: string) =>
      written.replace(/token=[\w.-]+/g, 'token=').replaceAll(/anna(\.berg)?@example\.com/g, 'reader')
    expect([subject, plain(text), plain(html)]).toEqual([
      got?.subject,
      plain(got?.text ?? ''),
      plain(got?.html ?? ''),
    ])
  })

  it('is refused when who got it may be forgotten, and while a restored database may know of too few', async () => {
    const { payload } = database
    await putNotice(payload, { why: 'database_older', at: new Date() })
    const restored = await followUp({ audience: 'missed' })
    await removeNotice(payload)
    await editor('POST', '/globals/site', { deliveryDays: 31 })
    const startedAt = new Date(Date.now() - 30 * 86_400_000).toISOString()
    await payload.db.updateOne({ collection: 'campaigns', id: first, data: { startedAt }, returning: false })
    const old = await followUp({ audience: 'missed' })
    expect(await forecast('audience=missed')).toMatchObject({ isTooOld: true, recipients: null })
    await editor('POST', '/globals/site', { deliveryDays: 400 })
    expect([restored, old].map(codeOf)).toEqual([
      [409, 'database_restored'],
      [409, 'edition_too_old'],
    ])
  })

  it('of an article that is hidden is refused, and so is what nobody knows', async () => {
    const { body } = await editor('POST', '/articles?depth=0', {
      ...{ title: 'Ny', content: paragraph('Text.'), _status: 'published' },
    })
    const other = (body.doc as { id: Id }).id
    const where = `where[article][equals]=${other}&depth=0`
    const [unsent] = (await editor('GET', `/campaigns?${where}`)).body.docs as { id: Id }[]
    const answers = [
      await followUp({ audience: 'correction' }, editor, unsent?.id),
      await followUp({ audience: 'everybody' }),
      await followUp({ audience: 'topic' }),
      await followUp({ audience: 'missed', topic }),
      await followUp({ audience: 'topic', topic: '999999' }),
      await followUp({ audience: 'missed', more: 1 }),
      await followUp({ audience: 'missed' }, editor, '999999'),
      await followUp({ audience: 'missed' }, author),
      await followUp({ audience: 'missed' }, restAs(database)),
      await editor('GET', `/campaigns/${first}/follow-up?audience=x`),
      await author('GET', `/campaigns/${first}/follow-up`),
      await author('GET', `/campaigns/${first}/mail`),
      await editor('GET', `/campaigns/${unsent?.id}/mail`),
    ]
    await drain(database.payload)
    await editor('PATCH', `/articles/${other}`, { _status: 'draft' })
    answers.push(await followUp({ audience: 'correction' }, editor, unsent?.id))
    expect(answers.map(codeOf)).toEqual([
      [409, 'edition_unfinished'],
      [400, 'body_invalid'],
      [400, 'body_invalid'],
      [400, 'body_invalid'],
      [400, 'body_invalid'],
      [400, 'body_invalid'],
      [404, 'not_there'],
      [403, 'editors_only'],
      [401, 'editors_only'],
      [400, 'body_invalid'],
      [403, 'editors_only'],
      [403, 'editors_only'],
      [404, 'not_there'],
      [409, 'article_hidden'],
    ])
  })
})
