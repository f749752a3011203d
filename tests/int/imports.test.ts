import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Client } from '@libsql/client'
import type { Collection, Db } from 'mongodb'
import { mongoImportedPeople } from '../../src/adapters/imports/mongo.ts'
import { payloadImportRuns } from '../../src/adapters/imports/payloadRuns.ts'
import { mongoSubscriberList } from '../../src/adapters/subscribers/mongo.ts'
import { sqliteImportedPeople } from '../../src/adapters/imports/sqlite.ts'
import { depsOf, importRunsOf, mongoOf, sqliteOf, subscriberListOf } from '../../src/deps.ts'
import type { Import } from '../../src/payload-types.ts'
import { continueErasures, eraseReader } from '../../src/readers/eraseReader.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import type { ImportRuns } from '../../src/subscribers/importRuns.ts'
import { importSubscribers } from '../../src/subscribers/importSubscribers.ts'
import type { ImportChoices, ImportPlan } from '../../src/subscribers/planImport.ts'
import { refusedCsv, refusedName, type RefusedRow } from '../../src/subscribers/refusedRows.ts'
import { undoImport } from '../../src/subscribers/undoImport.ts'
import { undoLane } from '../../src/subscribers/undoLane.ts'
import { liftSuppression } from '../../src/suppressions/liftSuppression.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { mailNextBatch, openCampaign } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { clearReaders, DAY_MS } from '../support/readers.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

const HEADER = 'email,name,locale,topics,consent_source'

describe.each(testDatabases())('on $name, an import', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  let folder: string
  let editor: { rest: Rest; id: string | number }
  const time = { now: new Date() }
  const clock = { now: () => time.now }
  beforeAll(async () => {
    database = await open()
    rig = await databaseRigKind({ name, open: async () => database }).open()
    Object.assign(depsOf(database.payload), { clock })
    folder = mkdtempSync(join(tmpdir(), 'utskick-imports-'))
    for (const [title, slug] of Object.entries({ Ledarskap: 'ledarskap', Team: 'team' }))
      await createTopic(database.payload, { name: title, slug })
    editor = await logInAs({ ...database, role: 'editor' })
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    time.now = new Date()
    await clearReaders(database.payload)
    await database.payload.db.deleteMany({ collection: 'imports', where: {} })
  })
  const later = (ms: number) => {
    time.now = new Date(time.now.getTime() + ms)
  }

  const steps = (lines: string[], choices: ImportChoices = {}, file = 'people.csv') => {
    const path = join(folder, 'people.csv')
    writeFileSync(path, lines.join('\n'))
    const ports = { list: subscriberListOf(database.payload), clock, runs: importRunsOf(database.payload) }
    return importSubscribers(ports, { path, choices, from: { file, by: null } })
  }
  const importing = async (lines: string[], choices?: ImportChoices): Promise<string> => {
    for await (const step of steps(lines, choices)) if (step.kind === 'done') return step.run!
    throw new Error('The import did not end.')
  }
  /** The rows that were refused, as the page gives them. */
  const refusedOf = async (lines: string[], file: string, choices?: ImportChoices): Promise<string> => {
    let plan: ImportPlan | null = null
    const rows: RefusedRow[] = []
    for await (const step of steps(lines, choices, file)) {
      if (step.kind === 'plan') plan = step.plan
      if (step.kind !== 'block') continue
      for (const outcome of step.outcomes)
        if (outcome.kind === 'refused')
          rows.push({ line: outcome.line, problem: 'Wrong. Mend it.', values: outcome.values ?? [] })
    }
    const { header, statusOfFile } = plan!
    return refusedCsv({ header, rows, statusOfFile, separator: ';' })
  }
  const undo = async (id: string) => {
    const { status, body } = await editor.rest('POST', `/imports/${id}/undo`, {})
    return {
      status,
      doc: body.doc as Import,
      code: (body.errors as { code: string }[] | undefined)?.[0]?.code,
    }
  }
  const emails = async () => {
    const { docs } = await database.payload.find({
      collection: 'subscribers',
      sort: 'email',
      limit: 0,
      depth: 0,
    })
    return docs.map(({ email }) => email)
  }
  const find = async (email: string) => {
    const where = { email: { equals: email } }
    return (await database.payload.find({ collection: 'subscribers', where, depth: 0 })).docs[0]!
  }
  const countConsents = async () => (await database.payload.count({ collection: 'consents' })).totalDocs

  it('is taken back as a whole, but for who was mailed or is not as they were added', async () => {
    const { payload } = database
    await createSubscriber(payload, { email: 'known@example.com', consentSource: 'form' })
    const known = await countConsents()
    later(5_000)
    const run = await importing([
      `${HEADER},status,suppression`,
      'anna@example.com,Anna,,team,form,active,',
      'bo@example.com,Bo,,,form,active,',
      'cilla@example.com,Cilla,,,form,active,',
      'david@example.com,David,,,form,active,',
      'eva@example.com,Eva,,,form,unsubscribed,',
      'fia@example.com,Fia,,,form,suppressed,bounced',
      'known@example.com,Other,,,form,active,',
    ])
    expect((await editor.rest('GET', `/imports/${run}`)).body).toMatchObject({
      ...{ file: 'people.csv', counts: { imported: 6, known: 1 } },
    })
    later(1_000)
    await editor.rest('PATCH', `/subscribers/${(await find('bo@example.com')).id}`, { name: 'Bosse' })
    await leaveList({ payload, reader: await find('cilla@example.com'), source: 'page', now: time.now })
    await payload.create({
      collection: 'transactional-mails',
      data: {
        ...{ kind: 'fresh-link', email: 'david@example.com', locale: 'sv', status: 'submitted', attempts: 1 },
        ...{
          idempotencyKey: 'x',
          dueAt: time.now.toISOString(),
          subscriber: (await find('david@example.com')).id,
        },
      },
    })
    const { status, doc } = await undo(run)
    expect([status, doc]).toMatchObject([
      200,
      {
        undone: { removed: 3, mailed: 1, changed: 2 },
        undoneByName: 'editor',
        undoneAt: time.now.toISOString(),
      },
    ])
    expect(await emails()).toEqual([
      'bo@example.com',
      'cilla@example.com',
      'david@example.com',
      'known@example.com',
    ])
    // Of those who stay: added, and what they did since.
    expect(await countConsents()).toBe(known + 3 + 2)
    expect((await payload.count({ collection: 'suppressions' })).totalDocs).toBe(0)
    expect((await undo(run)).doc.undone).toEqual(doc.undone)
    // They were not erased: the same file can be imported again.
    await importing([HEADER, 'anna@example.com,Anna,,team,form'])
    expect(await emails()).toContain('anna@example.com')
  })

  it('keeps whoever has got a newsletter since', async () => {
    const run = await importing([HEADER, 'anna@example.com,,,,form', 'bo@example.com,,,,form'])
    await openCampaign(rig)
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted', 'submitted'] })
    const { doc } = await undo(run)
    expect([doc.undone, await emails()]).toEqual([
      { removed: 0, mailed: 2, changed: 0 },
      ['anna@example.com', 'bo@example.com'],
    ])
  })

  it.each(['updateMany', 'deleteMany', 'neither'])(
    'removes nobody who is mailed while it is taken back, before its first %s',
    async (method) => {
      const { payload, env } = database
      const mailed = async () => {
        const campaign = await openCampaign(rig)
        await mailNextBatch(rig, { time: '08:03', fates: ['submitted', 'submitted', 'submitted'] })
        const fates = (await rig.deliveries(campaign)).map(({ email, status }) => `${email} ${status}`)
        return fates.filter((fate) => fate.startsWith('anna') && fate.endsWith('submitted'))
      }
      await rig.addSubscriber({ email: 'cilla@example.com', name: 'Cilla' })
      const run = await importing([HEADER, 'anna@example.com,,,,form'])
      const since = new Date(time.now.getTime() - DAY_MS)
      await importRunsOf(payload).askUndo({ id: run, by: null, since, now: time.now })
      let reached: string[] = []
      const act = async () => {
        reached = await mailed()
      }
      const isHooked = env.database.kind !== 'sqlite' && method !== 'neither'
      const runs = !isHooked
        ? importRunsOf(payload)
        : payloadImportRuns({
            payload,
            people: mongoImportedPeople({
              db: before(mongoOf(payload), { [method]: 'subscribers' }, act),
              hashOf: (email) => email,
            }),
          })
      if (!isHooked) await act()
      await undoImport({ runs, clock }, { id: run })
      const there = await emails()
      expect(there.includes('anna@example.com')).toBe(reached.length > 0)
      const { docs } = await payload.find({ collection: 'subscribers', depth: 0 })
      expect(docs.map(({ status }) => status)).toEqual(docs.map(() => 'active'))
    },
  )

  it('gives back a suppression that it made hold again', async () => {
    const { payload } = database
    const email = 'anna@example.com'
    await suppress({ payload, email, reason: 'complained', detail: 'As it was', now: time.now })
    await liftSuppression({ payload, email, by: null, reason: 'Called', now: time.now })
    const read = async () => {
      const { docs } = await payload.find({ collection: 'suppressions', depth: 0 })
      return docs.map(({ reason, detail, suppressedAt, liftedAt, toTellProvider }) => ({
        ...{ reason, detail, suppressedAt, liftedAt, toTellProvider },
      }))
    }
    await payload.db.updateMany({ collection: 'suppressions', where: {}, data: { toTellProvider: 'lift' } })
    const before = await read()
    later(1_000)
    const run = await importing([`${HEADER},status,suppression`, `${email},,,,form,suppressed,bounced`])
    expect(await read()).toMatchObject([{ reason: 'bounced', liftedAt: null }])
    await undo(run)
    expect([await read(), await emails()]).toEqual([before, []])
  })

  it('keeps nothing of an address that is erased, and leaves it erased', async () => {
    const { payload } = database
    const email = 'anna@example.com'
    await suppress({ payload, email, reason: 'complained', detail: 'As it was', now: time.now })
    await liftSuppression({ payload, email, by: null, reason: 'Called', now: time.now })
    later(1_000)
    const run = await importing([`${HEADER},status,suppression`, `${email},,,,form,suppressed,bounced`])
    await eraseReader({ payload, subscriberId: String((await find(email)).id) })
    await undo(run)
    const { docs } = await payload.find({ collection: 'suppressions', depth: 0 })
    expect(
      docs.map(({ importRef, importWas, reason }) => [reason, importRef ?? null, importWas ?? null]),
    ).toEqual([['erased', null, null]])
    expect(JSON.stringify(docs)).not.toContain(email)
  })

  it('leaves whoever is being erased to the erasure, which needs their address', async () => {
    const { payload } = database
    const run = await importing([HEADER, 'anna@example.com,,,,form', 'bo@example.com,,,,form'])
    const anna = await find('anna@example.com')
    // Cut off right after it was written down.
    const data = { subscriberRef: String(anna.id), askedAt: time.now.toISOString() }
    await payload.create({ collection: 'erasures', data })
    expect((await undo(run)).doc.undone).toEqual({ removed: 1, mailed: 0, changed: 1 })
    await continueErasures(payload)
    const { docs } = await payload.find({ collection: 'suppressions', depth: 0 })
    expect([await emails(), docs.map(({ reason }) => reason)]).toEqual([[], ['erased']])
  })

  it('leaves suppressed whom staff suppressed since, or a mail to whom bounced', async () => {
    const { payload } = database
    const run = await importing([
      `${HEADER},status,suppression`,
      'anna@example.com,,,,form,suppressed,manual',
      'bo@example.com,,,,form,suppressed,bounced',
      'cilla@example.com,,,,form,suppressed,bounced',
    ])
    later(1_000)
    await suppress({ payload, email: 'anna@example.com', reason: 'manual', detail: null, now: time.now })
    const mail = await payload.create({
      collection: 'transactional-mails',
      data: {
        ...{
          kind: 'contact-thanks',
          email: 'bo@example.com',
          locale: 'sv',
          status: 'submitted',
          attempts: 1,
        },
        ...{ idempotencyKey: 'thanks', dueAt: time.now.toISOString() },
      },
    })
    await recordEvent(depsOf(payload), {
      ...{ eventId: `bounce ${run}`, kind: 'bounced', type: 'email.bounced', bounceType: 'permanent' },
      ...{ occurredAt: time.now, emails: ['bo@example.com'], providerId: null },
      ...{ tags: { mail: String(mail.id) }, detail: 'No such user', payload: null },
    })
    await undo(run)
    const { docs } = await payload.find({ collection: 'suppressions', depth: 0, sort: 'email' })
    expect([await emails(), docs.map(({ email, reason }) => [email, reason])]).toEqual([
      [],
      [
        ['anna@example.com', 'manual'],
        ['bo@example.com', 'bounced'],
      ],
    ])
  })

  it('is taken back for a day, and not longer', async () => {
    const run = await importing([HEADER, 'anna@example.com,,,,form'])
    later(DAY_MS)
    expect(await undo(run)).toMatchObject({ status: 409, code: 'undo_too_late' })
    expect(await emails()).toEqual(['anna@example.com'])
    later(-1)
    expect((await undo(run)).doc.undone).toEqual({ removed: 1, mailed: 0, changed: 0 })
  })

  it('that still goes on adds nobody from then on', async () => {
    const { payload } = database
    const rows = Array.from({ length: 250 }, (_, each) => `person${each}@example.com,,,,form`)
    const kinds: string[] = []
    for await (const step of steps([HEADER, ...rows])) {
      kinds.push(step.kind)
      if (step.kind !== 'block' || kinds.length > 2) continue
      const [run] = (await payload.find({ collection: 'imports', depth: 0 })).docs
      expect((await undo(String(run!.id))).doc.undone).toEqual({ removed: 100, mailed: 0, changed: 0 })
    }
    expect([kinds, await emails(), await countConsents()]).toEqual([['plan', 'block'], [], 0])
    // A block that was under way: none of it stays, neither a record for whoever was there before.
    const [run] = (await payload.find({ collection: 'imports', depth: 0 })).docs
    await createSubscriber(payload, { email: 'known@example.com', consentSource: 'form' })
    await payload.db.deleteMany({ collection: 'consents', where: {} })
    await subscriberListOf(payload).addNew(block(String(run!.id), ['late@example.com', 'known@example.com']))
    expect([await emails(), await countConsents()]).toEqual([['known@example.com'], 0])
  })

  it('leaves nothing of a block that is written while it is taken back', async () => {
    const { payload, env } = database
    const run = await importRunsOf(payload).begin({ file: 'people.csv', by: null, now: time.now })
    const people = block(run, ['anna@example.com'], ['bo@example.com'])
    if (env.database.kind === 'sqlite') {
      // It is one transaction: the undo comes before or after.
      await undo(run)
      await subscriberListOf(payload).addNew(people)
    } else {
      const db = before(mongoOf(payload), { insertMany: 'consents' }, () => undo(run))
      await mongoSubscriberList({ db, hashOf: (email) => email }).addNew(people)
    }
    const { totalDocs } = await payload.count({ collection: 'suppressions' })
    expect([await emails(), await countConsents(), totalDocs]).toEqual([[], 0, 0])
  })

  it('is gone over once more after it was taken back, for what came late of a process that was killed', async () => {
    const { payload } = database
    const run = await importRunsOf(payload).begin({ file: 'people.csv', by: null, now: time.now })
    await subscriberListOf(payload).addNew(block(run, ['anna@example.com'], ['bo@example.com']))
    later(1_000)
    const undone = { removed: 0, mailed: 0, changed: 0 }
    const ended = { undoAskedAt: time.now.toISOString(), undoneAt: time.now.toISOString(), undone }
    await payload.db.updateOne({ collection: 'imports', id: run, data: ended })
    later(9 * 60_000)
    await undoLane({ runs: importRunsOf(payload), clock, log: () => undefined }).step()
    const { totalDocs } = await payload.count({ collection: 'suppressions' })
    expect([await emails(), await countConsents(), totalDocs]).toEqual([[], 0, 0])
    later(60_000)
    expect(await importRunsOf(payload).findUndoing(time.now)).toEqual([])
  })

  it('whose undo fails keeps no other waiting', async () => {
    const runs = importRunsOf(database.payload)
    const begun: string[] = []
    for (const email of ['anna@example.com', 'bo@example.com']) {
      begun.push(await importing([HEADER, `${email},,,,form`]))
      const since = new Date(time.now.getTime() - DAY_MS)
      await runs.askUndo({ id: begun.at(-1)!, by: null, since, now: time.now })
      later(1_000)
    }
    const removeNext: ImportRuns['removeNext'] = (run, after) =>
      run.id === begun[0] ? Promise.reject(new Error('no')) : runs.removeNext(run, after)
    const logged: string[] = []
    await undoLane({ runs: { ...runs, removeNext }, clock, log: (event) => void logged.push(event) }).step()
    expect([logged, await emails()]).toEqual([['import.undo_failed'], ['anna@example.com']])
  })

  /** As the import writes it. */
  const block = (run: string, active: string[], bounced: string[] = []) => {
    const nothing = { topicIds: [], unsubscribedAt: null, pausedUntil: null, askedAt: null, name: null }
    const all = { ...nothing, locale: 'sv' as const, consentSource: 'form', consentAt: time.now }
    return {
      subscribers: [
        ...active.map((email) => ({ ...all, email, status: 'active' as const, suppression: null })),
        ...bounced.map((email) => ({
          ...all,
          email,
          status: 'suppressed' as const,
          suppression: 'bounced' as const,
        })),
      ],
      ...{ now: time.now, from: { file: 'people.csv', by: null, run } },
    }
  }

  describe('whose undo is cut off', () => {
    /** Some go, some stay, one has a suppression. */
    const ready = async () => {
      await clearReaders(database.payload)
      time.now = new Date()
      const run = await importing([
        `${HEADER},status,suppression`,
        'anna@example.com,Anna,,team,form,active,',
        'bo@example.com,Bo,,,form,active,',
        'fia@example.com,Fia,,,form,suppressed,bounced',
      ])
      later(1_000)
      await editor.rest('PATCH', `/subscribers/${(await find('bo@example.com')).id}`, { name: 'Bosse' })
      const asked = { id: run, by: null, since: new Date(time.now.getTime() - DAY_MS), now: time.now }
      expect(await importRunsOf(database.payload).askUndo(asked)).toBe(true)
      return run
    }
    const leftOf = async (run: string) => ({
      emails: await emails(),
      consents: await countConsents(),
      suppressions: (await database.payload.count({ collection: 'suppressions' })).totalDocs,
      undone: ((await editor.rest('GET', `/imports/${run}`)).body as unknown as Import).undone,
    })
    const WHOLE = {
      ...{ emails: ['bo@example.com'], consents: 2, suppressions: 0 },
      undone: { removed: 2, mailed: 0, changed: 1 },
    }

    it('before or after any of its writes, is finished by whoever comes next', async () => {
      const { payload } = database
      let writes = 0
      for (let cut = 0; cut === 0 || cut < writes * 2; cut += 1) {
        const run = await ready()
        const counter = { left: Math.floor(cut / 2), isAfter: cut % 2 === 1, seen: 0 }
        await expect(undoImport({ runs: cutRuns(database, counter), clock }, { id: run })).rejects.toThrow(
          'cut',
        )
        const counted = { left: Infinity, isAfter: false, seen: 0 }
        await undoLane({ runs: importRunsOf(payload), clock, log: () => undefined }).step()
        expect({ cut, ...(await leftOf(run)) }).toEqual({ cut, ...WHOLE })
        if (cut > 0) continue
        await undoImport({ runs: cutRuns(database, counted), clock }, { id: await ready() })
        writes = counted.seen
      }
      expect(writes).toBeGreaterThanOrEqual(3)
    })
  })

  it('gives everybody one topic and one consent, where the file has neither, split as somebody says', async () => {
    const run = await importing(['E-post|Namn', 'anna@example.com|Berg; Anna'], {
      ...{ separator: '|', topic: 'team', consentSource: 'mässan 2026' },
      ...{ consentText: 'Jag vill ha brev.', mapping: { email: 'E-post', name: 'Namn' } },
    })
    expect(run).toBeTruthy()
    const { payload } = database
    const { docs } = await payload.find({ collection: 'consents', depth: 2 })
    expect(docs).toMatchObject([
      {
        ...{ kind: 'imported', text: 'Jag vill ha brev.', source: 'import people.csv: mässan 2026' },
        subscriber: { email: 'anna@example.com', name: 'Berg; Anna', topics: [{ slug: 'team' }] },
      },
    ])
  })

  it('takes the rows that were refused, mended in the file that it gave', async () => {
    await importing([
      ',,email,consent_source',
      '3,“anna” is not an e-mail address. Mend it.,anna@example.com,form',
    ])
    await importing([';;E-post;Butik', '3;”bo” är ingen e-postadress;bo@example.com;Lund'], {
      consentSource: 'x',
    })
    expect(await emails()).toEqual(['anna@example.com', 'bo@example.com'])
  })

  it.each([
    { file: 'nonsubscribed_x.csv', status: 'unsubscribed', choices: {} },
    { file: 'cleaned_x.csv', status: 'suppressed', choices: {} },
    {
      ...{ file: 'Avregistrerade.csv', status: 'unsubscribed' },
      choices: { answers: [{ column: '', value: 'Avregistrerade.csv', means: 'left' as const }] },
    },
  ])(
    'of $file gives its refused rows with what everybody in it is, whatever they are called',
    async ({ file, status, choices }) => {
      for (const header of ['Email Address,First Name', 'Email Address,First Name,Status']) {
        await clearReaders(database.payload)
        const row = header.endsWith('Status') ? ',Anna,Active' : ',Anna'
        const text = await refusedOf([header, `anna(at)example.com${row}`], file, choices)
        await importing(text.replace('anna(at)', 'anna@').split('\r\n'), { consentSource: 'the fair' })
        const { status: is } = await find('anna@example.com')
        expect({ header, is }).toEqual({ header, is: status })
        expect(refusedName({ fileName: file, word: 'refused' })).toBe(file.replace('.csv', '-refused.csv'))
      }
    },
  )

  it('gives a refused row that cannot be split as one cell', async () => {
    const text = await refusedOf([HEADER, '"anna@example.com,,,,form'], 'people.csv')
    expect(text.split('\r\n')[1]).toBe('2;Wrong. Mend it.;"""anna@example.com,,,,form"')
  })

  it('keeps the topics and the consent that the file has, and refuses a topic that is not there', async () => {
    const given = { topic: 'team', consentSource: 'elsewhere', consentText: 'Other words.' }
    await importing([HEADER, 'anna@example.com,,,ledarskap,the form'], given)
    const { docs } = await database.payload.find({ collection: 'consents', depth: 2 })
    expect(docs).toMatchObject([
      { source: 'import people.csv: the form', subscriber: { topics: [{ slug: 'ledarskap' }] } },
    ])
    expect(docs[0]?.text ?? null).toBeNull()
    await expect(
      importing(['email', 'bo@example.com'], { topic: 'nothing', consentSource: 'x' }),
    ).rejects.toThrow('a topic that is not there: “nothing”')
    expect((await database.payload.count({ collection: 'imports' })).totalDocs).toBe(1)
  })
})

interface Counter {
  left: number
  isAfter: boolean
  seen: number
}

/** Does a write, and fails before or after it when it is the one to be cut at. */
async function counted<Result>(counter: Counter, write: () => Promise<Result>): Promise<Result> {
  const isCut = counter.seen === counter.left
  counter.seen += 1
  if (isCut && !counter.isAfter) throw new Error('cut')
  const result = await write()
  if (isCut) throw new Error('cut')
  return result
}

/** A database that does something before the first call of one method of one collection. */
function before(db: Db, at: Record<string, string>, act: () => Promise<unknown>): Db {
  const [[method, slug] = []] = Object.entries(at)
  let isDone = false
  const collection = (name: string) =>
    new Proxy(db.collection(name), {
      get: (of, property) => {
        const value = Reflect.get(of, property) as unknown
        if (typeof value !== 'function') return value
        const call = value as (...args: unknown[]) => unknown
        if (name !== slug || property !== method) return call.bind(of)
        return async (...args: unknown[]) => {
          if (!isDone) {
            isDone = true
            await act()
          }
          return call.apply(of, args)
        }
      },
    })
  return { collection } as unknown as Db
}

const WRITES = ['deleteMany', 'deleteOne', 'updateMany', 'updateOne', 'batch'] as const

/** The real adapter, whose process dies at one of its writes. */
function cutRuns({ payload, env }: TestDatabase, counter: Counter): ImportRuns {
  const cutting = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (of, name) => {
        const value = Reflect.get(of, name) as unknown
        if (typeof value !== 'function') return value
        const call = value as (...args: unknown[]) => Promise<unknown>
        return WRITES.some((write) => write === name)
          ? (...args: unknown[]) => counted(counter, () => call.apply(of, args))
          : call.bind(of)
      },
    })
  const people =
    env.database.kind === 'sqlite'
      ? sqliteImportedPeople(cutting<Client>(sqliteOf(payload)))
      : mongoImportedPeople({
          db: {
            collection: (slug: string) => cutting<Collection>(mongoOf(payload).collection(slug)),
          } as unknown as Db,
          hashOf: (email) => email,
        })
  const runs = payloadImportRuns({ payload, people })
  return { ...runs, endUndo: (ended) => counted(counter, () => runs.endUndo(ended)) }
}
