import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createClient } from '@libsql/client'
import sharp from 'sharp'
import { PROBLEM_CODES } from '../../src/endpoints/reader/answers.ts'
import { makeReaderToken, type ReaderPurpose } from '../../src/newsletter/rules/readerToken.ts'
import { REFUSAL_CODES, type RefusalCode } from '../../src/refusals/codes.ts'
import { linkKeysOf } from '../support/linkKeys.ts'
import { pdfFile } from '../support/pdfFile.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

/** The build loses the words of errors that an unbuilt server keeps: each refusal is asked of it, in both languages. */
const PASSWORD = 'a password of the tests'
type Person = 'admin' | 'editor' | 'author' | 'nobody'

interface Call {
  as?: Person
  method?: string
  path: string
  body?: unknown
  headers?: Record<string, string>
}

interface Case {
  status: number
  sv: string
  en: string
  call: (world: World, language: 'sv' | 'en') => Call | Promise<Call>
}

interface World {
  ask: (call: Call & { language?: string }) => Promise<{ status: number; errors: Answered[] }>
  ids: Record<
    | 'topic'
    | 'article'
    | 'draft'
    | 'takenOver'
    | 'picture'
    | 'campaign'
    | 'mail'
    | 'expired'
    | 'suppressedMail'
    | 'lifted'
    | 'erased'
    | 'lock',
    number
  >
  run: (sql: string) => Promise<{ rows: Record<string, unknown>[] }>
  token: (purpose: ReaderPurpose, until: Date | null) => Promise<string>
}

interface Answered {
  code?: string
  message: string
}

const article = (data: object) => ({
  title: 'En rubrik',
  content: paragraph('Texten.'),
  newsletter: { send: false },
  ...data,
})
const user = (data: object) => ({
  email: 'ny@example.com',
  name: 'Ny',
  role: 'author',
  password: PASSWORD,
  ...data,
})
const csv = { 'Content-Type': 'text/csv' }
/** As a proxy in front has it: only then the first registration asks for the code. */
const far = { 'X-Forwarded-For': '203.0.113.7' }

/** A campaign that is over, of which somebody got something when it has a snapshot. */
async function overCampaign(
  { run }: World,
  { article: id, snapshot }: { article: number; snapshot: string | null },
): Promise<number> {
  await run(
    `INSERT OR IGNORE INTO campaigns (article_id, status, due_at, started_at, finished_at)
      SELECT ${id}, 'cancelled', now, now, now FROM (SELECT strftime('%Y-%m-%dT%H:%M:%fZ') AS now)`,
  )
  await run(`UPDATE campaigns SET snapshot = ${snapshot && `'${snapshot}'`} WHERE article_id = ${id}`)
  return Number((await run(`SELECT id FROM campaigns WHERE article_id = ${id}`)).rows[0]?.id)
}

/** Where somebody must be quicker than the server, or the machine must be broken: the file that asks for it. */
type Elsewhere = { elsewhere: string }
const REFUSALS: Record<RefusalCode, Case | Elsewhere> = {
  login_needed: {
    status: 401,
    sv: 'kräver en inloggning',
    en: 'needs a login',
    call: () => ({ path: '/articles/access/1', method: 'POST', body: {} }),
  },
  editors_only: {
    status: 403,
    sv: 'bara en redaktör eller en administratör',
    en: 'Only an editor or an admin',
    call: () => ({ as: 'author', path: '/subscribers/export' }),
  },
  admins_only: {
    status: 403,
    sv: 'bara en administratör',
    en: 'Only an admin',
    call: ({ ids }) => ({
      as: 'editor',
      method: 'POST',
      path: `/suppressions/${ids.lifted}/lift`,
      body: { reason: 'x' },
    }),
  },
  authors_write_drafts: {
    status: 403,
    sv: 'be en redaktör att publicera',
    en: 'ask an editor to publish',
    call: () => ({
      as: 'author',
      method: 'POST',
      path: '/articles',
      body: article({ _status: 'published' }),
    }),
  },
  article_is_published: {
    status: 403,
    sv: 'be en redaktör att ändra den',
    en: 'ask an editor to change it',
    // An editor's draft of it is newest: Payload itself asks no more than that the draft is no published version.
    call: ({ ids }) => ({
      as: 'author',
      method: 'PATCH',
      path: `/articles/${ids.takenOver}?draft=true`,
      body: { title: 'Min igen' },
    }),
  },
  lock_not_yours: {
    status: 403,
    sv: 'kan därför inte ta över redigeringen',
    en: 'cannot take over its editing',
    call: ({ ids }) => ({
      as: 'author',
      method: 'PATCH',
      path: `/payload-locked-documents/${ids.lock}`,
      body: { user: { relationTo: 'users', value: 3 } },
    }),
  },
  not_there: {
    status: 404,
    sv: 'Det finns inte.',
    en: 'There is no such thing.',
    call: () => ({ as: 'editor', method: 'POST', path: '/campaigns/999/pause' }),
  },
  no_route: {
    status: 404,
    sv: 'finns inte i API:t',
    en: 'no such address in the API',
    call: () => ({ path: '/nowhere' }),
  },
  wrong_method: {
    status: 405,
    sv: 'Huvudet Allow',
    en: 'The header Allow',
    call: () => ({ method: 'PUT', path: '/articles/1' }),
  },
  query_invalid: {
    status: 400,
    sv: 'limit: ett heltal från 1 till 100',
    en: 'limit: a whole number from 1 to 100',
    call: () => ({ path: '/articles?limit=0' }),
  },
  parameter_invalid: {
    status: 400,
    sv: 'status: active eller all',
    en: 'status: active or all',
    call: () => ({ as: 'editor', path: '/subscribers/export?status=x' }),
  },
  body_invalid: {
    status: 400,
    sv: 'E-postadressen saknas. Skriv varför',
    en: 'An e-mail address is missing. Say why',
    call: () => ({ as: 'editor', method: 'POST', path: '/suppressions/add', body: {} }),
  },
  not_acceptable: { elsewhere: 'tests/server/frontends.test.ts' },
  nothing_to_confirm: {
    status: 404,
    sv: 'inget att bekräfta',
    en: 'nothing to confirm',
    call: () => ({ method: 'POST', path: '/users/verify/x', body: {} }),
  },
  date_to_come: {
    status: 400,
    sv: 'Vid en viss tid',
    en: 'At a time',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles',
      body: article({ publishedAt: '2099-01-01T00:00:00Z', _status: 'published' }),
    }),
  },
  visibility_unknown: {
    status: 400,
    sv: 'visibility: public eller mail_only',
    en: 'visibility: public or mail_only',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles?draft=true',
      body: article({ visibility: 'secret' }),
    }),
  },
  visibility_without_mail: {
    status: 400,
    sv: 'Slå på nyhetsbrevet, eller publicera på webben',
    en: 'Switch the newsletter on, or publish on the site',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles',
      body: article({ visibility: 'mail_only', _status: 'published' }),
    }),
  },
  is_public: {
    status: 409,
    sv: 'Avpublicera den först',
    en: 'unpublish it first',
    call: ({ ids }) => ({
      as: 'editor',
      method: 'POST',
      path: `/articles/${ids.takenOver}/publish`,
      body: { channels: 'mail' },
    }),
  },
  edition_too_old: { elsewhere: 'tests/int/followUp.test.ts' },
  database_restored: { elsewhere: 'tests/int/followUp.test.ts' },
  edition_unfinished: {
    status: 409,
    sv: 'Ett annat utskick av artikeln är på väg',
    en: 'Another mailing of this article is under way',
    call: ({ ids }) => ({
      as: 'editor',
      method: 'POST',
      path: `/campaigns/${ids.campaign}/follow-up`,
      body: { audience: 'missed' },
    }),
  },
  not_mailed: {
    status: 409,
    sv: 'Ingen har fått det här än',
    en: 'Nobody has got this yet',
    call: async (world) => ({
      as: 'editor',
      method: 'POST',
      path: `/campaigns/${await overCampaign(world, { article: world.ids.takenOver, snapshot: null })}/follow-up`,
      body: { audience: 'missed' },
    }),
  },
  article_hidden: {
    status: 409,
    sv: 'Artikeln är inte publicerad',
    en: 'The article is not published',
    call: async (world) => ({
      as: 'editor',
      method: 'POST',
      path: `/campaigns/${await overCampaign(world, { article: world.ids.draft, snapshot: null })}/follow-up`,
      body: { audience: 'missed' },
    }),
  },
  no_recipients: {
    status: 422,
    sv: 'Ingen skulle få det',
    en: 'Nobody would get it',
    call: async (world) => ({
      as: 'editor',
      method: 'POST',
      path: `/campaigns/${await overCampaign(world, { article: world.ids.takenOver, snapshot: 'x' })}/follow-up`,
      body: { audience: 'joined_since' },
    }),
  },
  slug_taken: {
    status: 400,
    sv: 'Sluggen ”frihet” hör till ”Frihet”. Använd till exempel ”frihet-2”',
    en: 'The slug “frihet” belongs to “Frihet”. Use “frihet-2”',
    call: () => ({ as: 'editor', method: 'POST', path: '/topics', body: { name: 'Ny', slug: 'frihet' } }),
  },
  slug_taken_now: {
    status: 400,
    sv: 'Sluggen ”samtidigt” togs i samma ögonblick',
    en: 'The slug “samtidigt” was taken at this very moment',
    // The database itself writes the other one, at the last moment.
    call: async ({ run }) => {
      await run(`CREATE TRIGGER IF NOT EXISTS quicker BEFORE INSERT ON topics WHEN NEW.slug = 'samtidigt'
        BEGIN INSERT INTO topics (slug) VALUES (NEW.slug); END`)
      return { as: 'editor', method: 'POST', path: '/topics', body: { name: 'Ny', slug: 'samtidigt' } }
    },
  },
  relation_gone: {
    status: 400,
    sv: 'valt i ”Ledbild” finns inte längre',
    en: 'chosen in “Lead image” does not exist any more',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles',
      body: article({ heroImage: 999, _status: 'published' }),
    }),
  },
  wrong_type: {
    status: 400,
    sv: 'Rubrik: ska vara text.',
    en: 'Title: must be text.',
    call: () => ({ as: 'editor', method: 'POST', path: '/articles', body: article({ title: { a: 1 } }) }),
  },
  status_unknown: {
    status: 400,
    sv: '_status: draft eller published.',
    en: '_status: draft or published.',
    call: () => ({ as: 'editor', method: 'POST', path: '/articles', body: article({ _status: 'foo' }) }),
  },
  link_unsafe: {
    status: 400,
    sv: 'Följande fält är ogiltigt',
    en: 'The following field is invalid',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles?draft=true',
      body: article({ content: withLink('javascript:alert(1)') }),
    }),
  },
  article_mailed: {
    status: 409,
    sv: 'Artikeln har ett utskick',
    en: 'This article has a campaign',
    call: ({ ids }) => ({ as: 'editor', method: 'DELETE', path: `/articles/${ids.article}` }),
  },
  topic_is_audience: {
    status: 409,
    sv: 'Ämnet är målgrupp',
    en: 'This topic is the audience',
    call: ({ ids }) => ({ as: 'editor', method: 'DELETE', path: `/topics/${ids.topic}` }),
  },
  unknown_type: {
    status: 400,
    sv: 'ingen bild som kan användas',
    en: 'no image that can be used',
    call: () => picture({ file: Buffer.from('<svg/>') }),
  },
  too_many_pixels: { elsewhere: 'tests/unit/media/pictures.test.ts' },
  unreadable: {
    status: 400,
    sv: 'Bildfilen är skadad',
    en: 'The image file is damaged',
    call: async () => {
      const whole = await sharp({
        create: {
          width: 600,
          height: 600,
          channels: 3,
          background: '#abc',
          noise: { type: 'gaussian', mean: 120, sigma: 40 },
        },
      })
        .png()
        .toBuffer()
      return picture({ file: whole.subarray(0, whole.length / 2) })
    },
  },
  mailed: { elsewhere: 'tests/int/pictures.test.ts' },
  one_at_a_time: {
    status: 400,
    sv: 'en bild åt gången',
    en: 'one image at a time',
    call: () => ({
      ...picture({ file: Buffer.from('x') }),
      method: 'PATCH',
      path: '/media?where[id][exists]=true',
    }),
  },
  no_reason: {
    status: 400,
    sv: 'Ange varför bilden tas ner',
    en: 'Say why the image is taken down',
    call: ({ ids }) => ({
      as: 'admin',
      method: 'POST',
      path: `/media/${ids.picture}/take-down`,
      body: { reason: ' ' },
    }),
  },
  no_file: {
    status: 400,
    sv: 'Välj en bildfil',
    en: 'Choose an image file',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/media',
      body: { alt: 'En bild', filename: 'a.png', url: 'https://example.com/a.png' },
    }),
  },
  not_pdf: {
    status: 400,
    sv: 'ingen PDF',
    en: 'no PDF',
    call: () => document({ file: Buffer.from('<html>') }),
  },
  file_stays: {
    status: 400,
    sv: 'En fil byts inte ut',
    en: 'A file is not replaced',
    call: () => ({
      ...document({ file: pdfFile() }),
      method: 'PATCH',
      path: '/files?where[id][exists]=true',
    }),
  },
  file_mailed: { elsewhere: 'tests/int/files.test.ts' },
  file_shown: { elsewhere: 'tests/int/files.test.ts' },
  campaign_state: {
    status: 409,
    sv: 'Utskicket är i läget',
    en: 'The campaign is holding',
    call: ({ ids }) => ({ as: 'editor', method: 'POST', path: `/campaigns/${ids.campaign}/retry` }),
  },
  mail_state: {
    status: 409,
    sv: 'Brevet är i läget',
    en: 'again is for one that is rejected or uncertain',
    call: ({ ids }) => ({ as: 'editor', method: 'POST', path: `/transactional-mails/${ids.mail}/again` }),
  },
  address_suppressed: {
    status: 409,
    sv: 'Adressen är spärrad, så inget skickas dit',
    en: 'The address is suppressed',
    call: ({ ids }) => ({
      as: 'editor',
      method: 'POST',
      path: `/transactional-mails/${ids.suppressedMail}/again`,
    }),
  },
  mail_expired: {
    status: 409,
    sv: 'har gått ut',
    en: 'has expired',
    call: ({ ids }) => ({ as: 'editor', method: 'POST', path: `/transactional-mails/${ids.expired}/again` }),
  },
  site_incomplete: {
    status: 422,
    sv: 'för det här saknas under Inställningar',
    en: 'because this is missing under Settings',
    call: ({ ids }) => ({
      as: 'editor',
      method: 'POST',
      path: `/articles/${ids.takenOver}/test-mail`,
      body: {},
    }),
  },
  newsletter_stopped: {
    status: 422,
    sv: 'Inget är publicerat, för nyhetsbrevet skulle bli fel.',
    en: 'Nothing was published, because the newsletter would go wrong.',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/articles',
      body: article({ _status: 'published', newsletter: { send: true } }),
    }),
  },
  already_mailed: { elsewhere: 'tests/int/publish.test.ts' },
  time_not_plannable: {
    status: 400,
    sv: 'Den tiden har redan varit',
    en: 'That time has passed',
    call: () => ({
      ...{ as: 'editor', method: 'POST', path: '/articles/1/publish' },
      body: { channels: 'site', at: '2020-01-01T08:00' },
    }),
  },
  not_your_article: { elsewhere: 'tests/int/reviews.test.ts' },
  review_state: { elsewhere: 'tests/int/reviews.test.ts' },
  plan_exists: { elsewhere: 'tests/int/plans.test.ts' },
  plan_state: { elsewhere: 'tests/int/plans.test.ts' },
  too_many_tests: { elsewhere: 'tests/int/testMail.test.ts' },
  status_not_yours: {
    status: 400,
    sv: 'Bara personen kan be om att få bekräfta',
    en: 'Only the person can ask to confirm',
    call: () => subscriber({ status: 'pending' }),
  },
  suppressed_elsewhere: {
    status: 400,
    sv: 'under ”Spärrade adresser”',
    en: 'under “Suppressions”',
    call: () => subscriber({ status: 'suppressed' }),
  },
  consent_needed: {
    status: 400,
    sv: 'bad om nyhetsbrevet på nytt',
    en: 'asked for the newsletter anew',
    call: async ({ run }) => {
      await run("UPDATE subscribers SET status = 'unsubscribed' WHERE email = 'anna@example.com'")
      return { as: 'editor', method: 'PATCH', path: '/subscribers/1', body: { status: 'active' } }
    },
  },
  not_waiting: {
    status: 409,
    sv: 'väntar inte längre på att bekräfta',
    en: 'does not wait for a confirmation',
    call: () => ({ as: 'editor', method: 'POST', path: '/subscribers/1/confirm-again' }),
  },
  not_active: {
    status: 409,
    sv: 'finns inget att pausa',
    en: 'there is nothing to pause',
    call: async ({ run }) => {
      await run("UPDATE subscribers SET status = 'unsubscribed' WHERE email = 'anna@example.com'")
      return { as: 'editor', method: 'POST', path: '/subscribers/1/pause', body: { weeks: 1 } }
    },
  },
  undo_too_late: { elsewhere: 'tests/int/imports.test.ts' },
  bulk_edit_limited: {
    status: 400,
    sv: 'Ändra status en person i taget',
    en: 'Change status one person at a time',
    call: () => ({
      ...{ as: 'editor', method: 'PATCH', path: '/subscribers?where[id][exists]=true' },
      body: { status: 'active' },
    }),
  },
  suppressed: {
    status: 400,
    sv: 'En administratör kan häva spärren',
    en: 'An admin can lift that',
    call: () => subscriber({ email: 'blocked@example.com' }),
  },
  owner_left: {
    status: 409,
    sv: 'Personen är raderad',
    en: 'This person was erased',
    call: ({ ids }) => ({
      as: 'admin',
      method: 'POST',
      path: `/suppressions/${ids.erased}/lift`,
      body: { reason: 'x' },
    }),
  },
  lifted_already: {
    status: 409,
    sv: 'redan hävd',
    en: 'lifted already',
    call: ({ ids }) => ({
      as: 'admin',
      method: 'POST',
      path: `/suppressions/${ids.lifted}/lift`,
      body: { reason: 'x' },
    }),
  },
  file_empty: {
    status: 400,
    sv: 'Filen är tom. Skicka CSV-filen som anropets kropp.',
    en: 'The file is empty. Send the CSV file as the body of the request.',
    call: () => ({ as: 'editor', method: 'POST', path: '/subscribers/import', headers: csv }),
  },
  file_too_large: {
    status: 413,
    sv: 'dela den',
    en: 'split it',
    call: () => ({
      as: 'editor',
      method: 'POST',
      path: '/subscribers/import/columns',
      body: 'x'.repeat(300_000),
      headers: csv,
    }),
  },
  user_exists: {
    status: 403,
    sv: 'finns redan en användare',
    en: 'is a user already',
    call: () => ({ method: 'POST', path: '/users/first-register', body: user({}) }),
  },
  too_often: {
    status: 429,
    sv: 'För många försök. Vänta',
    en: 'Too many attempts. Wait',
    call: async ({ ask }) => {
      const login: Call = {
        method: 'POST',
        path: '/users/login',
        body: { email: 'q@example.com', password: 'x' },
      }
      for (let tries = 0; tries < 8; tries += 1) await ask(login)
      return login
    },
  },
  address_missing: {
    status: 400,
    sv: 'fält är ogiltigt: E-postadress',
    en: 'field is invalid: Email',
    call: () => ({ method: 'POST', path: '/users/forgot-password', body: {} }),
  },
  password_no_text: newPassword(123_456_789_012),
  password_short: newPassword('hej'),
  password_long: newPassword('lång '.repeat(40)),
  password_common: newPassword('password1234'),
  current_password_missing: {
    status: 400,
    sv: 'Ditt nuvarande lösenord',
    en: 'Your current password',
    call: () => ({
      as: 'admin',
      method: 'PATCH',
      path: '/users/1',
      body: { password: 'another good sentence' },
    }),
  },
  current_password_wrong: {
    status: 400,
    sv: 'Ditt nuvarande lösenord',
    en: 'Your current password',
    call: () => ({
      as: 'admin',
      method: 'PATCH',
      path: '/users/1',
      body: { password: 'another good sentence', currentPassword: 'x' },
    }),
  },
  setup_code_missing: { elsewhere: 'tests/server/refusals.test.ts' },
  setup_code_wrong: { elsewhere: 'tests/server/refusals.test.ts' },
  disk_full: { elsewhere: 'tests/int/fullDisk.test.ts' },
  took_too_long: { elsewhere: 'tests/int/boundReads.test.ts' },
  too_many_wait: { elsewhere: 'tests/int/publicQueries.test.ts' },
  save_stale: {
    status: 409,
    sv: 'har sparat en nyare version (20',
    en: 'saved a newer version (20',
    call: ({ ids }) => ({
      as: 'admin',
      method: 'PATCH',
      path: `/articles/${ids.draft}?draft=true`,
      body: { title: 'Min' },
      headers: { 'If-Match': '"2026-01-01T00:00:00.000Z"' },
    }),
  },
  save_waits: { elsewhere: 'tests/unit/saving/turns.test.ts' },
  base_invalid: {
    status: 400,
    sv: 'If-Match ska vara den ETag',
    en: 'If-Match must be the ETag',
    call: ({ ids }) => ({
      as: 'admin',
      method: 'PATCH',
      path: `/articles/${ids.draft}?draft=true`,
      body: { title: 'Min' },
      headers: { 'If-Match': 'senaste' },
    }),
  },
}

const PROBLEMS: Record<(typeof PROBLEM_CODES)[number], Case | Elsewhere> = {
  token_invalid: {
    status: 400,
    sv: 'Länken är inte hel',
    en: 'The link is not complete',
    call: () => ({ method: 'POST', path: '/unsubscribe?token=x' }),
  },
  link_expired: {
    status: 410,
    sv: 'Länken är för gammal',
    en: 'The link is too old',
    call: async ({ run, token }, language) => {
      await run(`UPDATE subscribers SET locale = '${language}'`)
      return { path: `/preferences?token=${await token('preferences', new Date(0))}` }
    },
  },
  link_used: { elsewhere: 'tests/int/choosing.test.ts' },
  reader_gone: { elsewhere: 'tests/int/erasing.test.ts' },
  input_invalid: {
    status: 400,
    sv: 'ska vara en e-postadress, till exempel anna@example.com',
    en: 'must be an e-mail address such as anna@example.com',
    call: () => ({ method: 'POST', path: '/subscribe', body: { email: 'anna' } }),
  },
  too_many: { elsewhere: 'tests/int/subscribe.test.ts' },
  body_too_large: {
    status: 413,
    sv: 'längre än formuläret får vara',
    en: 'longer than the form can be',
    call: () => ({ method: 'POST', path: '/contact', body: { message: 'x'.repeat(200_000) } }),
  },
  not_saved: { elsewhere: 'tests/int/confirm.test.ts' },
  left_since: { elsewhere: 'tests/int/confirm.test.ts' },
  not_mailed: { elsewhere: 'tests/int/confirm.test.ts' },
  undo_too_late: {
    status: 409,
    sv: 'inte längre att ångra',
    en: 'cannot be taken back',
    call: async ({ run, token }, language) => {
      await run(`UPDATE subscribers SET locale = '${language}'`)
      return { method: 'POST', path: `/unsubscribe/undo?token=${await token('leave', null)}` }
    },
  },
  address_not_free: { elsewhere: 'tests/int/choosing.test.ts' },
  webhook_not_configured: {
    status: 503,
    sv: 'Sätt MAILER till resend',
    en: 'Set MAILER to resend',
    call: () => ({ method: 'POST', path: '/webhooks/resend', body: {} }),
  },
  signature_missing: { elsewhere: 'tests/int/webhooks.test.ts' },
  timestamp_out_of_range: { elsewhere: 'tests/int/webhooks.test.ts' },
  signature_invalid: { elsewhere: 'tests/int/webhooks.test.ts' },
  body_invalid: { elsewhere: 'tests/int/webhooks.test.ts' },
  webhooks_full: { elsewhere: 'tests/int/eventQueue.test.ts' },
}

let server: RunningServer
let world: World
let firstRefusals: Awaited<ReturnType<World['ask']>>[]
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  const tokens: Partial<Record<Person, string>> = {}
  const ask: World['ask'] = ({ as = 'nobody', body, headers, language = 'en', method = 'GET', path }) =>
    askServer({ url: `${server.baseUrl}/api${path}`, method, body, headers, language, token: tokens[as] })
  const register = (data: object) =>
    (['sv', 'en'] as const).map((language) =>
      ask({ method: 'POST', path: '/users/first-register', body: user(data), headers: far, language }),
    )
  firstRefusals = await Promise.all([...register({}), ...register({ setupCode: 'x' })])
  world = await makeWorld({ ask, tokens })
})
afterAll(() => server.stop())

const LANGUAGES = ['sv', 'en'] as const
const casesOf = (table: Record<string, Case | Elsewhere>) =>
  Object.entries(table).flatMap(([code, found]) =>
    'call' in found ? LANGUAGES.map((language) => ({ code, language, found })) : [],
  )

describe('each refusal of the build', () => {
  it.each([...casesOf(REFUSALS), ...casesOf(PROBLEMS)])(
    '$code reaches who asks, in the language $language',
    async ({ code, language, found }) => {
      const call = await found.call(world, language)
      const { status, errors } = await world.ask({ ...call, language })
      expect({ status, code: errors[0]?.code, message: errors[0]?.message }).toEqual({
        status: found.status,
        code,
        message: expect.stringContaining(found[language]),
      })
    },
  )

  it('has a case here: no code is forgotten', () => {
    expect([Object.keys(REFUSALS).toSorted(), Object.keys(PROBLEMS).toSorted()]).toEqual([
      REFUSAL_CODES.toSorted(),
      PROBLEM_CODES.toSorted(),
    ])
  })

  it('that is asked for in another file stands in that file', () => {
    const named = Object.entries({ ...REFUSALS, ...PROBLEMS }).flatMap(([code, found]) =>
      'elsewhere' in found ? [[code, found.elsewhere] as const] : [],
    )
    const missing = named.filter(
      ([code, file]) => !new RegExp(`\\b${code}\\b`).test(readFileSync(file, 'utf8')),
    )
    expect(missing).toEqual([])
  })

  it('of the first registration names the field of the code', () => {
    expect(firstRefusals.map(({ status, errors }) => [status, errors[0]?.code, errors[0]?.message])).toEqual([
      [400, 'setup_code_missing', 'Följande fält är ogiltigt: Kod för första inloggningen'],
      [400, 'setup_code_missing', 'The following field is invalid: Setup code'],
      [400, 'setup_code_wrong', 'Följande fält är ogiltigt: Kod för första inloggningen'],
      [400, 'setup_code_wrong', 'The following field is invalid: Setup code'],
    ])
  })
})

describe('what Payload and the parsers say', () => {
  const sv = (call: Call) => world.ask({ as: 'editor', language: 'sv', ...call })
  const post = (path: string, body?: unknown, headers?: Record<string, string>): Call => ({
    method: 'POST',
    path,
    body,
    headers,
  })

  it.each<[string, Call, number, string]>([
    [
      'a field by its name',
      post('/subscribers', { email: 'anna@example.com', consentSource: 'x' }),
      400,
      'Följande fält är ogiltigt: E-post',
    ],
    [
      'a broken _payload',
      { ...picture({ file: Buffer.from('x'), payload: '{"alt":' }) },
      400,
      'Fältet _payload är ingen giltig JSON.',
    ],
    [
      'a choice that there is not',
      post('/subscribers', { email: 'b@example.com', consentSource: 'x', locale: 'fr' }),
      400,
      'Följande fält är ogiltigt: Språk',
    ],
    ['no body at all', post('/topics'), 400, 'Följande fält är ogiltiga: Namn, Slug'],
    [
      'XML',
      post('/topics', '<topic/>', { 'Content-Type': 'application/xml' }),
      415,
      'En kropp av den här typen läses inte här. Skicka JSON',
    ],
    [
      'text for a form',
      post('/subscribe', 'x', { 'Content-Type': 'text/plain' }),
      415,
      'En kropp av den här typen läses inte här. Skicka JSON',
    ],
    [
      'text for GraphQL',
      post('/graphql', '{}', { 'Content-Type': 'text/plain' }),
      415,
      'En kropp av den här typen läses inte här. Skicka JSON',
    ],
    [
      'JSON for a file',
      post('/subscribers/import', {}),
      415,
      'En kropp av den här typen läses inte här. Skicka filen',
    ],
    ['a picture that is not there', { path: '/media/file/none.png' }, 404, 'Bilden finns inte.'],
  ])('names %s in Swedish', async (_, call, status, message) => {
    const answer = await sv(call)
    expect({ status: answer.status, message: answer.errors[0]?.message }).toEqual({
      status,
      message: expect.stringContaining(message),
    })
  })

  it('is JSON in whatever letters its type is written', async () => {
    const { status } = await sv(
      post('/topics', '{"name":"Stora bokstäver"}', { 'Content-Type': 'APPLICATION/JSON' }),
    )
    expect(status).toBe(201)
  })

  it('of a bulk change is in Swedish for each document', async () => {
    const { status, errors } = await sv({
      method: 'PATCH',
      path: `/articles?where[id][equals]=${world.ids.draft}`,
      body: { heroImage: 999 },
    })
    expect([status, [...new Set(errors.map(({ message }) => message))]]).toEqual([
      400,
      [
        'Något som är valt i ”Ledbild” finns inte längre. Välj något annat, eller ta bort det, och spara igen.',
      ],
    ])
  })

  it('is the same over GraphQL, without the names of the build', async () => {
    const query = 'mutation { createTopic(data: { name: "x", slug: "frihet" }) { id } }'
    const { errors } = await sv(post('/graphql', { query }))
    const message = 'Sluggen ”frihet” hör till ”Frihet”. Använd till exempel ”frihet-2”.'
    expect(errors).toEqual([
      {
        message,
        path: ['createTopic'],
        locations: expect.anything(),
        extensions: {
          statusCode: 400,
          code: 'slug_taken',
          data: { collection: 'topics', errors: [{ path: 'slug', label: 'Slug', message }] },
        },
      },
    ])
  })
})

describe('leaving with one click (RFC 8058)', () => {
  const FORM = 'application/x-www-form-urlencoded'
  const multipart = new FormData()
  multipart.append('List-Unsubscribe', 'One-Click')

  it.each<[string, RequestInit]>([
    ['a form', { headers: { 'Content-Type': FORM }, body: 'List-Unsubscribe=One-Click' }],
    [
      'a form that names its letters',
      { headers: { 'Content-Type': `${FORM}; charset=UTF-8` }, body: 'List-Unsubscribe=One-Click' },
    ],
    [
      'a form in capitals',
      { headers: { 'Content-Type': FORM.toUpperCase() }, body: 'List-Unsubscribe=One-Click' },
    ],
    ['multipart', { body: multipart }],
    ['multipart that is cut off', { headers: { 'Content-Type': 'multipart/form-data' }, body: '--x' }],
    ['nothing', {}],
    ['an empty form', { headers: { 'Content-Type': FORM }, body: '' }],
    ['plain text', { headers: { 'Content-Type': 'text/plain' }, body: 'List-Unsubscribe=One-Click' }],
    ['JSON that is none', { headers: { 'Content-Type': 'application/json' }, body: '{' }],
    ['a type that there is not', { headers: { 'Content-Type': 'x' }, body: 'x' }],
  ])('takes a body that is %s', async (_, init) => {
    await world.run("UPDATE subscribers SET status = 'active', unsubscribed_at = NULL WHERE id = 1")
    const path = `/api/unsubscribe?token=${await world.token('leave', null)}`
    const answer = await fetch(server.baseUrl + path, { method: 'POST', redirect: 'manual', ...init })
    const { rows } = await world.run('SELECT status FROM subscribers WHERE id = 1')
    expect([answer.status, await answer.json(), rows[0]?.status]).toEqual([
      200,
      { status: 'unsubscribed' },
      'unsubscribed',
    ])
  })
})

describe('a link that nobody may follow, over GraphQL,', () => {
  it.each(['', ', draft: true'])('is refused as over REST (%s)', async (draft) => {
    const query = `mutation ($data: mutationArticleInput!) { createArticle(data: $data${draft}) { id } }`
    const data = { title: 'Länkar', slug: 'lankar', content: withLink('javascript:alert(1)') }
    const { errors } = await world.ask({
      ...{ as: 'editor', language: 'sv', method: 'POST', path: '/graphql' },
      body: { query, variables: { data } },
    })
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('Länken ”hit” (stycke 1)'),
        extensions: expect.objectContaining({ statusCode: 400, code: 'link_unsafe' }),
      }),
    ])
  })
})

describe('editing locks over GraphQL', () => {
  it.each([
    ['are made', 'createPayloadLockedDocument(data: { user: { relationTo: users, value: 1 } })'],
    [
      'are taken over',
      'updatePayloadLockedDocument(id: LOCK, data: { user: { relationTo: users, value: 3 } })',
    ],
    ['are removed', 'deletePayloadLockedDocument(id: LOCK)'],
  ])('%s by nobody but who edits', async (_, mutation) => {
    const query = `mutation { ${mutation.replace('LOCK', String(world.ids.lock))} { id } }`
    const { errors } = await world.ask({ as: 'author', method: 'POST', path: '/graphql', body: { query } })
    expect(errors).toHaveLength(1)
    const { rows } = await world.run(
      "SELECT users_id AS id FROM payload_locked_documents_rels WHERE path = 'user'",
    )
    expect(rows.map(({ id }) => id)).toEqual([1])
  })
})

function newPassword(password: unknown): Case {
  return {
    status: 400,
    sv: 'fält är ogiltigt: Lösenord',
    en: 'field is invalid: Password',
    call: () => ({ as: 'admin', method: 'POST', path: '/users', body: user({ password }) }),
  }
}

const subscriber = (data: object): Call => ({
  as: 'editor',
  method: 'POST',
  path: '/subscribers',
  body: { email: 'ny@example.com', consentSource: 'mässan', ...data },
})

function picture({ file, payload = '{"alt":"En bild"}' }: { file: Buffer; payload?: string }): Call {
  const body = new FormData()
  body.append('_payload', payload)
  body.append('file', new Blob([new Uint8Array(file)], { type: 'image/png' }), 'a.png')
  return { as: 'editor', method: 'POST', path: '/media', body }
}

function document({ file }: { file: Buffer }): Call {
  const body = new FormData()
  body.append('_payload', '{}')
  body.append('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'a.pdf')
  return { as: 'editor', method: 'POST', path: '/files', body }
}

function withLink(url: string) {
  const text = { type: 'text', text: 'hit', format: 0, style: '', mode: 'normal', detail: 0, version: 1 }
  const link = {
    type: 'link',
    version: 3,
    fields: { linkType: 'custom', url, newTab: false },
    children: [text],
  }
  const { root } = paragraph('Texten.')
  return { root: { ...root, children: [{ ...root.children[0], children: [link] }] } }
}

async function askServer({
  url,
  method,
  body,
  headers,
  language,
  token,
}: {
  url: string
  method: string
  body: unknown
  headers: Record<string, string> | undefined
  language: string
  token: string | undefined
}): Promise<{ status: number; errors: Answered[] }> {
  const isSentAsItIs = typeof body === 'string' || body instanceof FormData
  const answer = await fetch(url, {
    method,
    headers: {
      'Accept-Language': language,
      ...(body !== undefined && !isSentAsItIs && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `JWT ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isSentAsItIs ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    errors?: Answered[]
    doc?: unknown
    token?: string
  }
  return { status: answer.status, errors: json.errors ?? [], ...json }
}

async function makeWorld({
  ask,
  tokens,
}: {
  ask: World['ask']
  tokens: Partial<Record<Person, string>>
}): Promise<World> {
  const made = async (call: Call) => {
    const answer = (await ask(call)) as { status: number; doc?: { id: number }; token?: string }
    if (answer.status >= 300) throw new Error(`${call.path}: ${JSON.stringify(answer)}`)
    return { id: answer.doc?.id ?? 0, token: answer.token }
  }
  const post = (path: string, body: object, as: Person = 'editor') => made({ as, method: 'POST', path, body })
  tokens.admin = (await post('/users/first-register', user({ email: 'admin@example.com' }), 'nobody')).token
  for (const role of ['editor', 'author'] as const) {
    const email = `${role}@example.com`
    await post('/users', user({ email, role, name: role }), 'admin')
    tokens[role] = (await post('/users/login', { email, password: PASSWORD }, 'nobody')).token
  }
  const topic = await post('/topics', { name: 'Frihet', slug: 'frihet' })
  await post('/subscribers', { email: 'anna@example.com', consentSource: 'mässan' })
  const mailed = { newsletter: { send: true, topics: [topic.id] }, _status: 'published' }
  const nobodyYet = { senderName: null, senderEmail: null, postalAddress: null }
  const follower = { email: 'bo@example.com', status: 'active', topics: [topic.id], consentSource: 'mässan' }
  const reader = await post('/subscribers', follower)
  await post('/globals/site', {
    senderName: 'Provet',
    senderEmail: 'brev@example.com',
    postalAddress: 'Provgatan 1',
  })
  const published = await post('/articles', article(mailed))
  await post('/globals/site', nobodyYet)
  await made({ as: 'admin', method: 'DELETE', path: `/subscribers/${reader.id}` })
  const draft = await post('/articles?draft=true', article({ title: 'Ett utkast' }))
  const takenOver = await post('/articles?draft=true', article({ title: 'Skribentens' }), 'author')
  const change = (data: object, query = '') =>
    made({ as: 'editor', method: 'PATCH', path: `/articles/${takenOver.id}${query}`, body: data })
  await change({ _status: 'published' })
  await change({ title: 'Redaktörens', _status: 'draft' }, '?draft=true')
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#abc' } })
    .png()
    .toBuffer()
  const shown = await made(picture({ file: png }))
  await post('/suppressions/add', { email: 'blocked@example.com', reason: 'x' })
  const lifted = await post('/suppressions/add', { email: 'lifted@example.com', reason: 'x' })
  await post(`/suppressions/${lifted.id}/lift`, { reason: 'x' }, 'admin')
  const erased = await post('/suppressions/add', { email: 'erased@example.com', reason: 'x' })
  for (const name of ['Anna', 'Berit', 'Cilla'])
    await post('/contact', { name, email: `${name.toLowerCase()}@example.com`, message: 'Hej!' }, 'nobody')

  const { database, payloadSecret: secret } = server.env
  if (database.kind !== 'sqlite') throw new Error('This writes to a SQLite file.')
  const run = async (sql: string) => {
    const client = createClient({ url: database.url })
    await client.execute('PRAGMA busy_timeout = 5000')
    return client.execute(sql).finally(() => client.close())
  }
  const idOf = async (sql: string) => Number((await run(sql)).rows[0]?.id)
  await run(`UPDATE suppressions SET reason = 'erased', email = NULL WHERE id = ${erased.id}`)
  const mail = await idOf("SELECT id FROM transactional_mails WHERE email = 'anna@example.com'")
  const expired = await idOf("SELECT id FROM transactional_mails WHERE email = 'berit@example.com'")
  await run(
    `UPDATE transactional_mails SET status = 'rejected', valid_until = '2000-01-01T00:00:00.000Z' WHERE id = ${expired}`,
  )
  await post('/suppressions/add', { email: 'cilla@example.com', reason: 'x' })
  const suppressedMail = await idOf("SELECT id FROM transactional_mails WHERE email = 'cilla@example.com'")
  const lock = await idOf('INSERT INTO payload_locked_documents (global_slug) VALUES (NULL) RETURNING id')
  await run(`INSERT INTO payload_locked_documents_rels (parent_id, path, articles_id, users_id)
    VALUES (${lock}, 'document', ${published.id}, NULL), (${lock}, 'user', NULL, 1)`)
  return {
    ask,
    run,
    ids: {
      ...{ topic: topic.id, article: published.id, draft: draft.id, takenOver: takenOver.id },
      ...{ picture: shown.id, mail, expired, suppressedMail, lock },
      campaign: await idOf('SELECT id FROM campaigns'),
      ...{ lifted: lifted.id, erased: erased.id },
    },
    token: async (purpose, expiresAt) => {
      const linkKey = (await linkKeysOf(server.env)).get('1') ?? ''
      return makeReaderToken({ secret, purpose, subscriberId: '1', linkKey, expiresAt, data: null })
    },
  }
}
