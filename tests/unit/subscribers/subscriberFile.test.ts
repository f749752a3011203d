import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { importSubscribers } from '../../../src/subscribers/importSubscribers.ts'
import type { ImportCounts, LeftOut } from '../../../src/subscribers/importRows.ts'
import type { KnownSubscriber, NewSubscriber } from '../../../src/subscribers/ports.ts'

const HEADER = 'email,name,locale,topics,consent_source'
const NOW = new Date('2026-05-04T08:00:00Z')
const LONG_AGO = new Date('2020-01-01T00:00:00Z')

describe('a subscriber file', () => {
  it('brings one subscriber per row, with the topics in their order and none twice', async () => {
    const { added, counts, leftOut } = await importing([
      HEADER,
      'anna@example.com,Anna Berg,en,ledarskap|team|ledarskap,form at the fair',
      'bo@example.com,,,,paper list',
    ])
    expect(added).toEqual([
      subscriber({
        email: 'anna@example.com',
        name: 'Anna Berg',
        locale: 'en',
        topicIds: ['1', '2'],
        consentSource: 'form at the fair',
      }),
      subscriber({ email: 'bo@example.com', consentSource: 'paper list' }),
    ])
    expect(counts).toEqual({ imported: 2, refused: 0, repeated: 0, known: 0 })
    expect(leftOut).toEqual([])
  })

  it('spells addresses in one way and trims what stands in the cells', async () => {
    const { added } = await importing([HEADER, ' Anna@Example.COM , Anna  Berg ,SV, team ,  form '])
    expect(added).toEqual([
      subscriber({ email: 'anna@example.com', name: 'Anna Berg', topicIds: ['2'], consentSource: 'form' }),
    ])
  })

  it('may have its columns in any order and leave out those that are not required', async () => {
    const { added } = await importing(['Consent_Source,EMAIL', 'form,anna@example.com'])
    expect(added).toEqual([subscriber({ email: 'anna@example.com' })])
  })

  it.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ])(
    'may end its lines with %s, begin with a byte order mark and end without a line break',
    async (_, end) => {
      const { added, leftOut } = await importing(
        `\uFEFF${[HEADER, 'anna@example.com,,,,form', '', ',,,,', 'bo,,,,form'].join(end)}`,
      )
      expect(added).toEqual([subscriber({ email: 'anna@example.com' })])
      expect(leftOut).toEqual([refused(5, '“bo” is not an e-mail address')])
    },
  )

  it('may quote values that hold commas, quotation marks and line breaks', async () => {
    const { added, leftOut } = await importing([
      HEADER,
      '"anna@example.com", "Berg, ""Annie"" Anna" ,sv,,"form at',
      'the fair"',
      'bo,,,,form',
    ])
    expect(added).toEqual([
      subscriber({
        email: 'anna@example.com',
        name: 'Berg, "Annie" Anna',
        consentSource: 'form at the fair',
      }),
    ])
    expect(leftOut).toEqual([refused(4, '“bo” is not an e-mail address')])
  })

  it('has each row that is no subscriber reported by its line with all that is wrong, and the others kept', async () => {
    const { added, leftOut, counts } = await importing([
      HEADER,
      'anna@,Anna,sv,,form',
      'bo@example.com,Bo,de,lederskap|team,',
      ',Cecilia,sv,,form',
      'david@example.com,David,sv,team,form,more',
      'eva@example.com,Eva,sv',
      `${'f'.repeat(250)}@example.com,,,,form`,
      'gun@example.com,Gun,sv,team,form',
    ])
    expect(added.map(({ email }) => email)).toEqual(['gun@example.com'])
    expect(leftOut).toEqual([
      refused(2, '“anna@” is not an e-mail address'),
      refused(3, '“de” is not a locale: sv or en; there is no topic “lederskap”; has no consent source'),
      refused(4, 'has no e-mail address'),
      refused(5, 'has 6 values for 5 columns'),
      refused(6, 'has 3 values for 5 columns'),
      refused(7, `“${'f'.repeat(79)}…” is not an e-mail address`),
    ])
    expect(counts).toEqual({ imported: 1, refused: 6, repeated: 0, known: 0 })
  })

  it('loses no other line to a quotation mark that is not closed or stands inside a value', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `p${index}@example.com,,,,form`)
    const { added, leftOut } = await importing([
      HEADER,
      'anna@example.com,"Anna,sv,,form',
      ...people,
      'bo@example.com,Bo "Bosse" Ek,sv,,form',
      '"cecilia@example.com","Cecilia,sv,,form',
      '"david@example.com","David",sv,,form',
      'eva@example.com,Eva,sv,,"form',
    ])
    expect(added.map(({ email }) => email)).toEqual([
      ...people.map((_, index) => `p${index}@example.com`),
      'david@example.com',
    ])
    expect(leftOut).toEqual([
      refused(2, 'a quotation mark is opened and not closed'),
      refused(33, 'a quotation mark stands inside a value: write it twice, and the value in quotation marks'),
      refused(34, 'a quotation mark is opened and not closed'),
      refused(36, 'a quotation mark is opened and not closed'),
    ])
  })

  it('names all the lines of a row that is no subscriber', async () => {
    const { leftOut } = await importing([HEADER, 'anna@example.com,"Anna', 'Berg",sv'])
    expect(leftOut).toEqual([{ ...refused(2, 'has 3 values for 5 columns'), lastLine: 3 }])
  })

  it('has addresses that stand in it twice reported, however far apart, and counts the first one', async () => {
    const people = Array.from({ length: 2_500 }, (_, index) => `p${index}@example.com,Person ${index},,,form`)
    const { added, leftOut, counts } = await importing([
      HEADER,
      ...people,
      'P0@example.com,Another,,,form',
      'p2499@example.com,Another,,,form',
    ])
    expect(added.map(({ name }) => name)).toEqual(people.map((_, index) => `Person ${index}`))
    expect(leftOut).toEqual([
      {
        line: 2502,
        lastLine: 2502,
        kind: 'repeated',
        reason: 'p0@example.com stands in an earlier line already',
      },
      {
        line: 2503,
        lastLine: 2503,
        kind: 'repeated',
        reason: 'p2499@example.com stands in an earlier line already',
      },
    ])
    expect(counts).toEqual({ imported: 2500, refused: 0, repeated: 2, known: 0 })
  })

  it('leaves those alone who are subscribers already', async () => {
    const { added, leftOut, counts } = await importing(
      [HEADER, 'anna@example.com,Anna,sv,,form', 'bo@example.com,,,,form'],
      { there: ['anna@example.com'] },
    )
    expect(added).toEqual([subscriber({ email: 'bo@example.com' })])
    expect(leftOut).toEqual([
      {
        line: 2,
        lastLine: 2,
        kind: 'known',
        reason: 'anna@example.com was a subscriber already and stays as they are',
      },
    ])
    expect(counts).toEqual({ imported: 1, refused: 0, repeated: 0, known: 1 })
  })

  it('may have no rows at all', async () => {
    const { counts } = await importing([HEADER])
    expect(counts).toEqual({ imported: 0, refused: 0, repeated: 0, known: 0 })
  })
})

const WRONG_HEADER = (problem: string) =>
  `has a wrong header: ${problem}. The first line is to be ${HEADER}; only email and consent_source are required`

const GOOD_START = `${HEADER}\n${'anna@example.com,,,,form\n'.repeat(5000)}`

describe('a file that as a whole is no subscriber file', () => {
  it.each<[string, string | Buffer, string]>([
    ['is empty', '', 'is empty'],
    ['has nothing but white space', '\n \r\n\n', 'is empty'],
    ['lacks a required column', 'name,email\nAnna,a@example.com', WRONG_HEADER('it lacks “consent_source”')],
    [
      'has no header row',
      'anna@example.com,Anna,sv,team,form\n',
      WRONG_HEADER('it has the unknown columns “anna@example.com”, “anna”, “sv”, “team”, “form”'),
    ],
    ['has an unknown column', `${HEADER},phone\n`, WRONG_HEADER('it has the unknown column “phone”')],
    ['has a column twice', `${HEADER},email\n`, WRONG_HEADER('it has “email” more than once')],
    [
      'is parted by semicolons',
      HEADER.replaceAll(',', ';'),
      WRONG_HEADER('its columns are parted by semicolons. Save the file with commas instead'),
    ],
    [
      'is parted by tabs',
      HEADER.replaceAll(',', '\t'),
      WRONG_HEADER('its columns are parted by tabs. Save the file with commas instead'),
    ],
    [
      'has a header with a broken quotation mark',
      `"${HEADER}\n`,
      'has a wrong header: a quotation mark is opened and not closed',
    ],
    [
      'is Latin-1, which shows in its last line alone',
      Buffer.concat([Buffer.from(GOOD_START), Buffer.from('bo@example.com,Bj\xf6rn,,,form', 'latin1')]),
      'is not UTF-8: see line 5002. Save it as “CSV UTF-8” and try again',
    ],
    [
      'is cut within a character',
      Buffer.from(`${HEADER}\nbo@example.com,Björn`).subarray(0, -3),
      'is not UTF-8: see line 2. Save it as “CSV UTF-8” and try again',
    ],
    [
      'is UTF-16',
      Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'),
      'is UTF-16 or not a text at all. Save it as “CSV UTF-8” and try again',
    ],
    [
      'is UTF-16 without a mark',
      Buffer.from(`${HEADER}\n`, 'utf16le'),
      'is UTF-16 or not a text at all. Save it as “CSV UTF-8” and try again',
    ],
    ['has no line breaks', 'x'.repeat(200_000), 'is not a list of subscribers: line 1 is longer than 64 KB'],
  ])('is refused before anything is written when it %s', async (_, content, message) => {
    const added: NewSubscriber[] = []
    await expect(importing(content, { added })).rejects.toMatchObject({
      code: 'subscriber_file_invalid',
      message,
    })
    expect(added).toEqual([])
  })

  it.each([
    ['is not there', join(tmpdir(), 'no such file.csv'), 'is not there'],
    ['is a folder', tmpdir(), 'is a folder, not a file'],
  ])('is refused when it %s', async (_, path, message) => {
    await expect(importPath(path, {})).rejects.toMatchObject({ code: 'subscriber_file_invalid', message })
  })
})

const folder = mkdtempSync(join(tmpdir(), 'utskick-subscriber-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Imported {
  added: NewSubscriber[]
  leftOut: LeftOut[]
  counts: ImportCounts
}

interface Situation {
  /** The addresses of those who are subscribers already. */
  there?: string[]
  added?: NewSubscriber[]
}

function importing(content: string | Buffer | string[], situation: Situation = {}): Promise<Imported> {
  const path = join(folder, 'subscribers.csv')
  writeFileSync(path, Array.isArray(content) ? content.join('\n') : content)
  return importPath(path, situation)
}

async function importPath(path: string, { there = [], added = [] }: Situation): Promise<Imported> {
  const known = new Map<string, KnownSubscriber>(
    there.map((email) => [email, { email, createdAt: LONG_AGO }]),
  )
  const leftOut: LeftOut[] = []
  const counts = await importSubscribers(
    {
      clock: { now: () => NOW },
      list: {
        readTopics: () =>
          Promise.resolve(
            new Map([
              ['ledarskap', '1'],
              ['team', '2'],
            ]),
          ),
        addNew: ({ subscribers, now }) => {
          const taken = subscribers.flatMap(({ email }) => known.get(email) ?? [])
          for (const one of subscribers.filter(({ email }) => !known.has(email))) {
            added.push(one)
            known.set(one.email, { email: one.email, createdAt: now })
          }
          return Promise.resolve(taken)
        },
      },
    },
    { path, onLeftOut: (one) => leftOut.push(one), onProgress: () => undefined },
  )
  return { added, leftOut, counts }
}

const subscriber = (over: Partial<NewSubscriber>): NewSubscriber => ({
  email: 'anna@example.com',
  name: null,
  locale: 'sv',
  topicIds: [],
  consentSource: 'form',
  ...over,
})

const refused = (line: number, reason: string): LeftOut => ({ line, lastLine: line, kind: 'refused', reason })
