import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { asScheduled } from '../../src/content/systemSaves.ts'
import { depsOf } from '../../src/deps.ts'
import { isWebVersion, readWebVersionName } from '../../src/newsletter/rules/webVersion.ts'
import type { CampaignMove } from '../../src/newsletter/rules/campaignMoves.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}

interface CampaignDoc {
  id: Id
  status: string
  problem: { code: string | null; message: string | null }
  moves: CampaignMove[]
  override: { checks: string[] | null; reason: string | null; by: Id | null; at: string | null }
}

describe.each(testDatabases())('on $name, publishing', ({ open }) => {
  let database: TestDatabase
  let admin: { rest: Rest; id: Id }
  let editor: Rest
  let author: Rest
  let mailer: MemoryMailer
  beforeAll(async () => {
    database = await open()
    admin = await logInAs({ ...database, role: 'admin' })
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    author = (await logInAs({ ...database, role: 'author' })).rest
    await editor('POST', '/globals/site', SENDER)
  })
  beforeEach(async () => {
    await database.payload.delete({ collection: 'subscribers', where: {} })
    await createSubscriber(database.payload)
    mailer = memoryMailer()
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
  })
  afterAll(() => database.close())

  const create = async (data: object = {}): Promise<Id> => {
    const { status, body } = await editor('POST', '/articles?depth=0&draft=true', {
      title: 'Ny artikel',
      content: paragraph('En text.'),
      _status: 'draft',
      ...data,
    })
    expect(status).toBe(201)
    return (body.doc as { id: Id }).id
  }
  const publish = (id: Id, body: object, by = editor, headers: Record<string, string> = {}) =>
    by('POST', `/articles/${id}/publish`, body, headers)
  const refusalOf = ({ status, body }: Awaited<ReturnType<Rest>>) => {
    const [error] = (body.errors ?? []) as { code?: string; message: string; data?: object }[]
    return { status, code: error?.code, message: error?.message }
  }
  const articleOf = async (id: Id) => (await editor('GET', `/articles/${id}?depth=0&draft=true`)).body
  const campaignOf = async (id: Id) => {
    const { body } = await editor('GET', `/campaigns?where[article][equals]=${id}&depth=0`)
    return (body.docs as CampaignDoc[])[0]
  }
  const isPublic = async (id: Id) => (await restAs(database)('GET', `/articles/${id}`)).status === 200
  const move = (campaign: Id | undefined, control: string, body?: object, by = editor) =>
    by('POST', `/campaigns/${campaign}/${control}`, body)

  describe('by the publish endpoint', () => {
    it('to the site alone mails nobody, and the article says so', async () => {
      const id = await create()
      const { status, body } = await publish(id, { channels: 'site' })
      expect([status, body]).toEqual([
        200,
        {
          article: { id, _status: 'published', updatedAt: expect.any(String) },
          campaign: null,
          plan: null,
        },
      ])
      await drain(database.payload)
      const { newsletter } = await articleOf(id)
      expect([await isPublic(id), newsletter, await campaignOf(id), mailer.mails]).toMatchObject([
        true,
        { send: false },
        undefined,
        [],
      ])
    })

    it('with the newsletter mails those who follow the topics that it names; the rest of the article stays', async () => {
      const topic = await database.payload.create({
        collection: 'topics',
        locale: 'sv',
        data: { name: 'Teknik', slug: 'teknik' },
      })
      await createSubscriber(database.payload, { email: 'teknik@example.com', topics: [topic.id] })
      const newsletter = { send: false, subject: 'Ämnesraden', preheader: 'Före texten' }
      const id = await create({ newsletter })
      const { status, body } = await publish(id, { channels: 'site_and_mail', topics: [topic.id] })
      expect([status, body.campaign]).toEqual([200, { id: expect.any(String), status: 'scheduled' }])
      await drain(database.payload)
      const article = await articleOf(id)
      expect(mailer.mails.map(({ to, subject }) => [to.email, subject])).toEqual([
        ['teknik@example.com', 'Ämnesraden'],
      ])
      expect(article.newsletter).toMatchObject({ ...newsletter, send: true, topics: [topic.id] })
      expect(article.title).toBe('Ny artikel')
    })

    it('publishes the newest draft, in every language', async () => {
      const id = await create()
      await publish(id, { channels: 'site' })
      await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Nyare' })
      await editor('PATCH', `/articles/${id}?draft=true&locale=en`, {
        title: 'Newer',
        content: paragraph('A text.'),
      })
      expect((await publish(id, { channels: 'site' })).status).toBe(200)
      const read = async (locale: string) =>
        (await restAs(database)('GET', `/articles/${id}?locale=${locale}`)).body.title
      expect([await read('sv'), await read('en')]).toEqual(['Nyare', 'Newer'])
    })

    it('of what was mailed goes to the site alone', async () => {
      const id = await create()
      await publish(id, { channels: 'site_and_mail' })
      await drain(database.payload)
      await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Rättad' })
      const again = await publish(id, { channels: 'site_and_mail' })
      const read = async () => (await restAs(database)('GET', `/articles/${id}`)).body.title
      expect([refusalOf(again), await read()]).toEqual([
        { status: 409, code: 'already_mailed', message: expect.stringContaining('follow-up.') },
        'Ny artikel',
      ])
      expect((await publish(id, { channels: 'site' })).status).toBe(200)
      await drain(database.payload)
      expect([await read(), mailer.mails.length, (await campaignOf(id))?.status]).toEqual([
        'Rättad',
        1,
        'submitted',
      ])
    })

    it.each<[string, unknown, string]>([
      ['nothing', {}, 'channels: site, site_and_mail or mail.'],
      ['a channel that is none', { channels: 'fax' }, 'channels: site, site_and_mail or mail.'],
      [
        'topics without a mail',
        { channels: 'site', topics: [] },
        'topics and override belong to a newsletter',
      ],
      ['topics that are none', { channels: 'site_and_mail', topics: ['x'] }, 'a list of the ids of topics'],
      [
        'topics that are no list',
        { channels: 'site_and_mail', topics: 'all' },
        'a list of the ids of topics',
      ],
      [
        'to pass what nobody passes',
        { channels: 'site_and_mail', override: { checks: ['sender'], reason: 'x' } },
        'override.checks: a list of the checks to pass',
      ],
      [
        'to pass without a reason',
        { channels: 'site_and_mail', override: { checks: ['placeholder'], reason: ' ' } },
        'override.reason: why',
      ],
      ['what it does not know', { channels: 'site', when: 'now' }, 'JSON object'],
      [
        'the same check more often than there are any',
        {
          channels: 'site_and_mail',
          override: { checks: Array.from({ length: 40 }, () => 'placeholder'), reason: 'x' },
        },
        'override.checks: a list of the checks to pass',
      ],
    ])('that is asked %s is refused and writes nothing', async (_, body, words) => {
      const id = await create()
      const answer = refusalOf(await publish(id, body as object))
      expect(answer).toMatchObject({ status: 400, code: 'body_invalid' })
      expect(answer.message).toContain(words)
      expect([await isPublic(id), await campaignOf(id)]).toEqual([false, undefined])
    })

    describe('by mail alone', () => {
      const namesPageOf = async (url: string, id: Id) => {
        const name = readWebVersionName(new URL(url).pathname.slice('/m/'.length))
        const createdAt = new Date((await articleOf(id)).createdAt as string)
        return name !== null && isWebVersion({ ...name, secret: depsOf(database.payload).secret, createdAt })
      }

      it('mails everybody, leads them to a page of their own, and is there for nobody else', async () => {
        const id = await create({ title: 'Till er' })
        const preview = await editor('POST', `/articles/${id}/mail-preview`, { locale: 'sv' })
        const { status, body } = await publish(id, { channels: 'mail' })
        expect([status, body.campaign]).toEqual([200, { id: expect.any(String), status: 'scheduled' }])
        await drain(database.payload)
        const [mail] = mailer.mails
        const [url = ''] = mail?.text.match(new RegExp(String.raw`http://\S+/m/\S+`)) ?? []
        expect({
          mails: mailer.mails.map(({ subject }) => subject),
          isItsPage: await namesPageOf(url, id),
          isPublic: await isPublic(id),
          permanent: mail?.text.includes('/a/'),
          article: await articleOf(id),
        }).toMatchObject({
          mails: ['Till er'],
          isItsPage: true,
          isPublic: false,
          permanent: false,
          article: { _status: 'published', visibility: 'mail_only', newsletter: { send: true } },
        })
        // The look at it before named the same page.
        expect((preview.body as { text?: string }).text).not.toContain('/m/')
        await editor('PATCH', `/articles/${id}?draft=true`, { visibility: 'mail_only' })
        const again = await editor('POST', `/articles/${id}/mail-preview`, { locale: 'sv' })
        expect((again.body as { text?: string }).text).toContain(url)
      })

      it('stays so when its text is corrected, until somebody publishes it on the site', async () => {
        const id = await create({ title: 'Till er' })
        await publish(id, { channels: 'mail' })
        await drain(database.payload)
        const corrected = await editor('PATCH', `/articles/${id}`, { title: 'Rättad', _status: 'published' })
        const refused = await publish(id, { channels: 'mail' })
        const before = await isPublic(id)
        expect([corrected.status, refusalOf(refused).code, before]).toEqual([200, 'already_mailed', false])
        expect((await publish(id, { channels: 'site' })).status).toBe(200)
        expect([await isPublic(id), mailer.mails.length]).toEqual([true, 1])
      })

      it('is not for what is on the site, nor without a newsletter', async () => {
        const id = await create()
        await publish(id, { channels: 'site' })
        const onSite = await publish(id, { channels: 'mail' })
        const silent = await editor('POST', '/articles?depth=0', {
          ...{ title: 'Tyst', content: paragraph('Text.'), _status: 'published' },
          ...{ visibility: 'mail_only', newsletter: { send: false } },
        })
        expect([refusalOf(onSite), refusalOf(silent), await isPublic(id)]).toMatchObject([
          { status: 409, code: 'is_public' },
          { status: 400, code: 'visibility_without_mail' },
          true,
        ])
      })

      it('can be planned, keeps a newer draft from the site, and can be undone in its hold', async () => {
        const planned = await create({ title: 'Planerad' })
        const at = new Date(Date.now() + 3_600_000).toISOString()
        const { body } = await publish(planned, { channels: 'mail', at })
        expect(body.plan).toMatchObject({ channels: 'mail', status: 'waiting' })
        await database.payload.updateGlobal({ slug: 'site', data: { holdSeconds: 60 } })
        const id = await create({ title: 'Ångrad' })
        await publish(id, { channels: 'mail' })
        const campaign = await campaignOf(id)
        const undone = await move(campaign?.id, 'undo')
        await database.payload.updateGlobal({ slug: 'site', data: { holdSeconds: 0 } })
        await drain(database.payload)
        const { _status, visibility } = await articleOf(id)
        expect([undone.status, _status, visibility, mailer.mails]).toEqual([200, 'draft', 'mail_only', []])
        // The same click again sends it.
        await publish(id, { channels: 'mail' })
        await drain(database.payload)
        expect([mailer.mails.length, await isPublic(id)]).toEqual([1, false])
      })

      it('is not shown to everybody because an older version is restored', async () => {
        const id = await create({ title: 'Före' })
        await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Ett utkast till' })
        await publish(id, { channels: 'mail' })
        await drain(database.payload)
        const { body } = await editor(
          'GET',
          `/articles/versions?where[parent][equals]=${id}&sort=createdAt&depth=0`,
        )
        const [oldest] = body.docs as { id: Id; version: { visibility: string } }[]
        expect(oldest?.version.visibility).toBe('public')
        const restored = await editor('POST', `/articles/versions/${oldest?.id}?draft=true`)
        await editor('PATCH', `/articles/${id}`, { _status: 'published' })
        const whole = await editor('POST', `/articles/versions/${oldest?.id}`)
        expect([restored.status, whole.status, await isPublic(id), (await articleOf(id)).visibility]).toEqual(
          [...[200, 200, false, 'mail_only']],
        )
      })

      it('is chosen by editors', async () => {
        const { body } = await author('POST', '/articles?depth=0&draft=true', {
          ...{ title: 'Skribentens', content: paragraph('Text.'), visibility: 'mail_only' },
        })
        expect((body.doc as { visibility?: string }).visibility).toBe('public')
      })
    })

    it('publishes what its caller has seen, and nothing newer, when it names that', async () => {
      const id = await create()
      const seen = String((await articleOf(id)).updatedAt)
      await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Någon annans' })
      const stale = await publish(id, { channels: 'site' }, editor, { 'If-Match': `"${seen}"` })
      expect([refusalOf(stale), await isPublic(id)]).toMatchObject([
        { status: 409, code: 'save_stale' },
        false,
      ])
      const newest = String((await articleOf(id)).updatedAt)
      const taken = await publish(id, { channels: 'site' }, editor, { 'If-Match': `"${newest}"` })
      expect([taken.status, await isPublic(id)]).toEqual([200, true])
    })

    it('publishes an article that is written in another language than Swedish', async () => {
      const { body } = await editor('POST', '/articles?draft=true&locale=en', {
        title: 'In English',
        content: paragraph('A text.'),
        _status: 'draft',
      })
      const { id } = body.doc as { id: Id }
      const answer = await editor('POST', `/articles/${id}/publish?locale=en`, { channels: 'site_and_mail' })
      expect(answer.status).toBe(200)
      await drain(database.payload)
      expect(mailer.mails.map(({ subject }) => subject)).toEqual(['In English'])
    })

    it.each(['holding', 'scheduled', 'paused'])(
      'to the site alone takes a campaign back that is %s and has mailed nobody',
      async (status) => {
        await editor('POST', '/globals/site', { holdSeconds: status === 'holding' ? 60 : 0 })
        const id = await create()
        await publish(id, { channels: 'site_and_mail' })
        const campaign = await campaignOf(id)
        if (status === 'paused') await move(campaign?.id, 'pause')
        expect((await campaignOf(id))?.status).toBe(status)
        const { body } = await publish(id, { channels: 'site' })
        await editor('POST', '/globals/site', { holdSeconds: 0 })
        await drain(database.payload)
        expect([body.campaign, await isPublic(id), mailer.mails]).toEqual([
          { id: String(campaign?.id), status: 'cancelled' },
          true,
          [],
        ])
        await publish(id, { channels: 'site_and_mail' })
        await drain(database.payload)
        expect([(await campaignOf(id))?.status, mailer.mails.length]).toEqual(['submitted', 1])
      },
    )

    it('is for editors, of articles that are there', async () => {
      const id = await create()
      const asked = { channels: 'site' }
      expect([
        (await publish(id, asked, restAs(database))).status,
        (await publish(id, asked, author)).status,
        (await publish('999999999', asked)).status,
        (await publish('x', asked)).status,
        await isPublic(id),
      ]).toEqual([401, 403, 404, 404, false])
    })
  })

  describe('in spite of a stop', () => {
    const override = { checks: ['placeholder'], reason: 'Texten handlar om mallar.' }
    const asked = { channels: 'site_and_mail', override }

    it('is for admins, who say why; the campaign keeps who, when and why', async () => {
      const id = await create({ title: 'Så skriver du {{namn}}' })
      expect([
        refusalOf(await publish(id, { channels: 'site_and_mail' })),
        refusalOf(await publish(id, asked)),
        await isPublic(id),
      ]).toMatchObject([
        { status: 422, code: 'newsletter_stopped' },
        { status: 403, code: 'admins_only' },
        false,
      ])
      expect((await publish(id, asked, admin.rest)).status).toBe(200)
      await drain(database.payload)
      const campaign = await campaignOf(id)
      expect([campaign?.status, mailer.mails.length, campaign?.override]).toEqual([
        'submitted',
        1,
        { ...override, by: admin.id, at: expect.any(String) },
      ])
      const name = expect.any(String)
      expect(campaign?.moves.slice(0, 2)).toMatchObject([
        { control: 'publish', by: String(admin.id), byName: name, override: null },
        { control: 'override', by: String(admin.id), byName: name, override },
      ])
    })

    it('is kept by a campaign that is in its hold already', async () => {
      await editor('POST', '/globals/site', { holdSeconds: 60 })
      const id = await create()
      await publish(id, { channels: 'site_and_mail' })
      await editor('PATCH', `/articles/${id}?draft=true`, { title: 'Så skriver du {{namn}}' })
      expect((await publish(id, asked, admin.rest)).status).toBe(200)
      const campaign = await campaignOf(id)
      expect([campaign?.status, campaign?.override]).toMatchObject(['holding', { ...override, by: admin.id }])
      await move(campaign?.id, 'send-now')
      await editor('POST', '/globals/site', { holdSeconds: 0 })
      await drain(database.payload)
      expect([(await campaignOf(id))?.status, mailer.mails.length]).toEqual(['submitted', 1])
    })

    it('is not for a campaign that staff have paused', async () => {
      const id = await create()
      await publish(id, { channels: 'site_and_mail' })
      const campaign = await campaignOf(id)
      await move(campaign?.id, 'pause')
      expect(refusalOf(await move(campaign?.id, 'resume', { override }, admin.rest))).toMatchObject({
        status: 409,
        code: 'campaign_state',
      })
      expect((await campaignOf(id))?.override.checks).toBeNull()
      await publish(id, { channels: 'site' })
    })

    it('passes the checks that it names alone', async () => {
      const id = await create({ title: 'Så skriver du {{namn}}' })
      const other = { ...asked, override: { ...override, checks: ['link_draft'] } }
      expect(refusalOf(await publish(id, other, admin.rest))).toMatchObject({
        status: 422,
        code: 'newsletter_stopped',
      })
      expect(await isPublic(id)).toBe(false)
    })
  })

  describe('is looked at once more before anybody is mailed', () => {
    const linkTo = (id: Id) => {
      const content = paragraph('En text.')
      const link = {
        ...{ type: 'link', version: 3, format: '', indent: 0, direction: 'ltr' },
        fields: { linkType: 'internal', doc: { relationTo: 'articles', value: id }, newTab: false },
        children: [
          { type: 'text', version: 1, text: 'hit', format: 0, mode: 'normal', style: '', detail: 0 },
        ],
      }
      Object.assign(content.root.children[0] ?? {}, { children: [link] })
      return content
    }

    it('what became a stop in the hold pauses the campaign, which goes on when it is mended', async () => {
      const linked = await create({ title: 'Den andra' })
      await publish(linked, { channels: 'site' })
      const id = await create({ content: linkTo(linked) })
      await publish(id, { channels: 'site_and_mail' })
      await editor('PATCH', `/articles/${linked}`, { _status: 'draft' })
      await drain(database.payload)
      const paused = await campaignOf(id)
      expect([paused?.status, paused?.problem, mailer.mails]).toMatchObject([
        'paused',
        {
          code: 'stopped_by_link_draft',
          message:
            'A link leads to an article that not everybody can read: a draft, or one that is only mailed. Publish that on the site first, or remove the link. (hit → Den andra) Mend it, then publish the article again or resume the campaign.',
        },
        [],
      ])
      expect((await move(paused?.id, 'resume')).status).toBe(200)
      await drain(database.payload)
      expect([(await campaignOf(id))?.status, mailer.mails]).toEqual(['paused', []])
      await publish(linked, { channels: 'site' })
      expect((await move(paused?.id, 'resume')).status).toBe(200)
      await drain(database.payload)
      expect([(await campaignOf(id))?.status, mailer.mails.length]).toEqual(['submitted', 1])
    })

    it('a mail that Gmail cuts is not sent; shortened and published again it is', async () => {
      const id = await create({ content: paragraph('En lång text. '.repeat(9_000)) })
      await publish(id, { channels: 'site_and_mail' })
      await drain(database.payload)
      expect([(await campaignOf(id))?.problem.code, mailer.mails]).toEqual(['stopped_by_size', []])
      await editor('PATCH', `/articles/${id}?draft=true`, { content: paragraph('Kortare.') })
      expect((await publish(id, { channels: 'site_and_mail' })).status).toBe(200)
      await drain(database.payload)
      expect([(await campaignOf(id))?.status, mailer.mails.length]).toEqual(['submitted', 1])
    })

    it('what was planned pauses too, and names what it is', async () => {
      const id = await create({ title: 'Hej {{namn}}' })
      await asScheduled(() =>
        database.payload.update({ collection: 'articles', id, data: { _status: 'published' } }),
      )
      await drain(database.payload)
      expect([await isPublic(id), (await campaignOf(id))?.problem.code, mailer.mails]).toEqual([
        true,
        'stopped_by_placeholder',
        [],
      ])
    })

    it('an admin passes one after the other when the campaign is resumed, with a reason each', async () => {
      const hidden = await create({ title: 'Hemligt' })
      const id = await create({ title: 'Hej {{namn}}', content: linkTo(hidden) })
      await asScheduled(() =>
        database.payload.update({ collection: 'articles', id, data: { _status: 'published' } }),
      )
      await drain(database.payload)
      const campaign = await campaignOf(id)
      expect(campaign?.problem.code).toBe('stopped_by_link_draft')
      const first = { checks: ['link_draft'], reason: 'Den publiceras i kväll.' }
      await move(campaign?.id, 'resume', { override: first }, admin.rest)
      await drain(database.payload)
      expect((await campaignOf(id))?.problem.code).toBe('stopped_by_placeholder')
      const override = { checks: ['placeholder'], reason: 'Texten handlar om mallar.' }
      expect(refusalOf(await move(campaign?.id, 'resume', { override }))).toMatchObject({
        status: 403,
        code: 'admins_only',
      })
      expect((await move(campaign?.id, 'resume', { override }, admin.rest)).status).toBe(200)
      await drain(database.payload)
      const after = await campaignOf(id)
      expect([after?.status, mailer.mails.length, after?.override]).toMatchObject([
        'submitted',
        1,
        {
          checks: ['link_draft', 'placeholder'],
          reason: 'Den publiceras i kväll. · Texten handlar om mallar.',
          by: admin.id,
        },
      ])
      // Each with its own reason.
      const told = after?.moves.flatMap(
        ({ control, override: passed, problem }) => passed ?? control ?? problem?.code ?? [],
      )
      expect(told).toEqual([
        'publish',
        'stopped_by_link_draft',
        first,
        'resume',
        'stopped_by_placeholder',
        override,
        'resume',
      ])
    })
  })
})
