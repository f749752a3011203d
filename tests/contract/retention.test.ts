import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import { oldDataOf } from '../../src/deps.ts'
import type { Article } from '../../src/payload-types.ts'
import type { OldRows } from '../../src/retention/ports.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { openCampaign, mailNextBatch } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at, lease } from '../support/flow/time.ts'
import { addConsent, addEvent, addMail, addMessage, type RowId } from '../support/retention/oldRows.ts'
import { createSubscriber, createTopic, paragraph } from '../support/siteContent.ts'

const SLUGS = [
  'provider-events',
  'consents',
  'transactional-mails',
  'contact-messages',
  'rate-limits',
  'sweeps',
  'subscribers',
  'topics',
  'imports',
  'suppressions',
] as const

describe.each(testDatabases())('old rows on $name', ({ name, open }) => {
  let database: TestDatabase
  let payload: Payload
  let rig: StoreRig
  let rows: OldRows
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    rig = await databaseRigKind({ name, open: async () => database }).open()
    rows = oldDataOf(payload).rows
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await rig.clear()
    for (const collection of SLUGS) await payload.db.deleteMany({ collection, where: {} })
  })

  const idsIn = async (collection: (typeof SLUGS)[number]): Promise<RowId[]> => {
    const { docs } = await payload.find({ collection, depth: 0, pagination: false, sort: 'id' })
    return docs.map(({ id }) => id)
  }
  const old = (limit = 10) => ({ before: at('09:00'), limit })

  describe('claimSweep', () => {
    const claim = (token: string, time: string, since = '03:00') =>
      rows.claimSweep({ since: at(since), now: at(time), lease: lease(token) })

    it('gives the sweep to one, who gets it again, until the lease ends', async () => {
      expect([
        await claim('a', '08:00'),
        await claim('b', '08:00:30'),
        await claim('a', '08:00:45'),
        await claim('b', '08:01:30'),
        await claim('b', '08:01:50'),
        await claim('a', '08:02'),
      ]).toEqual([true, false, true, false, true, false])
    })

    it('gives it to one of many who ask at once', async () => {
      const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(`w${index}`, '08:00')))
      expect(claims.filter(Boolean)).toEqual([true])
    })

    it('gives it to nobody after it has ended, until it is due again', async () => {
      await claim('a', '08:00')
      await rows.endSweep({ token: 'a', now: at('08:00:10') })
      expect([
        await rows.lastSweptAt(),
        await claim('b', '08:05'),
        await claim('b', '08:06', '08:05'),
      ]).toEqual([at('08:00:10'), false, true])
    })

    it('is ended by its holder alone', async () => {
      await claim('a', '08:00')
      await rows.endSweep({ token: 'b', now: at('08:00:10') })
      expect([await rows.lastSweptAt(), await claim('b', '08:02')]).toEqual([null, true])
    })
  })

  it('removes provider events by when they were received, in portions', async () => {
    for (const time of ['08:00', '08:01', '08:59:59']) await addEvent(payload, { receivedAt: at(time) })
    const kept = await addEvent(payload, { receivedAt: at('09:00') })
    const removed = [2, 2, 2].map((limit) => () => rows.removeProviderEvents(old(limit)))
    expect([await removed[0]?.(), await removed[1]?.(), await removed[2]?.()]).toEqual([2, 1, 0])
    expect(await idsIn('provider-events')).toEqual([kept])
  })

  describe('eraseDeliveries', () => {
    const erased = { email: '', name: null, detail: null, providerId: null }

    it('forgets who they went to; status, reason and the numbers stay', async () => {
      await rig.addSubscribers(3)
      const id = await openCampaign(rig, { batchSize: 3 })
      await mailNextBatch(rig, { time: '08:03', fates: ['submitted', 'rejected', 'uncertain'] })
      const before = await rig.deliveries(id)
      const counts = await rig.store.countDeliveries(id)

      expect([await rows.eraseDeliveries(old()), await rows.eraseDeliveries(old())]).toEqual([1, 0])
      expect(await rig.deliveries(id)).toEqual(
        before.map((row) => ({ ...row, ...erased, linkKey: null, subscriberId: `erased-${row.id}` })),
      )
      expect(await rig.store.countDeliveries(id)).toEqual(counts)
      const { docs } = await payload.find({ collection: 'deliveries', depth: 0 })
      expect(docs.map(({ subscriber }) => subscriber ?? null)).toEqual([null, null, null])
    })

    it('leaves the receipt as it was, without the people', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      await mailNextBatch(rig, { time: '08:03', fates: ['submitted'] })
      await mailNextBatch(rig, { time: '08:04', fates: ['rejected'] })
      const page = { campaignId: id, after: null, limit: 10 }
      const before = await rig.store.readReceipt(page)
      await rows.eraseDeliveries(old())
      expect(await rig.store.readReceipt(page)).toEqual(
        before.map((row) => ({ ...row, ...erased, subscriberId: null })),
      )
    })

    it('leaves newer batches, and those that are not settled, in portions of batches', async () => {
      await rig.addSubscribers(4)
      const id = await openCampaign(rig, { batchSize: 1 })
      for (const time of ['08:03', '08:04', '09:00']) await mailNextBatch(rig, { time, fates: [] })
      expect([
        await rows.eraseDeliveries(old(1)),
        await rows.eraseDeliveries(old(1)),
        await rows.eraseDeliveries(old(1)),
      ]).toEqual([1, 1, 0])
      expect((await rig.deliveries(id)).map(({ email, status }) => [email, status])).toEqual([
        ['', 'submitted'],
        ['', 'submitted'],
        ['reader-00002@example.com', 'submitted'],
        ['reader-00003@example.com', 'pending'],
      ])
    })

    it('mails nobody again of whom nothing is known', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 2 })
      await mailNextBatch(rig, { time: '08:03', fates: ['rejected', 'submitted'] })
      await rig.store.finishCampaign({ id, undecided: { code: 'x', message: 'x' }, now: at('08:04') })
      await rows.eraseDeliveries(old())
      const by = await rig.editor()
      await rig.store.requestRemailing({ id, of: 'rejected', by, now: at('09:01') })
      await rig.store.reopenBatches({ id, now: at('09:01') })
      const batch = await rig.store.claimBatch({ now: at('09:02'), lease: lease('b') })
      const sealed = batch
        ? await rig.store.sealBatch({ batch, token: 'b', callWith: 'memory', now: at('09:02') })
        : null
      expect(sealed).toEqual({ recipients: [], exclusions: [] })
    })
  })

  describe('removeWaitingSubscribers', () => {
    const waiting = (email: string, askedAt: string, more: { topics?: never[] } & object = {}) =>
      createSubscriber(payload, { email, status: 'pending', askedAt: at(askedAt).toISOString(), ...more })

    it('removes who never confirmed, with consents, topics and mails', async () => {
      const topic = await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
      const gone = await createSubscriber(payload, {
        email: 'gone@example.com',
        status: 'pending',
        askedAt: at('08:00').toISOString(),
        topics: [topic.id],
      })
      await addConsent(payload, { subscriber: gone.id, at: at('08:00') })
      await addMail(payload, { subscriber: gone.id, createdAt: at('08:00') })
      const newer = await waiting('newer@example.com', '09:00')
      const kept = [
        await addConsent(payload, { subscriber: newer.id, at: at('09:00') }),
        await addMail(payload, { subscriber: newer.id, createdAt: at('09:00') }),
      ]
      const active = await createSubscriber(payload, { askedAt: at('08:00').toISOString() })

      expect([
        await rows.removeWaitingSubscribers(old()),
        await rows.removeWaitingSubscribers(old()),
      ]).toEqual([1, 0])
      expect([
        await idsIn('subscribers'),
        await idsIn('consents'),
        await idsIn('transactional-mails'),
      ]).toEqual([[newer.id, active.id], [kept[0]], [kept[1]]])
    })

    it('removes who waits since nobody wrote when they asked, by when they were added', async () => {
      const unasked = async (email: string, createdAt: string) => {
        const { id } = await waiting(email, '09:00')
        await payload.db.updateOne({
          collection: 'subscribers',
          id,
          data: { askedAt: null, createdAt: at(createdAt).toISOString() },
        })
        return id
      }
      await unasked('gone@example.com', '08:00')
      const newer = await unasked('newer@example.com', '09:00')
      // Who was added long ago, and asked again since, waits since then.
      const again = await waiting('again@example.com', '09:00')
      await payload.db.updateOne({
        collection: 'subscribers',
        id: again.id,
        data: { createdAt: at('08:00').toISOString() },
      })
      expect([
        await rows.removeWaitingSubscribers(old()),
        await rows.removeWaitingSubscribers(old()),
        await idsIn('subscribers'),
      ]).toEqual([1, 0, [newer, again.id]])
    })

    it('goes in portions', async () => {
      const [last, first] = [
        await waiting('last@example.com', '08:30'),
        await waiting('first@example.com', '08:00'),
      ]
      expect(first.id).not.toEqual(last.id)
      await rows.removeWaitingSubscribers(old(1))
      expect(await idsIn('subscribers')).toHaveLength(1)
      await rows.removeWaitingSubscribers(old(1))
      expect(await idsIn('subscribers')).toEqual([])
    })
  })

  it('removes contact messages with their mails, but not one of which a mail waits', async () => {
    const [gone, waits, newer] = [
      await addMessage(payload, { createdAt: at('08:00') }),
      await addMessage(payload, { createdAt: at('08:01') }),
      await addMessage(payload, { createdAt: at('09:00') }),
    ]
    await addMail(payload, { contactMessage: gone, status: 'submitted', settledAt: at('08:00') })
    const kept = [
      await addMail(payload, { contactMessage: waits, status: 'pending' }),
      await addMail(payload, { contactMessage: newer, status: 'submitted', settledAt: at('09:00') }),
    ]
    expect([await rows.removeContactMessages(old(1)), await rows.removeContactMessages(old(1))]).toEqual([
      1, 0,
    ])
    expect([await idsIn('contact-messages'), await idsIn('transactional-mails')]).toEqual([
      [waits, newer],
      kept,
    ])
  })

  it('removes what stood in a settled mail, and later the mail; never one that waits', async () => {
    const sent = await addMail(payload, { status: 'submitted', settledAt: at('08:00') })
    const doubtful = await addMail(payload, { status: 'uncertain', settledAt: at('08:01') })
    const waits = await addMail(payload, { status: 'pending' })
    const newer = await addMail(payload, { status: 'submitted', settledAt: at('09:00') })
    expect([
      await rows.removeMailBodies(old(1)),
      await rows.removeMailBodies(old(1)),
      await rows.removeMailBodies(old(1)),
    ]).toEqual([1, 1, 0])
    const { docs } = await payload.find({ collection: 'transactional-mails', depth: 0, sort: 'id' })
    expect(docs.map(({ id, mail }) => [id, mail ?? null])).toEqual([
      [sent, null],
      [doubtful, null],
      [waits, { subject: 'Tack' }],
      [newer, { subject: 'Tack' }],
    ])
    expect([
      await rows.removeTransactionalMails(old()),
      await rows.removeTransactionalMails(old()),
      await idsIn('transactional-mails'),
    ]).toEqual([2, 0, [waits, newer]])
  })

  it('removes counts that have run out', async () => {
    const expire = (time: string) => (payload.db.defaultIDType === 'number' ? at(time).getTime() : at(time))
    for (const [key, time] of [
      ['old', '08:00'],
      ['newer', '09:00'],
    ] as const)
      await insertLimit({ key, points: 1, expire: expire(time) })
    expect([await rows.removeRateLimits(old()), await rows.removeRateLimits(old())]).toEqual([1, 0])
    expect(await idsIn('rate-limits')).toHaveLength(1)
  })

  it('forgets which import made a suppression, and what it was before, once the import cannot be taken back', async () => {
    const beginAt = async (time: string, undo: object = {}) => {
      const data = { file: 'people.csv', startedAt: at(time).toISOString(), ...undo }
      return String((await payload.create({ collection: 'imports', data })).id)
    }
    const importWas = { email: 'anna@example.com' }
    const keep = async (importRef: string | null) => {
      const data = { addressHash: `hash ${importRef}`, reason: 'manual', suppressedAt: at('08:00') } as const
      return payload.db.create({ collection: 'suppressions', data: { ...data, importRef, importWas } })
    }
    const [gone, undone, undoing, newer] = [
      await beginAt('08:00'),
      await beginAt('08:01', { undoAskedAt: at('08:02').toISOString(), undoneAt: at('08:03').toISOString() }),
      await beginAt('08:01', { undoAskedAt: at('08:02').toISOString() }),
      await beginAt('09:00'),
    ]
    for (const run of [gone, undone, undoing, newer]) await keep(run)
    expect([
      await rows.forgetImports(old(1)),
      await rows.forgetImports(old(1)),
      await rows.forgetImports(old(1)),
    ]).toEqual([1, 1, 0])
    const { docs } = await payload.find({ collection: 'suppressions', depth: 0, sort: 'id' })
    expect(docs.map(({ importRef, importWas: was }) => [importRef ?? null, was ?? null])).toEqual([
      [null, null],
      [null, null],
      [undoing, importWas],
      [newer, importWas],
    ])
  })

  describe('drafts that "Create new" left', () => {
    beforeEach(async () => {
      await payload.delete({ collection: 'articles', where: {}, trash: true })
    })
    const soon = (limit = 10) => ({ before: new Date(Date.now() + 1_000), limit })
    const leave = () => payload.create({ collection: 'articles', data: {}, draft: true })
    const save = ({ id, locale = 'sv', ...data }: Partial<Article> & { id: RowId; locale?: 'sv' | 'en' }) =>
      payload.update({ collection: 'articles', id, locale, data, draft: true, autosave: true })
    const saveVersion = ({ id, ...data }: Partial<Article> & { id: RowId }) =>
      payload.update({ collection: 'articles', id, locale: 'sv', data, draft: true })
    const articleIds = async () => {
      const query = { collection: 'articles', depth: 0, pagination: false, trash: true, sort: 'id' } as const
      return (await payload.find(query)).docs.map(({ id }) => id)
    }
    const countVersions = async (ids: RowId[]) =>
      (await payload.countVersions({ collection: 'articles', where: { parent: { in: ids } } })).totalDocs

    it('go with their versions, in portions', async () => {
      const left = [await leave(), await leave(), await leave()]
      for (const draft of left) await save(draft)
      const ids = left.map(({ id }) => id)
      expect(await countVersions(ids)).toBe(6)
      expect([
        await rows.removeBlankDrafts(soon(2)),
        await rows.removeBlankDrafts(soon(2)),
        await rows.removeBlankDrafts(soon(2)),
      ]).toEqual([2, 1, 0])
      expect([await articleIds(), await countVersions(ids)]).toEqual([[], 0])
    })

    it('stay while somebody may still write in them', async () => {
      const { id } = await leave()
      expect(await rows.removeBlankDrafts({ before: new Date(Date.now() - 60_000), limit: 10 })).toBe(0)
      expect(await articleIds()).toEqual([id])
    })

    it('stay when somebody wrote in any language, or wrote and took it back, or published', async () => {
      const kept = [await leave(), await leave(), await leave()].map(({ id }) => id)
      await save({ id: kept[0]!, excerpt: 'A sentence.', locale: 'en' })
      await save({ id: kept[1]!, content: paragraph('Ett ord') })
      await save({ id: kept[1]!, content: paragraph('') })
      await payload.update({
        collection: 'articles',
        id: kept[2]!,
        locale: 'sv',
        data: { title: 'Ut', content: paragraph('Text'), newsletter: { send: false }, _status: 'published' },
      })
      await leave()
      expect([await rows.removeBlankDrafts(soon()), await rows.removeBlankDrafts(soon())]).toEqual([1, 0])
      expect(await articleIds()).toEqual(kept)
    })

    describe('before the upgrade', () => {
      const forget = async () => {
        if (database.env.database.kind === 'sqlite')
          await payload.db.drizzle.$client.batch(
            ['UPDATE articles SET is_blank = NULL', 'UPDATE _articles_v SET version_is_blank = NULL'],
            'write',
          )
        else {
          const { connection } = payload.db
          await connection.collection('articles').updateMany({}, { $unset: { isBlank: '' } })
          await connection
            .collection('_articles_versions')
            .updateMany({}, { $unset: { 'version.isBlank': '' } })
        }
      }

      it('are read once, and go; what has a text in any version stays', async () => {
        const written = [await leave(), await leave(), await leave()].map(({ id }) => id)
        await save({ id: written[0]!, title: 'Title', locale: 'en' })
        await saveVersion({ id: written[1]!, excerpt: 'Ett ord' })
        await saveVersion({ id: written[1]!, excerpt: '' })
        await save(await leave())
        await forget()
        await save({ id: written[2]!, excerpt: 'Efter uppgraderingen' })

        const { drafts } = oldDataOf(payload)
        expect([
          await rows.removeBlankDrafts(soon()),
          await drafts.judge(soon(3)),
          await drafts.judge(soon(3)),
          await drafts.judge(soon(3)),
          await rows.removeBlankDrafts(soon()),
        ]).toEqual([0, 3, 1, 0, 1])
        expect(await articleIds()).toEqual(written)
      })
    })
  })

  /** As the library of src/limits keeps them: a number on SQLite, a date on MongoDB. */
  const insertLimit = async (row: { key: string; points: number; expire: number | Date }) => {
    if (database.env.database.kind === 'sqlite')
      await payload.db.drizzle.$client.execute({
        sql: 'INSERT INTO rate_limits (key, points, expire) VALUES (?, ?, ?)',
        args: [row.key, row.points, Number(row.expire)],
      })
    else await payload.db.connection.collection('rate-limits').insertOne(row)
  }
})
