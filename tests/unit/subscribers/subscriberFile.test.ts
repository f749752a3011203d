import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { ImportChoices } from '../../../src/subscribers/planImport.ts'
import type { NewSubscriber } from '../../../src/subscribers/ports.ts'
import { noCounts } from '../../../src/subscribers/problems.ts'
import { isLong } from '../../support/longRun.ts'
import { HEADER, importing, importPath, NOW, refused, subscriber, type Situation } from './importing.ts'

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
    expect(counts).toEqual({ ...noCounts(), imported: 2 })
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
    expect(counts).toEqual({ ...noCounts(), imported: 1, refused: 6 })
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
    expect(counts).toEqual({ ...noCounts(), imported: 2500, repeated: 2 })
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
    expect(counts).toEqual({ ...noCounts(), imported: 1, known: 1 })
  })

  it('may have no rows at all', async () => {
    const { counts } = await importing([HEADER])
    expect(counts).toEqual(noCounts())
  })
})

const WRONG_HEADER = (problem: string) =>
  `has a wrong header: ${problem}. The first line is to be ${HEADER}; only email and consent_source are required`

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
      'has a header with a broken quotation mark',
      `"${HEADER}\n`,
      'has a wrong header: a quotation mark is opened and not closed',
    ],
    [
      'is UTF-8 but for one line',
      Buffer.concat([
        Buffer.from(`${HEADER}\n${'asa@example.com,Åsa,,,form\n'.repeat(5000)}`),
        Buffer.from('bo@example.com,Bj\xf6rn,,,form', 'latin1'),
      ]),
      'is UTF-8 with broken characters: see line 5002. Save it as “CSV UTF-8” and try again',
    ],
    [
      'is cut within a character',
      Buffer.from(`${HEADER}\nbo@example.com,Björn`).subarray(0, -3),
      'is UTF-8 with broken characters: see line 2. Save it as “CSV UTF-8” and try again',
    ],
    [
      'is a workbook',
      zipOf('[Content_Types].xml'),
      'is a workbook (such as .xlsx), not CSV. Open it, choose “Save as”, then “CSV UTF-8”, and try again',
    ],
    ...['mimetype', '_rels/.rels', 'xl/workbook.xml', 'Index/Document.iwa'].map(
      (part): [string, Buffer, string] => [
        `is a workbook that begins with ${part}`,
        zipOf(part),
        'is a workbook (such as .xlsx), not CSV. Open it, choose “Save as”, then “CSV UTF-8”, and try again',
      ],
    ),
    [
      'is a ZIP file of others',
      zipOf('subscribed_email_audience_export_1a.csv'),
      'is a ZIP file. Unpack it, and import the CSV files in it one by one, under the names that they have',
    ],
    [
      'is an old workbook',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      'is a workbook (such as .xlsx), not CSV. Open it, choose “Save as”, then “CSV UTF-8”, and try again',
    ],
    [
      'is no text',
      Buffer.from('25504446000102', 'hex'),
      'is not a text at all. Save it as CSV and try again',
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

describe('a file of another program', () => {
  const MAILCHIMP =
    'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,NOTES,TAGS'
  const GHOST =
    'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers'
  const choices = { consentSource: 'our shop' }

  it('is recognised as one of Mailchimp: names are put together, tags are topics where we have them', async () => {
    const { added, ignored, unknownTags } = await importing(
      [
        MAILCHIMP,
        'Anna@Example.com,Anna,Berg,2,,,2021-05-04 12:33:11,192.0.2.1,1,a1,,"""Självledarskap"",""VIP, gold"""',
        'bo@example.com,,Ek,2,,,,,2,a2,,',
      ],
      { choices },
    )
    expect(added).toEqual([
      subscriber({
        name: 'Anna Berg',
        topicIds: ['3'],
        consentSource: 'our shop',
        consentAt: new Date('2021-05-04T12:33:11Z'),
      }),
      // Whoever has no time of consent at Mailchimp never subscribed there.
      subscriber({
        email: 'bo@example.com',
        name: 'Ek',
        status: 'unsubscribed',
        consentSource: 'our shop',
        consentAt: null,
        unsubscribedAt: NOW,
      }),
    ])
    expect(ignored).toEqual([
      'MEMBER_RATING',
      'OPTIN_TIME',
      'OPTIN_IP',
      'CONFIRM_IP',
      'LEID',
      'EUID',
      'NOTES',
    ])
    expect(unknownTags).toEqual(['VIP, gold'])
  })

  it.each<[string, ImportChoices]>([
    ['left there', {}],
    ['left there, whatever it is taken for', { format: 'other', consentSource: 'our shop' }],
  ])('makes nobody active who %s', async (_, chosen) => {
    const { added } = await importing(
      [
        'Email Address,First Name,LEID,EUID,UNSUB_TIME,UNSUB_REASON',
        'anna@example.com,Anna,1,a,2023-02-01 10:00:00,NORMAL',
        'bo@example.com,Bo,2,b,,',
      ],
      { choices: { ...chosen, mapping: { unsubscribed_at: 'UNSUB_TIME' } } },
    )
    const consent = chosen.consentSource
      ? { consentSource: 'our shop', consentAt: NOW }
      : { consentSource: null, consentAt: null }
    const left = { status: 'unsubscribed' as const, ...consent }
    expect(added).toEqual([
      subscriber({ name: 'Anna', ...left, unsubscribedAt: new Date('2023-02-01T10:00:00Z') }),
      subscriber({ email: 'bo@example.com', name: 'Bo', ...left, unsubscribedAt: null }),
    ])
  })

  it('suppresses those whom Mailchimp has cleaned', async () => {
    const { added } = await importing([
      'Email Address,First Name,LEID,EUID,CLEAN_TIME',
      'anna@example.com,Anna,1,a,2023-02-01 10:00:00',
    ])
    expect(added).toEqual([
      subscriber({
        name: 'Anna',
        status: 'suppressed',
        suppression: 'bounced',
        consentSource: null,
        consentAt: null,
      }),
    ])
  })

  it('is recognised as one of Ghost: who gets no mail there gets none here', async () => {
    const { added, leftOut, ignored } = await importing(
      [
        GHOST,
        '1,anna@example.com,Anna,,true,false,,2021-09-01T10:00:00.000Z,,"Team,VIP",',
        '2,bo@example.com,Bo,,false,false,,2021-09-02T10:00:00.000Z,,,',
        '3,cilla@,,,true,false,,,,,',
        '4,david@example.com,,,true,false,,,2022-01-01T00:00:00.000Z,,',
      ],
      { choices },
    )
    const consentSource = 'our shop'
    expect(added).toEqual([
      subscriber({
        name: 'Anna',
        topicIds: ['2'],
        consentSource,
        consentAt: new Date('2021-09-01T10:00:00Z'),
      }),
      subscriber({
        email: 'bo@example.com',
        name: 'Bo',
        status: 'unsubscribed',
        consentSource,
        consentAt: new Date('2021-09-02T10:00:00Z'),
        unsubscribedAt: NOW,
      }),
    ])
    expect(leftOut).toEqual([
      refused(4, '“cilla@” is not an e-mail address'),
      refused(5, 'was deleted where the file comes from'),
    ])
    expect(ignored).toEqual(['id', 'note', 'complimentary_plan', 'stripe_customer_id', 'tiers'])
  })

  it('may have its columns named, and names those that are not read', async () => {
    const { added, ignored } = await importing(
      ['Adress,Namn,Telefon,Butik', 'anna@example.com,Anna,08,Lund'],
      {
        choices: { mapping: { email: 'adress', name: 'Namn', consent_source: 'Butik' } },
      },
    )
    expect(added).toEqual([subscriber({ name: 'Anna', consentSource: 'Lund' })])
    expect(ignored).toEqual(['Telefon'])
  })

  it.each<[string, string, ImportChoices, string]>([
    [
      'does not say where consent is from',
      GHOST,
      {},
      'does not say where its people asked for the newsletter: give a consent source for the whole file, or name a column',
    ],
    [
      'lacks the column that is named',
      'Adress,Namn',
      { mapping: { email: 'E-post' } },
      'has no column “E-post”; it has “Adress”, “Namn”',
    ],
    [
      'has the named column twice',
      'Adress,Adress',
      { mapping: { email: 'Adress' } },
      'has the column “Adress” more than once',
    ],
    [
      'has no column for the address',
      'Adress,Namn',
      { mapping: { name: 'Namn' } },
      'has no column for the address: say which it is (“Adress”, “Namn”)',
    ],
  ])('is refused when it %s', async (_, header, chosen, message) => {
    await expect(importing([header], { choices: chosen })).rejects.toMatchObject({ message })
  })
})

describe('a file with more than must be', () => {
  it('says of each person what they are, and when they became so', async () => {
    const { added, leftOut } = await importing([
      'email,consent_source,status,consent_at,unsubscribed_at,paused_until,asked_at,suppression',
      'anna@example.com,form,active,2026-01-01T10:00:00.123Z,,2026-09-01T00:00:00Z,,',
      'bo@example.com,form,unsubscribed,,2026-02-01,,,',
      'cilla@example.com,,pending,,,,2026-05-01T09:30:00+02:00,',
      'david@example.com,,suppressed,,,,,complained',
      'eva@example.com,,suppressed,,,,,',
      'f@example.com,,active,2026-02-30,,,,',
      'h@example.com,form,suppressed,,,,,erased',
    ])
    expect(added).toEqual([
      subscriber({
        consentAt: new Date('2026-01-01T10:00:00.123Z'),
        pausedUntil: new Date('2026-09-01T00:00:00Z'),
      }),
      subscriber({
        email: 'bo@example.com',
        status: 'unsubscribed',
        consentAt: null,
        unsubscribedAt: new Date('2026-02-01T00:00:00Z'),
      }),
      subscriber({
        email: 'cilla@example.com',
        status: 'pending',
        consentSource: null,
        consentAt: null,
        askedAt: new Date('2026-05-01T07:30:00Z'),
      }),
      subscriber({
        email: 'david@example.com',
        status: 'suppressed',
        consentSource: null,
        consentAt: null,
        suppression: 'complained',
      }),
      subscriber({
        email: 'eva@example.com',
        status: 'suppressed',
        consentSource: null,
        consentAt: null,
        suppression: 'manual',
      }),
    ])
    expect(leftOut).toEqual([
      refused(
        7,
        'has no consent source; consent_at: “2026-02-30” is not a time such as 2026-05-04T08:00:00Z',
      ),
      refused(8, '“erased” is not a reason for a suppression: bounced, complained, provider or manual'),
    ])
  })

  it('may have one consent source for everybody whose row has none', async () => {
    const { added } = await importing(['email,consent_source', 'anna@example.com,', 'bo@example.com,form'], {
      choices: { consentSource: ' fair 2026 ' },
    })
    expect(added.map(({ consentSource }) => consentSource)).toEqual(['fair 2026', 'form'])
  })

  it('has the apostrophe taken away that keeps a cell from being run as a formula, and no other', async () => {
    const { added } = await importing([
      HEADER,
      "'+anna@example.com,'=Anna,,,''-form",
      "bo@example.com,'t Hooft,,,'form",
      "cilla@example.com,x;'=1; '-y,,,form;''@x",
    ])
    expect(added).toEqual([
      subscriber({ email: '+anna@example.com', name: '=Anna', consentSource: "'-form" }),
      subscriber({ email: 'bo@example.com', name: "'t Hooft", consentSource: "'form" }),
      subscriber({ email: 'cilla@example.com', name: "x;=1; '-y", consentSource: "form;'@x" }),
    ])
  })

  it('has no name that is longer than one in a form', async () => {
    const { added, leftOut } = await importing([
      HEADER,
      `anna@example.com,${'n'.repeat(60_000)},,,form`,
      `bo@example.com,${'n'.repeat(100)},,,form`,
    ])
    expect(added.map(({ email }) => email)).toEqual(['bo@example.com'])
    expect(leftOut).toEqual([refused(2, 'the name has more than 100 characters')])
  })

  it.each(['\r', '\r\n', '\n'])('may be long and end its lines with %j', async (end) => {
    // So that line breaks fall on both sides of where the file is cut for reading.
    for (const pad of isLong ? ['', 'x', 'xx'] : ['', 'x']) {
      const people = Array.from({ length: 4_000 }, (_, index) => `p${index}@example.com,,,,form`)
      const { added, leftOut } = await importing(
        [HEADER, `first@example.com,${pad},,,form`, ...people, 'bad,,,,form'].join(end),
      )
      expect(added).toHaveLength(4_001)
      expect(leftOut).toEqual([refused(4_003, '“bad” is not an e-mail address')])
    }
  })

  it('is told by its line when that is broken UTF-8, whatever ends the lines', async () => {
    const content = Buffer.concat([
      Buffer.from(`${HEADER}\ranna@example.com,Åsa,,,form\r`),
      Buffer.from('bo@example.com,Bj\xf6rn,,,form', 'latin1'),
    ])
    await expect(importing(content)).rejects.toMatchObject({
      message: 'is UTF-8 with broken characters: see line 3. Save it as “CSV UTF-8” and try again',
    })
  })
})

describe('a dry run', () => {
  const people = Array.from({ length: 600 }, (_, index) => `p${index}@example.com,,,,form`)
  const content = [
    HEADER,
    ...people,
    'known@example.com,,,,form',
    'P0@example.com,,,,form',
    'bad,,,,form',
    'blocked@example.com,,,,form',
    'erased@example.com,,,,form',
  ]
  const situation: Situation = {
    there: ['known@example.com'],
    suppressed: { 'blocked@example.com': 'suppressed', 'erased@example.com': 'erased' },
  }

  it('says of each line what the import then does, and adds nobody', async () => {
    const dry = await importing(content, { ...situation, isDryRun: true })
    const real = await importing(content, situation)
    expect(dry).toEqual({ ...real, added: [] })
    expect(dry.counts).toEqual({
      imported: 600,
      known: 1,
      repeated: 1,
      suppressed: 1,
      erased: 1,
      moved: 0,
      refused: 1,
    })
    expect(dry.leftOut.map(({ reason }) => reason)).toEqual([
      'known@example.com was a subscriber already and stays as they are',
      'p0@example.com stands in an earlier line already',
      '“bad” is not an e-mail address',
      'blocked@example.com is suppressed and must not be mailed',
      'erased@example.com asked to be erased and is not brought back',
    ])
  })
})

/** The beginning of a ZIP file whose first file has this name (PKWARE APPNOTE, 4.3.7). */
function zipOf(name: string): Buffer {
  const header = Buffer.alloc(30)
  header.write('504b0304', 'hex')
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name), Buffer.from([1, 2, 3])])
}
