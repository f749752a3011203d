import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { simpleParser } from 'mailparser'
import { ObjectId } from 'mongodb'
import { getPayload, type Payload } from 'payload'
import { planWaitingJobs } from '../../src/adapters/plans/plansFromJobs.ts'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { readEnv, type Env } from '../../src/env.ts'
import { migrations } from '../../src/migrations/index.ts'
import { refusalCodeOf } from '../../src/refusals/refusal.ts'
import { drain } from '../support/drain.ts'
import { mailing } from '../support/flow/builders.ts'
import { giveEditions } from '../../src/adapters/database/giveEditions.ts'
import { giveVisibility } from '../../src/adapters/database/giveVisibility.ts'
import { createArticle, hideFromSite, paragraph } from '../support/siteContent.ts'
import { describeOnMongo, driverOf } from '../support/mongoDatabase.ts'

type Migrations = NonNullable<Parameters<Payload['db']['migrate']>[0]>['migrations']

const FORMER = '20261125_074244_delivery_tags'
const LEAVE = 'Nw.jR1crJaIEqzrukSwwHZ25J-7k-uDxOIAmIxQW4FB2QU'
const CHOOSE = 'Nw.8u9i6YyZo2qFsJETZntDsrkX_ilTzyZbvXlHyFe_x2A'

describe('a SQLite file that an earlier version made and filled', () => {
  let folder: string
  let env: Env
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-upgrade-'))
    env = readEnv({
      DATABASE_URL: `file:${join(folder, 'utskick.db')}`,
      DATA_DIR: join(folder, 'data'),
      PAYLOAD_SECRET: 'a secret of the tests',
      SERVER_URL: 'http://site.example',
    })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** In the middle of a mailing, with one batch of which nobody knows whether the provider took it. */
  const fill = async () => {
    const payload = await getPayload({ config: configFor(env), key: `${folder} former` })
    const upTo = migrations.findIndex(({ name }) => name === FORMER) + 1
    await payload.db.migrate({ migrations: migrations.slice(0, upTo) as Migrations })
    const { linksUntil: _, ...mailed } = mailing()
    const text =
      'http://site.example/unsubscribe?token=u0123-leave http://site.example/preferences?token=u0123-preferences'
    const html = `${mailed.mails.sv.html}<img src="http://site.example/api/media/file/hamnen-600x400.jpg" />`
    const frozen = { ...mailed, mails: { ...mailed.mails, sv: { ...mailed.mails.sv, text, html } } }
    await payload.db.drizzle.$client.batch(
      [
        `INSERT INTO topics (id, slug) VALUES (3, 'ledarskap')`,
        `INSERT INTO topics_locales (name, _locale, _parent_id) VALUES ('Ledarskap', 'sv', 3)`,
        `INSERT INTO media (id, filename, mime_type, sizes_small_filename) VALUES (2, 'hamnen.jpg', 'image/jpeg', 'hamnen-600x400.jpg')`,
        `INSERT INTO media_locales (alt, _locale, _parent_id) VALUES ('Hamnen', 'sv', 2)`,
        `INSERT INTO articles (id, slug, _status) VALUES (5, 'brevet', 'published')`,
        `INSERT INTO articles_locales (title, _locale, _parent_id) VALUES ('Brevet', 'sv', 5)`,
        `INSERT INTO _articles_v (id, parent_id, version__status, version_newsletter_send, autosave, updated_at)
         VALUES (11, 5, 'draft', 0, 0, '2026-11-25T07:00:00.000Z'), (12, 5, 'draft', 1, 1, '2026-11-25T08:00:00.000Z')`,
        ...[
          ['publish', 'articles', 5, '2026-11-01T07:00:00.000Z', null, 1],
          ['publish', 'articles', 5, '2026-12-03T07:00:00.000Z', null],
          ['publish', 'articles', 5, '2026-12-04T07:00:00.000Z', null],
          ['unpublish', 'articles', 5, '2026-12-24T11:00:00.000Z', null],
          ['publish', 'articles', 99, '2026-12-03T07:00:00.000Z', null],
          ['publish', 'articles', 5, '2026-11-20T07:00:00.000Z', '2026-11-20T07:00:01.000Z'],
        ].map(([type, relationTo, value, waitUntil, completedAt, hasError = 0]) => ({
          sql: `INSERT INTO payload_jobs (task_slug, input, wait_until, completed_at, has_error) VALUES ('schedulePublish', ?, ?, ?, ?)`,
          args: [
            JSON.stringify({ type, doc: { relationTo, value }, locale: 'en', user: 1 }),
            waitUntil as string,
            completedAt as string | null,
            hasError as number,
          ],
        })),
        `INSERT INTO subscribers (id, email, status) VALUES (7, 'anna@example.com', 'active'), (8, 'bo@example.com', 'pending')`,
        `INSERT INTO subscribers_rels ("order", parent_id, path, topics_id) VALUES (1, 7, 'topics', 3)`,
        {
          sql: `INSERT INTO campaigns (id, article_id, status, subject, topic_ids, mailing, snapshot, due_at, started_at, counts_recipients)
                VALUES (9, 5, 'submitting', 'Ämnet', '[]', ?, 's1', '2026-11-25T08:00:00.000Z', '2026-11-25T08:00:00.000Z', 1)`,
          args: [JSON.stringify(frozen)],
        },
        `INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, due_at, sealed_at, exclusions, in_doubt_since, called_with)
         VALUES (9, 's1', 0, 'pending', 'the-key', 1, '2026-11-25T08:00:10.000Z', '2026-11-25T08:00:05.000Z', '[]', '2026-11-25T08:00:05.000Z', 'outbox')`,
        `INSERT INTO deliveries (id, campaign_id, subscriber_id, subscriber_ref, email, locale, status, snapshot, batch_number, position)
         VALUES (41, 9, 7, '7', 'anna@example.com', 'sv', 'pending', 's1', 0, 0)`,
      ],
      'write',
    )
    await payload.destroy()
  }

  it('is brought up to date with what it holds', async () => {
    await fill()
    const payload = await boot(configFor(env), { key: folder })
    const all = { depth: 0, sort: 'id', locale: 'sv' } as const
    const people = await payload.find({ collection: 'subscribers', ...all })
    expect(people.docs.map(({ email, status, topics }) => [email, status, topics])).toEqual([
      ['anna@example.com', 'active', [3]],
      ['bo@example.com', 'pending', []],
    ])
    // Links of that version name no key: only these rows take them.
    const rows = people.docs.map(({ linkKey, takesKeylessLinks }) => ({ linkKey, takesKeylessLinks }))
    expect(rows).toEqual(
      rows.map(() => ({ linkKey: expect.stringMatching(/^[0-9a-f]{24}$/), takesKeylessLinks: true })),
    )
    expect(new Set(rows.map(({ linkKey }) => linkKey)).size).toBe(2)
    const campaigns = await payload.find({ collection: 'campaigns', ...all })
    expect(campaigns.docs.map(({ edition, audience }) => [edition, audience])).toEqual([[1, 'everybody']])
    const articles = await payload.find({ collection: 'articles', ...all })
    expect(articles.docs.map(({ title, visibility }) => [title, visibility])).toEqual([['Brevet', 'public']])
    const { sendsWelcome } = await payload.findGlobal({ slug: 'site', depth: 0 })
    expect(sendsWelcome).toBe(true)
    await payload.destroy()
  })

  it('plans what waited for its time', async () => {
    await fill()
    const payload = await boot(configFor(env), { key: folder })
    const { docs } = await payload.find({ collection: 'plans', depth: 0, sort: 'dueAt' })
    const shown = docs.map(({ action, channels, version, dueAt, status, locale, article }) => ({
      ...{ action, channels, version, dueAt, status, locale, article },
    }))
    const both = { status: 'waiting', locale: 'en', article: 5 }
    expect(shown).toEqual([
      {
        ...both,
        ...{ action: 'publish', channels: 'site_and_mail', version: '12' },
        dueAt: '2026-12-03T07:00:00.000Z',
      },
      {
        ...both,
        ...{ action: 'unpublish', channels: null, version: null },
        dueAt: '2026-12-24T11:00:00.000Z',
      },
    ])
    // An autosave would write over it.
    const { rows } = await payload.db.drizzle.$client.execute(
      'SELECT autosave FROM _articles_v WHERE id = 12',
    )
    expect(rows[0]?.autosave).toBe(0)
    await payload.destroy()
  })

  it('keeps a picture that a batch of the earlier version shows, before it is handed over and after', async () => {
    await fill()
    const payload = await boot(configFor(env), { key: folder })
    const refused = () =>
      payload.delete({ collection: 'media', id: 2 }).then(
        () => 'deleted',
        (error: Error) => refusalCodeOf(error),
      )
    const before = await refused()
    await drain(payload)
    expect([before, await refused(), (await payload.count({ collection: 'media' })).totalDocs]).toEqual([
      'mailed',
      'mailed',
      1,
    ])
    await payload.destroy()
  })

  it('hands a batch over again with the bytes that the earlier version gave it', async () => {
    await fill()
    const payload = await boot(configFor(env), { key: folder })
    await drain(payload)
    const { status } = await payload.findByID({ collection: 'campaigns', id: 9, depth: 0 })
    const outbox = join(env.dataDir, 'outbox')
    const files = readdirSync(outbox)
    const mail = await simpleParser(readFileSync(join(outbox, files[0] ?? '')))
    expect([status, files, String(mail.html).includes('hamnen-600x400.jpg'), mail.text?.trim()]).toEqual([
      'submitted',
      ['the-key-001.eml'],
      true,
      `http://site.example/unsubscribe?token=${LEAVE} http://site.example/preferences?token=${CHOOSE}`,
    ])
    await payload.destroy()
  })
})

describeOnMongo('an earlier version’s $name', ({ open }) => {
  it('has first editions, and no index that allows no other', async () => {
    const database = await open()
    // Not the database of the test: the test server drops none in which an index was dropped.
    const { connection } = database.payload.db
    const db = connection.getClient().db(`${connection.name}-editions`)
    const campaigns = db.collection('campaigns')
    const article = new ObjectId()
    await campaigns.createIndex({ article: 1 }, { unique: true })
    await giveEditions(db)
    await campaigns.insertOne({ article, status: 'submitted' })
    await giveEditions(db)
    await campaigns.insertOne({ article, status: 'holding', edition: 2, audience: 'missed' })
    const rows = await campaigns.find({ article }).sort({ edition: 1 }).toArray()
    expect(rows.map(({ edition, audience }) => [edition, audience])).toEqual([
      [1, 'everybody'],
      [2, 'missed'],
    ])
    await database.close()
  })

  it('shows its articles to everybody, as before', async () => {
    const database = await open()
    const { payload } = database
    const db = driverOf(database)
    const { id } = await createArticle(payload, { title: 'Brevet' })
    const mailed = await createArticle(payload, { title: 'Bara brevet' })
    await hideFromSite({ payload, id: mailed.id })
    await db.collection('articles').updateOne({ slug: 'brevet' }, { $unset: { visibility: '' } })
    await db
      .collection('_articles_versions')
      .updateMany({ 'version.slug': 'brevet' }, { $unset: { 'version.visibility': '' } })
    const shown = async () =>
      (await payload.find({ collection: 'articles', overrideAccess: false })).docs.map((doc) => doc.id)
    const before = await shown()
    await giveVisibility(db)
    await giveVisibility(db)
    const { docs } = await payload.findVersions({
      collection: 'articles',
      where: { 'version.visibility': { equals: 'public' } },
    })
    expect([before, await shown(), docs.length]).toEqual([[], [id], 2])
    await database.close()
  })

  it('has what waited for its time planned, once, with a text that no autosave writes over', async () => {
    const database = await open()
    const { payload } = database
    const db = driverOf(database)
    const article = await payload.create({
      collection: 'articles',
      locale: 'sv',
      draft: true,
      data: { title: 'Brevet', newsletter: { send: true }, content: paragraph('Texten.'), _status: 'draft' },
    })
    const parent = new ObjectId(String(article.id))
    await db.collection('_articles_versions').updateMany({ parent }, { $set: { autosave: true } })
    const jobs = [
      { type: 'publish', waitUntil: new Date('2026-11-01T07:00:00Z'), hasError: true },
      { type: 'publish', waitUntil: new Date('2026-12-03T07:00:00Z') },
      { type: 'publish', waitUntil: new Date('2026-12-04T07:00:00Z') },
      { type: 'unpublish', waitUntil: new Date('2026-12-24T11:00:00Z') },
      { type: 'publish', waitUntil: new Date('2026-12-05T07:00:00Z'), value: 'gone' },
      { type: 'publish', waitUntil: new Date('2026-11-02T07:00:00Z'), completedAt: new Date() },
    ].map(({ type, value = String(article.id), ...job }) => ({
      ...{ ...job, taskSlug: 'schedulePublish', createdAt: new Date() },
      input: { type, locale: 'en', doc: { relationTo: 'articles', value } },
    }))
    await db.collection('payload-jobs').insertMany(jobs)
    await planWaitingJobs(db)
    await planWaitingJobs(db)
    const { docs } = await payload.find({ collection: 'plans', depth: 0, sort: 'dueAt' })
    const [version] = await db.collection('_articles_versions').find({ parent }).toArray()
    const shared = { article: article.id, status: 'waiting', locale: 'en' }
    expect([docs, version?.autosave, await db.collection('payload-jobs').countDocuments()]).toMatchObject([
      [
        {
          ...{ ...shared, action: 'publish', channels: 'site_and_mail', version: version?._id.toHexString() },
          dueAt: '2026-12-03T07:00:00.000Z',
        },
        { ...{ ...shared, action: 'unpublish', version: null }, dueAt: '2026-12-24T11:00:00.000Z' },
      ],
      false,
      1,
    ])
    expect(docs).toHaveLength(2)
    await database.close()
  })
})
