import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ValidationError } from 'payload'
import { subscriberListOf } from '../../src/deps.ts'
import { isEmailAddress, normaliseEmail } from '../../src/subscribers/emailAddress.ts'
import { importSubscribers } from '../../src/subscribers/importSubscribers.ts'
import { noCounts, type RowOutcome } from '../../src/subscribers/problems.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'

const MORNING = new Date('2026-05-04T08:00:00.123Z')
const NEXT_DAY = new Date('2026-05-05T08:00:00.123Z')

describe.each(testDatabases())('importing subscribers on $name', ({ open }) => {
  let database: TestDatabase
  let folder: string
  let topics: (number | string)[]

  beforeAll(async () => {
    database = await open()
    folder = mkdtempSync(join(tmpdir(), 'utskick-import-'))
    const made = [
      await createTopic(database.payload, { name: 'Ledarskap', slug: 'ledarskap' }),
      await createTopic(database.payload, { name: 'Team', slug: 'team' }),
    ]
    topics = made.map(({ id }) => id)
  })

  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const importing = async (rows: string[], now = MORNING) => {
    const path = join(folder, 'subscribers.csv')
    writeFileSync(path, ['email,name,locale,topics,consent_source', ...rows].join('\n'))
    const leftOut: RowOutcome[] = []
    let counts = noCounts()
    const steps = importSubscribers(
      { list: subscriberListOf(database.payload), clock: { now: () => now } },
      { path, from: { file: 'subscribers.csv', by: null } },
    )
    for await (const step of steps) {
      if (step.kind === 'plan') continue
      counts = step.counts
      if (step.kind === 'block') leftOut.push(...step.outcomes.filter(({ kind }) => kind !== 'imported'))
    }
    return { counts, leftOut }
  }

  const findByEmail = async (email: string) => {
    const where = { email: { equals: email } }
    const { docs } = await database.payload.find({ collection: 'subscribers', where, depth: 0 })
    return docs[0]
  }

  it.each([
    ['with everything', 'Anna Berg', 'en', ['team', 'ledarskap']],
    ['with no more than must be', '', 'sv', []],
  ])('writes a person %s as Payload itself does', async (_, name, locale, slugs) => {
    const ids = slugs.map((slug) => topics[['ledarskap', 'team'].indexOf(slug)])
    await createSubscriber(database.payload, {
      email: `payload.${locale}@example.com`,
      name: name || undefined,
      locale: locale as 'sv' | 'en',
      ...(ids.length > 0 && { topics: ids as number[] }),
      consentSource: 'form',
    })
    await importing([`imported.${locale}@example.com,${name},${locale},${slugs.join('|')},form`])
    const [byPayload, imported] = await Promise.all([
      readRaw({ database, email: `payload.${locale}@example.com` }),
      readRaw({ database, email: `imported.${locale}@example.com` }),
    ])
    expect(shapeOf(imported)).toEqual(shapeOf(byPayload))
    const [readByPayload, readImported] = await Promise.all([
      findByEmail(`payload.${locale}@example.com`),
      findByEmail(`imported.${locale}@example.com`),
    ])
    expect(shapeOf(readImported)).toEqual(shapeOf(readByPayload))
    expect(readImported).toMatchObject({
      consentAt: MORNING.toISOString(),
      createdAt: MORNING.toISOString(),
      updatedAt: MORNING.toISOString(),
    })
  })

  it('changes nothing of a person who is there, whatever their status', async () => {
    const statuses = ['pending', 'active', 'unsubscribed', 'suppressed'] as const
    for (const status of statuses)
      await createSubscriber(database.payload, { email: `${status}@example.com`, name: 'As before', status })
    const read = () =>
      Promise.all(statuses.map((status) => readRaw({ database, email: `${status}@example.com` })))
    const before = await read()
    const result = await importing([
      ...statuses.map((status) => `${status.toUpperCase()}@example.com,Changed,en,team,import`),
      'new.one@example.com,,,team,import',
    ])
    expect(await read()).toEqual(before)
    expect(result).toEqual({
      counts: { ...noCounts(), imported: 1, known: 4 },
      leftOut: statuses.map((status, index) => ({
        line: index + 2,
        lastLine: index + 2,
        kind: 'known',
        email: `${status}@example.com`,
      })),
    })
  })

  it('can be repeated with the same file, and keeps the topics of the first one of two rows', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => `again${index}@example.com,,,,form`)
    const first = await importing([...rows, 'again0@example.com,,,team,form'])
    expect(first.counts).toEqual({ ...noCounts(), imported: 1500, repeated: 1 })
    expect((await findByEmail('again0@example.com'))?.topics ?? []).toEqual([])
    await database.payload.update({
      collection: 'subscribers',
      where: { email: { equals: 'again1@example.com' } },
      data: { status: 'unsubscribed' },
    })
    const total = await database.payload.count({ collection: 'subscribers' })
    const second = await importing(rows, NEXT_DAY)
    expect(second.counts).toEqual({ ...noCounts(), known: 1500 })
    expect(await database.payload.count({ collection: 'subscribers' })).toEqual(total)
  })

  it.each([
    'anna@example.com',
    'anna.berg+brev@sub.example.co.uk',
    "o'brien@example.com",
    'anna@ex--ample.com',
    'anna',
    'anna@',
    '@example.com',
    'anna@example',
    'anna..berg@example.com',
    '.anna@example.com',
    'anna.@example.com',
    'anna@-example.com',
    'anna@example-.com',
    'anna berg@example.com',
    'anna@example.com, bo@example.com',
    '"anna"@example.com',
    'åsa@example.com',
    'anna@exämple.com',
    'anna@example.c',
    'anna@[192.0.2.1]',
  ])('takes %p for an address when, and only when, Payload does', async (email) => {
    const byPayload = await createSubscriber(database.payload, { email: `${email}` }).then(
      async ({ id }) => {
        await database.payload.delete({ collection: 'subscribers', id })
        return true
      },
      (error: unknown) => {
        if (error instanceof ValidationError) return false
        throw error
      },
    )
    expect(isEmailAddress(normaliseEmail(email))).toBe(byPayload)
  })
})

/** The stored row or document, with the rows that hold its topics. */
async function readRaw({ database, email }: { database: TestDatabase; email: string }): Promise<object> {
  const { payload, env } = database
  if (env.database.kind === 'mongodb') {
    const document = await payload.db.connection.collection('subscribers').findOne({ email })
    return { ...document }
  }
  const client = payload.db.drizzle.$client
  const { rows } = await client.execute({ sql: 'SELECT * FROM subscribers WHERE email = ?', args: [email] })
  const rels = await client.execute({
    sql: 'SELECT * FROM subscribers_rels WHERE parent_id = ? ORDER BY id',
    args: [rows[0]?.id ?? null],
  })
  return { ...rows[0], rels: rels.rows.map((row) => ({ ...row })) }
}

/** Everything but what tells one person or moment from another: there, what sort of value it is. */
const shapeOf = (value: unknown, key = ''): unknown => {
  if (['id', '_id', 'email', 'parent_id', 'link_key', 'linkKey'].includes(key)) return typeof value
  if (value instanceof Date || /(At|_at)$/.test(key)) return value === null ? null : kindOfTime(value)
  if (Array.isArray(value)) return value.map((item) => shapeOf(item))
  if (value && typeof value === 'object' && !('toHexString' in value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, name)]))
  return String(value)
}

const kindOfTime = (value: unknown) =>
  typeof value === 'string' ? value.replace(/\d/g, '0') : Object.prototype.toString.call(value)
