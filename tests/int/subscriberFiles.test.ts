import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { handleEndpoints } from 'payload'
import { subscriberListOf } from '../../src/deps.ts'
import type { ImportLine } from '../../src/endpoints/subscribersFile/importEndpoint.ts'
import type { SubscriberStatus } from '../../src/newsletter/model.ts'
import { exportSubscribers } from '../../src/subscribers/exportSubscribers.ts'
import { importSubscribers, type ImportRequest } from '../../src/subscribers/importSubscribers.ts'
import { noCounts, type RowOutcome } from '../../src/subscribers/problems.ts'
import { findSuppressed } from '../../src/suppressions/findSuppressed.ts'
import { hasWithdrawn } from '../../src/readers/lastDecision.ts'
import { liftSuppression } from '../../src/suppressions/liftSuppression.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs } from '../support/rest.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'

const NOW = new Date('2026-05-04T08:00:00.123Z')
const LATER = new Date('2026-05-05T08:00:00.123Z')
const HEADER = 'email,name,locale,topics,consent_source'

describe.each(testDatabases())('files of subscribers on $name', ({ open, name: databaseName }) => {
  let database: TestDatabase
  let folder: string
  let editor: { token: string; id: string | number }
  let author: { token: string }

  beforeAll(async () => {
    database = await open()
    folder = mkdtempSync(join(tmpdir(), 'utskick-files-'))
    for (const [name, slug] of Object.entries({ Ledarskap: 'ledarskap', Team: 'team' }))
      await createTopic(database.payload, { name, slug })
    editor = await logInAs({ ...database, role: 'editor' })
    author = await logInAs({ ...database, role: 'author' })
  })

  beforeEach(async () => {
    for (const collection of ['consents', 'suppressions', 'subscribers'] as const)
      await database.payload.db.deleteMany({ collection, where: {} })
  })

  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const importing = async (
    lines: string[] | string,
    { now = NOW, ...request }: Partial<ImportRequest> & { now?: Date } = {},
  ) => {
    const path = join(folder, 'people.csv')
    writeFileSync(path, Array.isArray(lines) ? lines.join('\n') : lines)
    const outcomes: RowOutcome[] = []
    let counts = noCounts()
    const steps = importSubscribers(
      { list: subscriberListOf(database.payload), clock: { now: () => now } },
      { path, from: { file: 'people.csv', by: null }, ...request },
    )
    for await (const step of steps) {
      if (step.kind === 'block') outcomes.push(...step.outcomes)
      if (step.kind !== 'plan') counts = step.counts
    }
    return {
      outcomes: outcomes.map((outcome) => [outcome.kind, 'email' in outcome && outcome.email]),
      counts,
    }
  }

  const exporting = async (status: 'active' | 'all' = 'all') => {
    let text = ''
    for await (const part of exportSubscribers({ list: subscriberListOf(database.payload), status }))
      text += part
    return text
  }

  const people = async () => {
    const { docs } = await database.payload.find({
      collection: 'subscribers',
      sort: 'email',
      depth: 0,
      limit: 1000,
    })
    return docs
  }

  const consents = async () => {
    const { docs } = await database.payload.find({
      collection: 'consents',
      sort: 'id',
      depth: 1,
      limit: 1000,
    })
    return docs.map(({ subscriber, kind, at, text, locale, source, by, byName, agreedAt }) => ({
      of: subscriber && typeof subscriber === 'object' ? subscriber.email : subscriber,
      kind,
      at,
      text: text ?? null,
      locale,
      source,
      by: by && typeof by === 'object' ? by.id : (by ?? null),
      byName: byName ?? null,
      agreedAt: agreedAt ?? null,
    }))
  }

  const imported = (of: string, over: object = {}) => ({
    of,
    kind: 'imported',
    at: NOW.toISOString(),
    text: null,
    locale: 'sv',
    source: 'import people.csv: form',
    by: null,
    byName: null,
    agreedAt: null,
    ...over,
  })

  it('records of each person which file brought them, and their consent source', async () => {
    await importing([HEADER, 'anna@example.com,,en,,the fair', 'bo@example.com,,,,form'], {
      from: { file: 'people.csv', by: { id: String(editor.id), name: 'Edda Ek' } },
    })
    const by = { by: editor.id, byName: 'Edda Ek' }
    expect(await consents()).toEqual([
      imported('anna@example.com', { locale: 'en', source: 'import people.csv: the fair', ...by }),
      imported('bo@example.com', by),
    ])
  })

  it('records when the file says that somebody agreed', async () => {
    await importing([
      'email,consent_source,consent_at',
      'anna@example.com,form,2024-05-04T08:00:00Z',
      'bo@example.com,form,',
    ])
    expect(await consents()).toEqual([
      imported('anna@example.com', { agreedAt: '2024-05-04T08:00:00.000Z' }),
      imported('bo@example.com'),
    ])
  })

  it('records that somebody left who had left, so that no lifted suppression brings them back', async () => {
    const { payload } = database
    const file = [
      'email,consent_source,status,unsubscribed_at',
      'anna@example.com,form,unsubscribed,',
      'bo@example.com,form,suppressed,2024-05-04T08:00:00Z',
      'cilla@example.com,form,active,',
    ]
    const rows = [
      imported('anna@example.com'),
      imported('anna@example.com', { kind: 'withdrawn' }),
      imported('bo@example.com'),
      imported('bo@example.com', { kind: 'withdrawn' }),
      imported('cilla@example.com'),
    ]
    await importing(file)
    expect(await consents()).toEqual(rows)
    const ids = (await people()).map(({ id }) => String(id))
    const left = await Promise.all(ids.map((subscriberId) => hasWithdrawn({ payload, subscriberId })))
    expect(left).toEqual([true, true, false])
    await importing(file, { now: LATER })
    expect(await consents()).toEqual(rows)
  })

  it('gives whoever an import has left without a record theirs when the file is imported again, and nobody twice', async () => {
    const file = [HEADER, 'anna@example.com,,,,form', 'bo@example.com,,,,form', 'cilla@example.com,,,,form']
    await importing(file)
    const [, bo] = await people()
    await database.payload.db.deleteMany({
      collection: 'consents',
      where: { subscriber: { equals: bo?.id } },
    })
    const again = await importing(file, { now: LATER })
    expect(again.counts).toEqual({ ...noCounts(), known: 3 })
    expect((await consents()).sort((a, b) => String(a.of).localeCompare(String(b.of)))).toEqual(
      ['anna', 'bo', 'cilla'].map((who) => imported(`${who}@example.com`)),
    )
  })

  it('records nothing of a person who was there by themselves', async () => {
    await createSubscriber(database.payload, { email: 'anna@example.com', consentSource: 'a form of ours' })
    await importing([HEADER, 'anna@example.com,,,,form'])
    expect(await consents()).toEqual([])
  })

  it('goes on where an import was cut off', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => `p${index}@example.com,,,team,form`)
    const path = join(folder, 'cut.csv')
    writeFileSync(path, [HEADER, ...rows].join('\n'))
    const steps = importSubscribers(
      { list: subscriberListOf(database.payload), clock: { now: () => NOW } },
      { path, from: { file: 'people.csv', by: null } },
    )
    for await (const step of steps) if (step.kind === 'block') break
    const before = (await people()).length
    const { counts } = await importing([HEADER, ...rows], { now: LATER })
    expect({ before, counts }).toEqual({
      before: 100,
      counts: { ...noCounts(), imported: 800, known: 100 },
    })
    expect(new Set((await consents()).map(({ of }) => of)).size).toBe(900)
    expect(await database.payload.count({ collection: 'consents' })).toEqual({ totalDocs: 900 })
  })

  it('brings nobody back who is suppressed or was erased, until that is lifted', async () => {
    const { payload } = database
    const block = (email: string, reason: 'complained' | 'erased') =>
      suppress({ payload, email, reason, detail: null, now: NOW })
    await block('anna@example.com', 'complained')
    await block('bo@example.com', 'erased')
    await block('cilla@example.com', 'erased')
    await liftSuppression({ payload, email: 'cilla@example.com', by: null, reason: 'Confirmed', now: NOW })
    const file = [
      `${HEADER},status`,
      'Anna@Example.com,,,,form,active',
      'bo@example.com,,,,form,unsubscribed',
      'cilla@example.com,,,,form,active',
    ]
    const outcomes = [
      ['suppressed', 'anna@example.com'],
      ['erased', 'bo@example.com'],
      ['imported', 'cilla@example.com'],
    ]
    expect((await importing(file, { isDryRun: true })).outcomes).toEqual(outcomes)
    expect((await importing(file)).outcomes).toEqual(outcomes)
    expect((await people()).map(({ email }) => email)).toEqual(['cilla@example.com'])
    expect((await consents()).map(({ of }) => of)).toEqual(['cilla@example.com'])
  })

  it('suppresses whom the file says is suppressed, and lets nothing be undone for who is there', async () => {
    const { payload } = database
    await createSubscriber(payload, { email: 'known@example.com', consentSource: 'form' })
    await suppress({ payload, email: 'lifted@example.com', reason: 'bounced', detail: 'x', now: NOW })
    await liftSuppression({ payload, email: 'lifted@example.com', by: null, reason: 'ok', now: NOW })
    const file = [
      'email,consent_source,status,suppression',
      'anna@example.com,,suppressed,complained',
      'known@example.com,form,suppressed,bounced',
      'lifted@example.com,,suppressed,bounced',
    ]
    const emails = ['anna@example.com', 'known@example.com', 'lifted@example.com']
    const read = async () => ({
      suppressed: Object.fromEntries(await findSuppressed({ payload, emails })),
      people: (await people()).map(({ email, status }) => [email, status]),
    })
    await importing(file)
    const state = {
      suppressed: { 'anna@example.com': 'complained', 'lifted@example.com': 'bounced' },
      people: [
        ['anna@example.com', 'suppressed'],
        ['known@example.com', 'active'],
        ['lifted@example.com', 'suppressed'],
      ],
    }
    expect(await read()).toEqual(state)
    // As after a crash between the subscriber and the suppression.
    await payload.db.deleteMany({ collection: 'suppressions', where: {} })
    await importing(file, { now: LATER })
    expect(await read()).toEqual(state)
  })

  it('changes nothing in a dry run', async () => {
    await importing([HEADER, 'anna@example.com,Anna,,team,form'])
    const read = async () => ({ file: await exporting(), consents: await consents() })
    const before = await read()
    await database.payload.db.deleteMany({ collection: 'consents', where: {} })
    const dry = await importing(
      [`${HEADER},status`, 'anna@example.com,Other,,,form,active', 'bo@example.com,,,,,suppressed'],
      { isDryRun: true, now: LATER },
    )
    expect(dry.outcomes).toEqual([
      ['known', 'anna@example.com'],
      ['imported', 'bo@example.com'],
    ])
    expect(await read()).toEqual({ file: before.file, consents: [] })
    expect(await database.payload.count({ collection: 'suppressions' })).toEqual({ totalDocs: 0 })
  })

  const AWKWARD = [
    '',
    'Åsa Öberg',
    'Berg, Anna',
    'Anna "Annie" Berg',
    '=HYPERLINK("http://example.com","x")',
    '+46 8 123',
    '-1',
    '@anna',
    "'Anna",
    "'=1+1",
    "''=1+1",
    "'t Hooft",
    '＝1',
    "x;=cmd|'/c calc'!A0;y",
    "x;'=1;''-1; +1;'x",
    'x;"=1',
    'x;=1\t=2',
    "O'Brien",
    '|pipe|',
    '名前',
    '  spaces   inside ',
    'two\nlines',
    '\t=tab',
    '"',
    "'",
    ',',
  ]

  it('exports what, imported into an empty site, exports as the same bytes', async () => {
    const { payload } = database
    const { docs: topics } = await payload.find({ collection: 'topics', sort: '-slug', depth: 0 })
    const statuses: SubscriberStatus[] = ['active', 'unsubscribed', 'pending', 'suppressed']
    const reasons = ['bounced', 'complained', 'provider', 'manual'] as const
    for (const [index, name] of AWKWARD.entries()) {
      const email = `${['=', '+', '-', "'", 'a'][index % 5]}${index}@example.com`
      const status = statuses[index % 4] ?? 'active'
      await createSubscriber(payload, {
        email,
        name,
        status,
        locale: index % 3 === 0 ? 'en' : 'sv',
        topics: topics.slice(0, index % 3).map(({ id }) => id),
        consentSource: status === 'active' || index % 2 === 0 ? `${name}${index}` : undefined,
        consentAt: index % 4 === 1 ? undefined : new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
        pausedUntil: index % 5 === 0 ? LATER.toISOString() : undefined,
        askedAt: status === 'pending' ? NOW.toISOString() : undefined,
      })
      const reason = reasons[Math.floor(index / 4) % 4] ?? 'manual'
      if (status === 'suppressed') await suppress({ payload, email, reason, detail: null, now: NOW })
    }
    const first = await exporting()
    const active = await exporting('active')
    for (const collection of ['consents', 'suppressions', 'subscribers'] as const)
      await payload.db.deleteMany({ collection, where: {} })
    const { counts } = await importing(first, { now: LATER })
    expect(counts).toEqual({ ...noCounts(), imported: AWKWARD.length })
    expect(await exporting()).toBe(first)
    expect(await exporting('active')).toBe(active)
    expect(first.split('\r\n').length).toBe(AWKWARD.length + 2)
    expect(first.replace(/"(?:[^"]|"")*"/g, 'quoted')).not.toMatch(/(^|,)[=+\-@＝]/m)
  })

  describe('in the admin', () => {
    const ask = async (
      method: string,
      path: string,
      { token, body, headers = {} }: { token?: string; body?: string; headers?: Record<string, string> } = {},
    ) => {
      const answer = await handleEndpoints({
        config: database.payload.config,
        payloadInstanceCacheKey: database.key,
        request: new Request(`${database.payload.config.serverURL}/api/subscribers${path}`, {
          method,
          headers: {
            ...(token && { Authorization: `JWT ${token}` }),
            ...(body !== undefined && { 'Content-Type': 'text/csv' }),
            ...headers,
          },
          ...(body !== undefined && { body }),
        }),
      })
      return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') }
    }

    const file = [HEADER, 'anna@example.com,Anna,,team,form', 'bad,,,,form'].join('\n')
    const leftFiles = () => {
      const directory = join(database.env.dataDir, 'imports')
      return existsSync(directory) ? readdirSync(directory) : []
    }
    const linesOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as ImportLine)

    it('answers a dry run line by line, and then the import', async () => {
      const plan = { type: 'plan', format: 'utskick', ignored: [], statusOfFile: null, lines: 3 }
      const counts = { ...noCounts(), imported: 1, refused: 1 }
      const expected = [
        plan,
        {
          type: 'progress',
          line: 3,
          counts,
          rows: [
            [2, 2, 'imported', 'anna@example.com', 'new, active'],
            [
              ...[3, 3, 'refused', 'bad', '“bad” is not an e-mail address'],
              {
                values: ['bad', '', '', '', 'form'],
                remedy: 'Mend the address, such as anna@example.com.',
              },
            ],
          ],
        },
        { type: 'done', counts, unknownTags: [], run: null },
      ]
      const path = '/import?fileName=m%C3%A4ssan.csv'
      const dry = await ask('POST', `${path}&dryRun=1`, { token: editor.token, body: file })
      expect({ ...dry, text: linesOf(dry.text) }).toEqual({
        status: 200,
        type: 'application/x-ndjson; charset=utf-8',
        text: expected,
      })
      expect(await people()).toEqual([])
      const real = await ask('POST', path, { token: editor.token, body: file })
      expect(linesOf(real.text)).toEqual([
        ...expected.slice(0, 2),
        { ...expected[2], run: expect.any(String) },
      ])
      const [consent] = await consents()
      expect(consent).toEqual(
        imported('anna@example.com', {
          at: consent?.at,
          source: 'import mässan.csv: form',
          by: editor.id,
          byName: 'editor',
        }),
      )
      expect(leftFiles()).toEqual([])
    })

    it('takes a mapping and a consent source from the address', async () => {
      const query = new URLSearchParams({
        format: 'other',
        'map[email]': 'E-post',
        'map[name]': 'Namn',
        consentSource: 'fair 2026',
      })
      await ask('POST', `/import?${query}`, {
        token: editor.token,
        body: 'E-post,Namn,Butik\nanna@example.com,Anna,Lund',
      })
      expect((await people()).map(({ email, name, consentSource }) => [email, name, consentSource])).toEqual([
        ['anna@example.com', 'Anna', 'fair 2026'],
      ])
    })

    it('tells the columns of a file and what they seem to be', async () => {
      const answer = await ask('POST', '/import/columns', {
        token: editor.token,
        body: 'E-post,Förnamn,Efternamn,Butik\nanna@example.com,Anna,Berg,Lund',
      })
      expect(JSON.parse(answer.text)).toEqual({
        ...{ format: 'other', separator: 'comma', encoding: 'UTF-8' },
        columns: ['E-post', 'Förnamn', 'Efternamn', 'Butik'],
        mapping: { email: 'E-post', first_name: 'Förnamn', last_name: 'Efternamn' },
        statusOfFile: null,
      })
      expect(leftFiles()).toEqual([])
    })

    it.each<[string, string, string, number, RegExp]>([
      ['a file that is none', '/import', 'phone\n1', 422, /unknown column “phone”/],
      ['an empty file', '/import', '', 400, /empty|body/],
      ['a parameter that is wrong', '/import?format=excel', file, 400, /format/],
      ['a field that is none', '/import?map[phone]=x', file, 400, /map/],
      ['a beginning without header', '/import/columns', '\n', 422, /is empty/],
      ['too long a beginning', '/import/columns', 'x'.repeat(300_000), 413, /longer than 0.25 MB/],
    ])('refuses %s and keeps nothing', async (_, path, body, status, message) => {
      const answer = await ask('POST', path, { token: editor.token, body })
      expect({ status: answer.status, text: answer.text }).toEqual({
        status,
        text: expect.stringMatching(message),
      })
      expect(await people()).toEqual([])
      expect(leftFiles()).toEqual([])
    })

    it('exports the same as the command', async () => {
      await importing([HEADER, 'anna@example.com,=1+1,en,team,form', 'bo@example.com,,,,form'])
      const answer = await ask('GET', '/export?status=active', { token: editor.token })
      const body = new TextEncoder().encode(await exporting('active'))
      expect(answer).toEqual({
        status: 200,
        type: 'text/csv; charset=utf-8',
        text: new TextDecoder().decode(body),
      })
      expect((await ask('GET', '/export?status=pending', { token: editor.token })).status).toBe(400)
    })

    it('exports columns that a Swedish Excel opens for whoever reads Swedish, and the import takes them back', async () => {
      await importing([HEADER, 'anna@example.com,"Berg; Anna, Åsa",en,team,form'])
      const before = await exporting()
      const asked = async (path: string, language: string) =>
        (await ask('GET', path, { token: editor.token, headers: { 'Accept-Language': language } })).text
      const swedish = await asked('/export', 'sv-SE,sv;q=0.9')
      expect(swedish.split('\r\n')).toEqual([
        'email;name;locale;topics;consent_source;status;consent_at;unsubscribed_at;paused_until;asked_at;suppression',
        `anna@example.com;"Berg; Anna, Åsa";en;team;form;active;${NOW.toISOString()};;;;`,
        '',
      ])
      expect(await asked('/export?separator=semicolon', 'en')).toBe(swedish)
      expect(await asked('/export?separator=comma', 'sv')).toBe(before.replace('\uFEFF', ''))
      expect((await ask('GET', '/export?separator=tab', { token: editor.token })).status).toBe(400)
      for (const collection of ['consents', 'subscribers'] as const)
        await database.payload.db.deleteMany({ collection, where: {} })
      await importing(swedish)
      expect(await exporting()).toBe(before)
    })

    it('asks what a status means that it does not understand, and takes the answer', async () => {
      const body = 'email,consent_source,Status\nanna@example.com,form,Zombie'
      const asked = await ask('POST', '/import', {
        token: editor.token,
        body,
        headers: { 'Accept-Language': 'sv' },
      })
      expect({ status: asked.status, ...JSON.parse(asked.text) }).toEqual({
        status: 422,
        errors: [
          {
            message: expect.stringMatching(/^Filen .*”Zombie” i kolumnen ”Status” \(rad 2\)/),
            data: { code: 'status_unclear', questions: [{ column: 'Status', value: 'Zombie', line: 2 }] },
          },
        ],
      })
      expect(await people()).toEqual([])
      const answers = JSON.stringify([{ column: 'Status', value: 'Zombie', means: 'left' }])
      await ask('POST', `/import?${new URLSearchParams({ answers })}`, { token: editor.token, body })
      expect((await people()).map(({ status }) => status)).toEqual(['unsubscribed'])
      const wrong = await ask('POST', '/import?answers=x', { token: editor.token, body })
      expect(wrong.status).toBe(400)
    })

    it('says in the language of whoever asks what is wrong with a file', async () => {
      const answer = await ask('POST', '/import/columns', {
        token: editor.token,
        body: 'PK\u0003\u0004\u0014',
        headers: { 'Accept-Language': 'sv' },
      })
      expect(answer.status).toBe(422)
      expect(JSON.parse(answer.text)).toMatchObject({
        errors: [{ message: expect.stringMatching(/^Filen är en arbetsbok .*Spara som/) }],
      })
    })

    it('is for editors and admins alone, and not for another site with their cookie', async () => {
      const cookie = { Cookie: `payload-token=${editor.token}` }
      const foreign = { ...cookie, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
      const statusOf = async (method: string, path: string, options: Parameters<typeof ask>[2]) =>
        (await ask(method, path, { ...options, ...(method === 'POST' && { body: file }) })).status
      const who = { nobody: {}, author: { token: author.token }, foreign: { headers: foreign } }
      const answers = await Promise.all(
        [
          ['POST', '/import'],
          ['POST', '/import?dryRun=1'],
          ['POST', '/import/columns'],
          ['GET', '/export'],
        ].map(async ([method = '', path = '']) =>
          Promise.all(Object.values(who).map((options) => statusOf(method, path, options))),
        ),
      )
      expect(answers).toEqual(Array.from({ length: 4 }, () => [401, 403, 401]))
      expect(await people()).toEqual([])
      expect(leftFiles()).toEqual([])
    })
  })

  it('shows the rows of consents and suppressions as Payload itself writes them', async () => {
    const { payload } = database
    await importing(['email,consent_source,status', 'anna@example.com,form,suppressed'])
    const [anna] = await people()
    await payload.create({
      collection: 'consents',
      data: {
        subscriber: anna!.id,
        kind: 'imported',
        at: NOW.toISOString(),
        text: null,
        locale: 'sv',
        source: 'import people.csv: form',
      },
    })
    const { docs } = await payload.find({ collection: 'consents', sort: 'id', depth: 0 })
    const [byImport, byPayload] = docs.map((doc) => ({ ...doc, id: null, key: null }))
    expect({ databaseName, ...byImport }).toEqual({ databaseName, ...byPayload })
  })
})
