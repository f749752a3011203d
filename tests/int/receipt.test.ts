import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { handleEndpoints } from 'payload'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import type { Recipient } from '../../src/collections/Campaigns/endpoints/receipt/recipient.ts'
import type { ReceiptTotals } from '../../src/collections/Campaigns/endpoints/receipt/receiptJson.ts'
import { depsOf, subscriberListOf } from '../../src/deps.ts'
import type { Store } from '../../src/newsletter/ports.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'

type Id = string | number
interface Receipt {
  campaign: Record<string, unknown>
  recipients: Recipient[]
  totals: ReceiptTotals
}

/** Some pages of the receipt, and no whole number of them. */
const READERS = 2_250
const NAMES: Record<number, string> = {
  0: '=HYPERLINK("http://x.example";"Åsa")',
  1: 'Östen, "Ö" Öberg',
  2: '@x',
}
const readerEmail = (index: number) => `reader-${String(index).padStart(4, '0')}@example.com`

describe.each(oneDatabase())('on $name, the receipt of a campaign', ({ open }) => {
  let database: TestDatabase
  let tokens: Record<'editor' | 'author', string>
  let mailer: MemoryMailer
  let id: Id

  beforeAll(async () => {
    database = await open()
    const { payload } = database
    tokens = {
      editor: (await logInAs({ ...database, role: 'editor' })).token,
      author: (await logInAs({ ...database, role: 'author' })).token,
    }
    mailer = memoryMailer({ repeatableMs: 0 })
    Object.assign(depsOf(payload), { mailer, pace: freePace })
    await payload.updateGlobal({
      slug: 'site',
      data: { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' },
    })
    await addReaders()
    id = await publish()
  })
  afterAll(() => database.close())

  const addReaders = async () => {
    const subscribers = Array.from({ length: READERS }, (_, index) => ({
      email: readerEmail(index),
      name: NAMES[index] ?? null,
      locale: 'sv' as const,
      topicIds: [],
      status: 'active' as const,
      consentSource: 'the tests',
      consentAt: null,
      unsubscribedAt: null,
      pausedUntil: null,
      askedAt: null,
      suppression: null,
    }))
    for (let start = 0; start < READERS; start += 500)
      await subscriberListOf(database.payload).addNew({
        subscribers: subscribers.slice(start, start + 500),
        now: new Date('2026-01-01'),
        from: { file: 'readers.csv', by: null },
      })
  }

  const publish = async (): Promise<Id> => {
    const article = await database.payload.create({
      collection: 'articles',
      locale: 'sv',
      depth: 0,
      data: {
        title: 'Vad hände?',
        slug: `r-${Math.random()}`,
        content: paragraph('Text.'),
        _status: 'published',
        newsletter: { send: true },
      },
    })
    const { docs } = await database.payload.find({
      collection: 'campaigns',
      where: { article: { equals: article.id } },
      depth: 0,
    })
    return docs[0]!.id
  }

  const ask = ({
    query = '',
    accept,
    token = tokens.editor,
    campaign = id,
  }: { query?: string; accept?: string; token?: string; campaign?: Id } = {}): Promise<Response> =>
    handleEndpoints({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`http://site.example/api/campaigns/${campaign}/receipt${query}`, {
        headers: { ...(token && { Authorization: `JWT ${token}` }), ...(accept && { Accept: accept }) },
      }),
    })
  const readJson = async () => (await (await ask()).json()) as Receipt
  const readCsv = async (answer: Response): Promise<Recipient[]> =>
    parse(Buffer.from(await answer.arrayBuffer()), { bom: true, columns: true })

  const totalsOf = (recipients: Pick<Recipient, 'status'>[]): ReceiptTotals => {
    const count = (status: string) => recipients.filter((recipient) => recipient.status === status).length
    return {
      recipients: recipients.length,
      submitted: count('submitted'),
      rejected: count('rejected'),
      excluded: count('excluded'),
      uncertain: count('uncertain'),
      pending: count('pending'),
    }
  }
  const sumOf = ({ submitted, rejected, excluded, uncertain, pending }: ReceiptTotals) =>
    submitted + rejected + excluded + uncertain + pending

  /** The store's readReceipt, watched, for as long as `during` lasts. */
  const withReadReceipt = async <Result>(
    read: (
      query: Parameters<Store['readReceipt']>[0],
      real: Store['readReceipt'],
    ) => ReturnType<Store['readReceipt']>,
    during: () => Promise<Result>,
  ): Promise<Result> => {
    const { store } = depsOf(database.payload)
    const real = store.readReceipt
    store.readReceipt = (query) => read(query, real)
    try {
      return await during()
    } finally {
      store.readReceipt = real
    }
  }

  it('is empty before there are recipients', async () => {
    const { campaign, recipients, totals } = await readJson()
    expect([campaign.status, recipients, totals]).toEqual(['scheduled', [], totalsOf([])])
  })

  it('adds up while the campaign moves, and has everybody once', async () => {
    const flow = depsOf(database.payload)
    await prepareNextCampaign(flow)
    mailer.answerNext({
      kind: 'answered',
      results: Array.from({ length: 100 }, (_, index) =>
        index < 2
          ? { kind: 'rejected', code: 'validation_error', detail: 'Invalid `to` field.' }
          : { kind: 'accepted', providerId: `re-${index}` },
      ),
    })
    await sendNextBatch(flow)

    // Between two pages of the receipt, which are five batches long, five batches are settled: one of them of the next page.
    const answer = await withReadReceipt(
      async (query, real) => {
        for (let batch = 0; query.after !== null && batch < 5; batch++) await sendNextBatch(flow)
        return real(query)
      },
      async () => (await ask()).json(),
    )
    const { campaign, recipients, totals } = answer as Receipt
    expect(campaign).toEqual({
      id,
      subject: 'Vad hände?',
      status: 'submitting',
      article: expect.anything(),
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: null,
      moves: [
        expect.objectContaining({ to: 'scheduled', control: 'publish' }),
        expect.objectContaining({ to: 'preparing', control: null }),
        expect.objectContaining({
          to: 'submitting',
          counts: expect.objectContaining({ recipients: READERS }),
        }),
      ],
    })
    expect(recipients.map(({ email }) => email).sort()).toEqual(
      Array.from({ length: READERS }, (_, index) => readerEmail(index)),
    )
    expect(totals).toEqual(totalsOf(recipients))
    expect(sumOf(totals)).toBe(READERS)
    // Of each page one batch was settled when it was read.
    expect(totals).toEqual({
      recipients: READERS,
      submitted: 98 + 4 * 100,
      rejected: 2,
      excluded: 0,
      uncertain: 0,
      pending: READERS - 500,
    })
  })

  it('tells in JSON and in CSV what became of each, when, why and under which id', async () => {
    mailer.answerNext({ kind: 'lost' })
    await drain(database.payload)
    const { recipients, totals } = await readJson()
    const csv = await readCsv(await ask({ query: '?format=csv' }))
    expect(totals).toEqual({ ...totalsOf(recipients), recipients: READERS, rejected: 2, uncertain: 100 })
    expect(csv).toEqual(recipients.map(asCsv))
    expect(recipients.find(({ status }) => status === 'rejected')).toEqual({
      email: readerEmail(0),
      name: NAMES[0],
      locale: 'sv',
      status: 'rejected',
      reason: 'validation_error',
      detail: 'Invalid `to` field.',
      providerId: null,
      settledAt: expect.stringMatching(/^\d{4}-.*Z$/),
      batch: expect.any(Number),
      ...{ deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null, failedAt: null },
    })
    expect(csv.slice(0, 3).map(({ name }) => name)).toEqual([`'${NAMES[0]}`, NAMES[1], `'${NAMES[2]}`])
  })

  it('is a file that nobody keeps on the way, as whoever asks wants it', async () => {
    const answers = await Promise.all([
      ask(),
      ask({ query: '?format=csv' }),
      ask({ accept: 'text/csv' }),
      ask({ query: '?format=json', accept: 'text/csv' }),
    ])
    for (const answer of answers) await answer.body?.cancel()
    const facts = ['Content-Type', 'Content-Disposition', 'Cache-Control']
    const name = `receipt-${id}-vad-hande`
    const json = ['application/json; charset=utf-8', `attachment; filename="${name}.json"`, 'no-store']
    const csv = ['text/csv; charset=utf-8', `attachment; filename="${name}.csv"`, 'no-store']
    expect(answers.map(({ headers }) => facts.map((fact) => headers.get(fact)))).toEqual([
      json,
      csv,
      csv,
      json,
    ])
  })

  it('is read no further once the client has gone', async () => {
    let pages = 0
    await withReadReceipt(
      (query, real) => {
        pages++
        return real({ ...query, limit: 10 })
      },
      async () => {
        const reader = (await ask()).body!.getReader()
        await reader.read()
        await reader.cancel()
      },
    )
    expect(pages).toBeLessThanOrEqual(3)
  })

  it('breaks off when the database fails in the middle', async () => {
    const failing = async (query: Parameters<Store['readReceipt']>[0], real: Store['readReceipt']) => {
      if (query.after !== null) throw new Error('The database is gone.')
      return real(query)
    }
    await withReadReceipt(failing, async () => {
      for (const query of ['', '?format=csv']) {
        const answer = await ask({ query })
        expect(answer.status).toBe(200)
        await expect(answer.text()).rejects.toThrow('The database is gone.')
      }
    })
  })

  it('is for editors and admins', async () => {
    const other = typeof id === 'number' ? 999_999 : '0'.repeat(24)
    const answers = await Promise.all([
      ask({ token: '' }),
      ask({ token: tokens.author }),
      ask({ token: '', query: '?format=csv' }),
      ask({ token: tokens.author, accept: 'text/csv' }),
      ask({ campaign: other }),
      ask({ campaign: 'no-id' }),
      ask({ query: '?format=xml' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 401, 403, 404, 404, 400])
  })
})

/** As CSV has it: texts, nothing for null, and no formula. */
const asCsv = (recipient: Recipient) =>
  Object.fromEntries(
    Object.entries(recipient).map(([column, value]) => [
      column,
      value === null ? '' : String(value).replace(/^[=@]/, (sign) => `'${sign}`),
    ]),
  )
