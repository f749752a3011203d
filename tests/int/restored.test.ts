import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { newestVersion } from '../../src/adapters/articles/versions.ts'
import { payloadPlanBook } from '../../src/adapters/plans/planRows.ts'
import { depsOf, planRunnerOf, restoreOf } from '../../src/deps.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import { runDuePlan } from '../../src/plans/runDuePlan.ts'
import { startMarks, withMarks } from '../../src/restore/marks.ts'
import { acceptMove, noteStartOf } from '../../src/restore/noteStartOf.ts'
import { readNotice, removeNotice } from '../../src/restore/staffNotice.ts'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import { mailNextBatch, openCampaign } from '../support/flow/builders.ts'
import { readerEmail, type StoreRig } from '../support/flow/storeRig.ts'
import { mailTo } from '../support/mailOf.ts'

const HOUR_MS = 3_600_000

describe.each(testDatabases())('a start on $name', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  const folderFile = () => join(database.env.dataDir, 'folder.json')
  const start = () => noteStartOf(database.payload)
  const marks = () => restoreOf(database.payload)
  /** What a restore of a backup that is so old does to the row of the folder. */
  const restoreMark = async (by: number) => {
    const { file, folders } = marks()
    const { folder = '', mark = 0 } = file.read() ?? {}
    await folders.put({ folder, mark: mark - by })
  }
  /** A campaign of four readers: two were mailed, one was refused, the last batch waits. */
  const halfway = async () => {
    for (const number of [0, 1, 2, 3]) await rig.addSubscriber({ email: readerEmail(number) })
    const id = await openCampaign(rig, { batchSize: 1 })
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted'] })
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted'] })
    await mailNextBatch(rig, { time: '08:03', fates: ['rejected'] })
    return id
  }
  /** A campaign of four readers, of which the canary was mailed. */
  const inCanary = async () => {
    for (const number of [0, 1, 2, 3]) await rig.addSubscriber({ email: readerEmail(number) })
    const id = await openCampaign(rig, { batchSize: 1, canary: { batches: 1, mails: 1, minutes: 30 } })
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted'] })
    return id
  }
  const statusesOf = async (id: string) => (await rig.deliveries(id)).map(({ status }) => status)
  const seeWorker = (ago: number) =>
    depsOf(database.payload).store.beat({
      ...{ worker: 'w', mailer: 'memory' },
      ...{ startedAt: new Date(Date.now() - ago), now: new Date(Date.now() - ago) },
    })

  beforeAll(async () => {
    database = await open()
    rig = await databaseRigKind({ name, open: async () => database }).open()
  })
  afterEach(async () => {
    await rig.clear()
    await removeNotice(database.payload)
    rmSync(folderFile(), { force: true })
    await database.payload.delete({ collection: 'data-folders', where: { id: { exists: true } } })
  })
  afterAll(() => rig.close())

  it('asks nobody at the first start of a version, nor at the next ones', async () => {
    const id = await halfway()
    expect([await start(), await start(), (await rig.campaign(id)).status]).toEqual([
      null,
      null,
      'submitting',
    ])
  })

  it('on an older database: pauses a canary, which is over with that', async () => {
    await start()
    const id = await inCanary()
    await restoreMark(1)
    await start()
    const { status, canary } = await rig.campaign(id)
    expect([status, canary?.endedAt]).toEqual(['paused', expect.any(Date)])
    expect(await statusesOf(id)).toEqual(['submitted', ...Array(3).fill('uncertain')])
    await controlCampaign(depsOf(database.payload), { id, control: 'leave', by: await rig.editor() })
    expect((await rig.campaign(id)).status).toBe('submitting')
  })

  it('on an older database: pauses, leaves whoever may have been mailed uncertain, and tells staff', async () => {
    await start()
    const id = await halfway()
    const mail = await rig.addMail()
    await restoreMark(1)
    expect(await start()).toBe('database_older')
    expect(await rig.campaign(id)).toMatchObject({
      ...{ status: 'paused', problem: { code: 'restored' } },
      ...{ leaseToken: null, remailing: null },
    })
    expect((await rig.moves(id)).map(({ to, problem }) => [to, problem?.code ?? null])).toEqual([
      ['preparing', null],
      ['submitting', null],
      ['paused', 'restored'],
    ])
    expect(await statusesOf(id)).toEqual(['submitted', 'submitted', 'rejected', 'uncertain'])
    expect((await rig.batches(id)).map(({ status }) => status)).toEqual(Array(4).fill('settled'))
    expect(await rig.mail(mail)).toMatchObject({ status: 'uncertain', reason: 'restored' })
    expect(await readNotice(database.payload)).toMatchObject({ why: 'database_older' })
    // It is known now.
    expect(await start()).toBeNull()
  })

  it('lets staff decide: the uncertain are mailed again, or left', async () => {
    await start()
    const id = await halfway()
    await restoreMark(1)
    await start()
    const { store, clock } = depsOf(database.payload)
    const by = await rig.editor()
    expect(await controlCampaign(depsOf(database.payload), { id, control: 'mail-again', by })).toBe(true)
    await store.reopenBatches({ id, now: clock.now() })
    expect((await rig.batches(id)).map(({ status }) => status)).toEqual([
      ...Array(3).fill('settled'),
      'pending',
    ])
  })

  it('on an older database: whoever was to be mailed once more is uncertain too', async () => {
    await start()
    const id = await halfway()
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted'] })
    await depsOf(database.payload).store.finishCampaign({
      ...{ id, now: new Date() },
      undecided: { code: 'u', message: 'u' },
    })
    await depsOf(database.payload).store.requestRemailing({
      ...{ id, of: 'rejected', now: new Date() },
      by: await rig.editor(),
    })
    await restoreMark(1)
    await start()
    expect([await statusesOf(id), (await rig.campaign(id)).remailing]).toEqual([
      ['submitted', 'submitted', 'uncertain', 'submitted'],
      null,
    ])
  })

  it('on an older database: an article whose campaign was never written gets a paused one', async () => {
    await start()
    const article = await rig.addArticle()
    await restoreMark(1)
    await start()
    const { docs } = await database.payload.find({ collection: 'campaigns', depth: 0 })
    expect(docs.map(({ article: of, status, problem }) => [String(of), status, problem?.code])).toEqual([
      [article, 'paused', 'restored'],
    ])
  })

  it('on a copy of the folder', async () => {
    await start()
    const id = await halfway()
    copyFileSync(folderFile(), `${folderFile()}.copy`)
    rmSync(folderFile())
    copyFileSync(`${folderFile()}.copy`, folderFile())
    expect([await start(), (await rig.campaign(id)).status, await start()]).toEqual([
      'folder_copied',
      'paused',
      null,
    ])
  })

  it('with an empty folder: asks when something would be mailed, else it is one folder more', async () => {
    await start()
    rmSync(folderFile())
    expect(await start()).toBeNull()
    await halfway()
    rmSync(folderFile())
    expect([await start(), await start()]).toEqual(['folder_unknown', null])
  })

  it('asks when nobody has worked on a campaign for an hour, and not sooner', async () => {
    await start()
    await halfway()
    await seeWorker(HOUR_MS - 60_000)
    expect(await start()).toBeNull()
    await database.payload.delete({ collection: 'workers', where: { id: { exists: true } } })
    await seeWorker(HOUR_MS + 60_000)
    expect(await start()).toBe('worker_silent')
  })

  it('asks nobody after a planned move', async () => {
    await start()
    const id = await halfway()
    await seeWorker(2 * HOUR_MS)
    copyFileSync(folderFile(), `${folderFile()}.copy`)
    rmSync(folderFile())
    copyFileSync(`${folderFile()}.copy`, folderFile())
    await acceptMove(database.payload)
    expect([await start(), (await rig.campaign(id)).status]).toEqual([null, 'submitting'])
  })

  it('keeps planned publications waiting until staff have seen it', async () => {
    await start()
    const { payload } = database
    await rig.addCampaign()
    await rig.addArticle({ isPublished: false })
    const { docs } = await payload.find({
      ...{ collection: 'articles', draft: true, depth: 0 },
      where: { _status: { equals: 'draft' } },
    })
    const value = docs[0]?.id ?? 0
    const version = await newestVersion({ payload, id: value })
    await payloadPlanBook({ payload }).create({
      ...{ articleId: String(value), version: version?.id ?? '', action: 'publish', channels: 'site' },
      ...{ locale: 'sv', dueAt: new Date(Date.now() - 1_000), override: null, by: null },
    })
    await restoreMark(1)
    await start()
    const isPublished = async () =>
      (await payload.count({ collection: 'articles', where: { _status: { equals: 'published' } } })).totalDocs
    const before = await isPublished()
    await runDuePlan(planRunnerOf(payload))
    expect(await isPublished()).toBe(before)
    await removeNotice(payload)
    await runDuePlan(planRunnerOf(payload))
    expect(await isPublished()).toBe(before + 1)
  })

  it('marks calls in the database and beside it, and notices a database that becomes an older one', async () => {
    await start()
    const { file, folders } = marks()
    const noticed: string[] = []
    const clock = { now: () => new Date() }
    const watched = startMarks({
      ...{ file, folders, clock },
      onRestored: () => {
        noticed.push('restored')
        throw new Error('restored')
      },
    })
    const first = file.read()?.mark ?? 0
    const mailer = withMarks({ mailer: memoryMailer(), marks: watched })
    await mailer.send({ key: 'a', mails: [mailTo('a@example.com')] })
    await watched.atRest()
    expect([file.read()?.mark, await folders.readMark(file.read()?.folder ?? '')]).toEqual([
      first + 2,
      first + 2,
    ])
    await mailer.send({ key: 'b', mails: [mailTo('b@example.com')] })
    await restoreMark(2)
    await expect(watched.atRest()).rejects.toThrow('restored')
    expect(noticed).toEqual(['restored'])
  })

  if (name === 'SQLite')
    it('gives no id out twice after a restore', async () => {
      await start()
      await halfway()
      const before = Number(await rig.addSubscriber({ email: readerEmail(8) }))
      await rig.setSubscriber(String(before), 'deleted')
      await restoreMark(1)
      await start()
      expect(Number(await rig.addSubscriber({ email: readerEmail(9) }))).toBeGreaterThan(before + 100_000)
      expect(Number(await rig.addCampaign())).toBeGreaterThan(100_000)
    })
})
