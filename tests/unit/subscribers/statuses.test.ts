import { describe, expect, it } from '@jest/globals'
import type { SubscriberFileError } from '../../../src/subscribers/SubscriberFileError.ts'
import { importing, subscriber } from './importing.ts'

const choices = { consentSource: 'form' }

/** What becomes of one person whose row says `value` in the column `name`: their status and suppression, or `asked`. */
async function becomes(name: string, value: string): Promise<string> {
  try {
    const { added } = await importing([`Email,${name}`, `anna@example.com,"${value}"`], { choices })
    const [person] = added
    return person?.suppression ?? person?.status ?? 'nobody'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'status_unclear') return 'asked'
    throw error
  }
}

const PROGRAMS: [program: string, column: string, values: Record<string, string>][] = [
  ['Substack', 'email_disabled', { true: 'unsubscribed', false: 'active', '': 'asked' }],
  [
    'Kit',
    'state',
    {
      active: 'active',
      cancelled: 'unsubscribed',
      complained: 'complained',
      bounced: 'bounced',
      inactive: 'unsubscribed',
    },
  ],
  [
    'beehiiv',
    'Status',
    { Active: 'active', Inactive: 'unsubscribed', Pending: 'pending', Validating: 'asked' },
  ],
  [
    'Mailchimp',
    'Status',
    {
      subscribed: 'active',
      unsubscribed: 'unsubscribed',
      cleaned: 'bounced',
      nonsubscribed: 'unsubscribed',
      pending: 'pending',
      archived: 'unsubscribed',
    },
  ],
  ['Shopify', 'Accepts Email Marketing', { yes: 'active', no: 'unsubscribed', '': 'unsubscribed' }],
  [
    'Shopify, newer',
    'Email Marketing: Status',
    {
      subscribed: 'active',
      not_subscribed: 'unsubscribed',
      unsubscribed: 'unsubscribed',
      pending: 'pending',
    },
  ],
  ['Ghost', 'subscribed_to_emails', { true: 'active', false: 'unsubscribed', perhaps: 'asked' }],
  [
    'Buttondown',
    'subscriber_type',
    {
      regular: 'active',
      unactivated: 'pending',
      unsubscribed: 'unsubscribed',
      removed: 'unsubscribed',
      spammy: 'complained',
      upcoming: 'asked',
    },
  ],
  ['Brevo', 'EMAIL_BLACKLISTED', { 1: 'manual', 0: 'active', true: 'manual' }],
  ['Brevo', 'Email status', { Blocklisted: 'manual', Subscribed: 'active' }],
  [
    'MailerLite',
    'status',
    {
      active: 'active',
      unsubscribed: 'unsubscribed',
      bounced: 'bounced',
      junk: 'complained',
      unconfirmed: 'pending',
    },
  ],
  [
    'Klaviyo',
    'Email Marketing Consent',
    { SUBSCRIBED: 'active', NEVER_SUBSCRIBED: 'unsubscribed', UNSUBSCRIBED: 'unsubscribed' },
  ],
  ['Klaviyo', 'Email Suppressions', { '[]': 'active', HARD_BOUNCE: 'bounced', USER_SUPPRESSED: 'manual' }],
  ['HubSpot', 'Unsubscribed from all email', { true: 'unsubscribed', '': 'active', false: 'active' }],
  ['HubSpot', 'Email hard bounce reason', { UNKNOWN_USER: 'bounced', '': 'active' }],
  [
    'HubSpot',
    'Marketing contact status',
    { 'Marketing contact': 'active', 'Non-marketing contact': 'unsubscribed' },
  ],
  ['ActiveCampaign', 'Status', { 0: 'pending', 1: 'active', 2: 'unsubscribed', 3: 'bounced' }],
  ['listmonk', 'status', { enabled: 'active', disabled: 'unsubscribed', blocklisted: 'manual' }],
  [
    'listmonk',
    'subscription_status',
    { confirmed: 'active', unconfirmed: 'pending', unsubscribed: 'unsubscribed' },
  ],
  [
    'MailPoet',
    'Global status',
    { Subscribed: 'active', Unconfirmed: 'pending', Inactive: 'unsubscribed', Bounced: 'bounced' },
  ],
  [
    'Constant Contact',
    'Email status',
    { Active: 'active', Unsubscribed: 'unsubscribed', 'Awaiting confirmation': 'pending' },
  ],
  [
    'Wix',
    'Email subscriber status',
    {
      Subscribed: 'active',
      'Not Subscribed': 'unsubscribed',
      Unsubscribed: 'unsubscribed',
      Pending: 'pending',
    },
  ],
  ['MailUp', 'optout_type', { 0: 'unsubscribed', 3: 'unsubscribed', '': 'active' }],
  ['MailUp', 'OptOut_Date', { '20110122T111244': 'unsubscribed', '': 'active' }],
  ['rasa.io', 'Unsubscribe Reason', { Bounce: 'bounced', CSV: 'unsubscribed', '': 'active' }],
  ['a form', 'Email frequency', { Never: 'unsubscribed', Weekly: 'active', '': 'active' }],
  ['a Swedish form', 'Hur ofta', { Aldrig: 'unsubscribed', 'Varje vecka': 'active' }],
  ['Steady', 'subscription_state', { cancelled: 'unsubscribed', active: 'active', not_renewing: 'asked' }],
  ['Campaign Monitor', 'State', { Deleted: 'unsubscribed', Unconfirmed: 'pending', Bounced: 'bounced' }],
  ['Rule', 'Subscriber status', { OPTED_OUT: 'unsubscribed', BLOCKED: 'manual', PENDING: 'pending' }],
  ['APSIS', 'Consent status', { 'Opt-out': 'unsubscribed', 'Opt-in': 'active', 'Not requested': 'asked' }],
  ['Squarespace', 'Accepts Marketing', { yes: 'active', no: 'unsubscribed' }],
  [
    'a Swedish program',
    'Status',
    {
      Aktiv: 'active',
      Avanmäld: 'unsubscribed',
      'Ej aktiv': 'unsubscribed',
      Studsad: 'bounced',
      Spärrad: 'manual',
    },
  ],
  [
    'a Swedish program',
    'Samtycke',
    { Ja: 'active', Nej: 'unsubscribed', 'Nej tack': 'unsubscribed', Kanske: 'asked' },
  ],
  [
    'a form',
    'Vill du ha vårt nyhetsbrev?',
    {
      Ja: 'active',
      'Ja, gärna': 'active',
      Nej: 'unsubscribed',
      'Nej, tack': 'unsubscribed',
      '': 'unsubscribed',
    },
  ],
  ['a form', 'Opt-in', { Yes: 'active', No: 'unsubscribed', x: 'active' }],
  ['a list', 'Opted out', { Yes: 'unsubscribed', No: 'active', '2024-05-01': 'unsubscribed' }],
  ['a list', 'Avregistrerad', { Ja: 'unsubscribed', Nej: 'active', x: 'unsubscribed' }],
  ['a list', 'unsubscribed_at', { '2024-05-01 08:00:00': 'unsubscribed', '': 'active' }],
  ['a list', 'bounced_at', { '2024-05-01': 'bounced', '': 'active' }],
  ['a list', 'Confirmed', { yes: 'active', no: 'pending' }],
  ['a list', 'Jag vill inte ha nyhetsbrev', { Ja: 'asked', Nej: 'asked' }],
  ['a list', 'Accepts SMS Marketing', { no: 'active' }],
  ['a list', 'active_subscription', { false: 'active' }],
  ['a list', 'Type', { customer: 'active', unsubscribed: 'unsubscribed' }],
  ['a list', 'Verification', { invalid: 'bounced', 'catch-all': 'asked', yes: 'active', no: 'pending' }],
  ['a list', 'Email confirmation', { unconfirmed: 'pending', 'not yet': 'asked', yes: 'active' }],
  [
    'a list',
    'confirmed_at',
    { '2024-05-01 08:00:00': 'active', '': 'pending', unsubscribed: 'unsubscribed' },
  ],
  ['a list', 'Permission', { granted: 'active', no: 'unsubscribed', perhaps: 'asked' }],
  ['a list', 'Status', { '-1': 'asked', x: 'asked', T: 'asked', N: 'asked', '✗': 'asked' }],
  ['a list', 'IsOptInPending', { true: 'asked', false: 'asked' }],
  ['a list', 'Suppression reason', { 'too many mails': 'manual', 'hard bounce': 'bounced', '': 'active' }],
  [
    'a list',
    'Unsubscribed',
    { '0000-00-00 00:00:00': 'asked', '01.02.2024': 'unsubscribed', '2/1/2024': 'unsubscribed' },
  ],
  ['a list', 'unsubscribed_at', { '0000-00-00 00:00:00': 'active' }],
  ['a list', 'Consent to track', { No: 'active' }],
  ['Buttondown', 'type', { regular: 'active', past_due: 'active', undeliverable: 'bounced' }],
  ['AWeber', 'Stop Time', { '2024-01-01': 'unsubscribed', '': 'active' }],
  ['Mailman', 'Delivery status', { enabled: 'active', by_user: 'unsubscribed', by_bounces: 'bounced' }],
  ['Mailjet', 'IsExcludedFromCampaigns', { true: 'manual', false: 'active' }],
  [
    'Constant Contact',
    'Email permission status',
    { Express: 'active', Implied: 'asked', 'Temp hold': 'unsubscribed' },
  ],
  ['a Swedish program', 'Avbeställd', { Ja: 'unsubscribed', '2024-01-01': 'unsubscribed', Nej: 'active' }],
  [
    'a Swedish program',
    'Status',
    { Avaktiverad: 'unsubscribed', 'Väntar på bekräftelse': 'pending', Passiv: 'unsubscribed' },
  ],
  ['a German program', 'Abgemeldet', { ja: 'unsubscribed', nein: 'active' }],
  ['a Norwegian program', 'Status', { Avmeldt: 'unsubscribed', Påmeldt: 'active' }],
  ['a French program', 'Statut', { désabonné: 'unsubscribed', abonné: 'active' }],
  ['a Spanish program', 'Estado', { Baja: 'unsubscribed', Activo: 'active' }],
  ['a form', 'Får vi mejla dig?', { Ja: 'asked', Nej: 'asked' }],
  ['a Finnish form', 'Uutiskirje', { Kyllä: 'asked', Ei: 'asked' }],
  ['a Spanish form', 'Acepta correo', { Sí: 'asked', No: 'asked' }],
  ['a Polish one', 'Stan', { Aktywny: 'active', Wypisany: 'asked' }],
  ['a Russian one', 'Статус', { Подписан: 'active', Отписан: 'asked' }],
  ['a Portuguese one', 'Situação', { Ativo: 'active', Descadastrado: 'asked' }],
  ['a form', 'Email OK', { yes: 'asked', '0': 'asked' }],
  ['a form', 'Kontakta ej', { x: 'asked' }],
  ['notes', 'Anteckning', { 'avregistrerad i maj': 'asked', 'wants no mail': 'asked', 'ny kund': 'active' }],
  [
    'notes',
    'Comment',
    {
      'Asked to be removed': 'asked',
      'ta bort från listan': 'asked',
      'wants out': 'asked',
      'Do Not Allow': 'asked',
      'moved the shelf': 'active',
    },
  ],
  ['a list', 'Email preference', { never: 'unsubscribed', HTML: 'active' }],
  ['a list', 'End date', { '2023-05-05': 'asked', '': 'active' }],
  ['a list', 'Stoppdatum', { '2023-05-05': 'unsubscribed', '': 'active' }],
  ['a list', 'Tags', { 'kund, unsubscribed': 'asked', kund: 'active' }],
  ['a list', 'Reason', { Unsubscribed: 'asked', customer: 'active' }],
  ['a list', 'Medlemskap', { Inaktiv: 'asked', Guld: 'active' }],
  ['a list', 'Company', { 'Bounce Fitness': 'active' }],
  ['a list', 'Private', { FALSE: 'active' }],
  ['a list', 'Link', { 'https://example.com/unsubscribe?id=1': 'active' }],
  ['a list', 'Accepts WhatsApp', { no: 'active' }],
]

describe('what a file says of who may be mailed', () => {
  it.each(PROGRAMS)('is read as %s writes it in %j', async (_, column, values) => {
    const read: Record<string, string> = {}
    for (const value of Object.keys(values)) read[value] = await becomes(column, value)
    expect(read).toEqual(values)
  })

  it('counts by the worst of several columns', async () => {
    const { added } = await importing(
      [
        'Email,Status,Opt-in,Bounced at',
        'a@example.com,active,no,',
        'b@example.com,active,yes,2024-01-01',
        'c@example.com,active,yes,',
      ],
      { choices },
    )
    expect(added.map(({ status }) => status)).toEqual(['unsubscribed', 'suppressed', 'active'])
  })

  it('counts by the worst of several rows of one person, wherever they stand', async () => {
    const people = Array.from({ length: 300 }, (_, index) => `p${index}@example.com,subscribed`)
    const { added } = await importing(
      ['Email,Status', 'anna@example.com,subscribed', ...people, 'ANNA@example.com,unsubscribed'],
      { choices },
    )
    expect(added[0]).toMatchObject({ email: 'anna@example.com', status: 'unsubscribed' })
  })

  it('keeps the sense of a column whatever it is taken for', async () => {
    for (const field of ['subscribed', 'status'] as const) {
      const { added } = await importing(
        ['email,email_disabled', 'a@example.com,true', 'b@example.com,false'],
        {
          choices: { ...choices, mapping: { [field]: 'email_disabled' } },
        },
      )
      expect(added.map(({ status }) => status)).toEqual(['unsubscribed', 'active'])
    }
  })

  it.each([
    ['nonsubscribed_email_audience_export_1a.csv', 'unsubscribed'],
    ['unsubscribed_email_audience_export_1a.csv', 'unsubscribed'],
    ['cleaned_email_audience_export_1a.csv', 'suppressed'],
    ['audience.csv', 'unsubscribed'],
  ])('makes nobody active who stands in Mailchimp’s %s without a time of consent', async (file, status) => {
    const { added } = await importing(
      ['Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID', 'anna@example.com,Anna,2,,,1'],
      { choices, file },
    )
    expect(added.map((each) => each.status)).toEqual([status])
  })

  it('stops with questions about all that it does not understand, before anybody is added', async () => {
    const added: never[] = []
    const file = [
      'Email,Status,Opt-in',
      'a@example.com,active,yes',
      'b@example.com,Zombie,yes',
      'c@example.com,,kanske',
    ]
    await expect(importing(file, { choices, added })).rejects.toMatchObject({
      code: 'status_unclear',
      questions: [
        { column: 'Status', value: 'Zombie', line: 3 },
        { column: 'Status', value: '', line: 4 },
        { column: 'Opt-in', value: 'kanske', line: 4 },
      ],
      message: expect.stringContaining('“Zombie” in the column “Status” (line 3)'),
      words: { sv: expect.stringContaining('”Zombie” i kolumnen ”Status” (rad 3)') },
    })
    expect(added).toEqual([])
  })

  it('asks about a whole column whose contents look like a status and whose name does not', async () => {
    const file = ['Email,Läge', 'a@example.com,Aktiv', 'b@example.com,Prospekt', 'c@example.com,']
    await expect(importing(file, { choices })).rejects.toMatchObject({
      questions: [
        { column: 'Läge', value: 'Prospekt', line: 3 },
        { column: 'Läge', value: '', line: 4 },
      ],
    })
    const answers = [
      { column: 'Läge', value: 'prospekt', means: 'left' },
      { column: 'Läge', value: '', means: 'ignore' },
    ] as const
    const { added } = await importing(file, { choices: { ...choices, answers } })
    expect(added.map(({ status }) => status)).toEqual(['active', 'unsubscribed', 'active'])
  })

  it.each<[column: string, good: string, bad: string]>([
    ['Email quality', 'good', 'bad'],
    ['E-postkvalitet', 'bra', 'dålig'],
    ['Deliverable', 'yes', 'risky'],
    ['Email check', 'valid', 'catch-all'],
    ['Account', 'open', 'deleted'],
    ['Customer', 'current', 'closed'],
    ['Relation', 'Member', 'Ex-member'],
    ['Kundtyp', 'Kund', 'Tidigare kund'],
    ['Kommunikation', 'alla', 'ingen'],
    ['Engagement', 'high', 'lapsed'],
    ['Name', 'Anna Berg', 'Bo Ek (AVREGISTRERAD)'],
    ['Efternamn', 'Berg', 'Ek - unsubscribed'],
    ['Grupp', 'Kund', 'Tidigare kund'],
    ['Utgång', '', '2025-12-31'],
    ['Expires', '', '2025-12-31'],
  ])('asks about a column %j that holds %j and %j', async (column, good, bad) => {
    const file = [`Email,${column}`, `a@example.com,${good}`, `b@example.com,${bad}`]
    const { questions } = await importing(file, { choices }).then(
      () => ({ questions: [] }),
      (error: SubscriberFileError) => error,
    )
    expect(questions).toContainEqual({ column, value: bad, line: 3 })
  })

  it.each<[column: string, ...values: string[]]>([
    ['Email client', 'Gmail', 'Outlook'],
    ['Work email', 'anna@work.example', ''],
    ['Preferred mail language', 'sv', 'en'],
    ['Favourite colour', 'red', 'blue'],
    ['Anteckning', 'Gammal vän från skolan', 'Ringde i maj'],
  ])('asks nothing about a column %j, which is about something else', async (column, ...values) => {
    const file = [`Email,${column}`, ...values.map((value, index) => `p${index}@example.com,${value}`)]
    const { added } = await importing(file, { choices })
    expect(added.map(({ status }) => status)).toEqual(values.map(() => 'active'))
  })

  it.each<[column: string, good: string, bad: string]>([
    ['gdpr_erased', '0', '1'],
    ['Forgotten', 'no', 'yes'],
    ['left_on', '', '2024-01-01'],
    ['deceased', '0', '1'],
    ['Avliden', 'Nej', 'Ja'],
    ['退订', '否', '是'],
  ])('makes nobody active whom a column %j says is gone: %j and %j', async (column, good, bad) => {
    const file = [`Email,${column}`, `a@example.com,${good}`, `b@example.com,${bad}`]
    const statuses = await importing(file, { choices }).then(
      ({ added }) => added.map(({ status }) => status),
      (error: SubscriberFileError) => error.code,
    )
    expect(['status_unclear', ['active', 'unsubscribed']]).toContainEqual(statuses)
  })

  it('asks what else stands in a column that may say it, when some of it is a status', async () => {
    const file = ['Email,Type', 'a@example.com,regular', 'b@example.com,upcoming']
    await expect(importing(file, { choices })).rejects.toMatchObject({
      questions: [{ column: 'Type', value: 'upcoming', line: 3 }],
    })
    const answers = [{ column: 'Type', value: 'upcoming', means: 'left' }] as const
    const { added } = await importing(file, { choices: { ...choices, answers } })
    expect(added.map(({ status }) => status)).toEqual(['active', 'unsubscribed'])
  })

  it('takes an answer about a long text by its beginning, and one about a column without a name by its place', async () => {
    const note = `${'Ringde i maj. '.repeat(30)} vill inte ha mejl`
    const long = ['Email,Anteckning', `a@example.com,unsubscribed ${note}`]
    const asked = await importing(long, { choices }).catch((error: SubscriberFileError) => error.questions)
    expect(asked).toEqual([{ column: 'Anteckning', value: `unsubscribed ${note}`.slice(0, 200), line: 2 }])
    const nameless = ['Email,,Namn', 'a@example.com,unsubscribed,Anna']
    await expect(importing(nameless, { choices })).rejects.toMatchObject({
      questions: [{ column: '(2)', value: 'unsubscribed', line: 2 }],
    })
    for (const [file, column, value] of [
      [long, 'Anteckning', `unsubscribed ${note}`.slice(0, 200)],
      [nameless, '(2)', 'unsubscribed'],
    ] as const) {
      const { added } = await importing(file, {
        choices: { ...choices, answers: [{ column, value, means: 'left' }] },
      })
      expect(added.map(({ status }) => status)).toEqual(['unsubscribed'])
    }
  })

  it.each([
    'suppression_bounces.csv',
    'Avregistrerade 2026.csv',
    'global-unsubscribes.csv',
    'alla utan avanmälda.csv',
    'spärrlista.csv',
    'opt-outs (1).csv',
    'archived_email_audience_export.csv',
    'Abmeldungen.csv',
    'gdpr-erased.csv',
  ])('asks what the name %s says when somebody would become active', async (file) => {
    const rows = ['Email', 'anna@example.com']
    await expect(importing(rows, { choices, file })).rejects.toMatchObject({
      code: 'status_unclear',
      questions: [{ column: '', value: file, line: 0 }],
      words: { sv: expect.stringContaining(`dess namn, ”${file}”`) },
    })
    const statuses: string[] = []
    for (const means of ['left', 'active', 'ignore'] as const) {
      const answers = [{ column: '', value: file, means }]
      const { added } = await importing(rows, { file, choices: { ...choices, answers } })
      statuses.push(...added.map(({ status }) => status))
    }
    expect(statuses).toEqual(['unsubscribed', 'active', 'active'])
    const { added } = await importing(['Email,Status', 'anna@example.com,unsubscribed'], { choices, file })
    expect(added.map(({ status }) => status)).toEqual(['unsubscribed'])
  })

  it('goes on with the answers, and no answer makes somebody active of whom the file says no', async () => {
    const file = [
      'Email,Status',
      'a@example.com,Zombie',
      'b@example.com,',
      'c@example.com,Ghost',
      'd@example.com,unsubscribed',
    ]
    const answers = [
      { column: 'status', value: 'zombie', means: 'left' },
      { column: 'Status', value: '', means: 'active' },
      { column: 'Status', value: 'Ghost', means: 'ignore' },
      { column: 'Status', value: 'unsubscribed', means: 'active' },
    ] as const
    const { added } = await importing(file, { choices: { ...choices, answers } })
    expect(added.map(({ status }) => status)).toEqual(['unsubscribed', 'active', 'active', 'unsubscribed'])
    const ignored = await importing(file.slice(0, 2), {
      choices: { ...choices, answers: [{ column: 'Status', value: null, means: 'ignore' }] },
    })
    expect(ignored.added).toEqual([subscriber({ email: 'a@example.com' })])
  })
})
