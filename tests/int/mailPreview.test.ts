import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { resendMailer } from '../../src/adapters/mailer/resend/resendMailer.ts'
import type { MailPreview } from '../../src/collections/Articles/endpoints/mailPreview.ts'
import { shownEmail } from '../../src/subscribers/emailAddress.ts'
import { overrideContext } from '../../src/content/systemSaves.ts'
import { depsOf } from '../../src/deps.ts'
import type { Article } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, createTopic, paragraph, updateArticle } from '../support/siteContent.ts'
import { articleLink, block, paragraph as line, root, text, upload } from '../unit/rich-text/stored.ts'

const SENDER = { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' }

/** The tokens of the reader's links differ; nothing else may. */
const withoutTokens = (written: string) => written.replace(/token=[\w.-]+/g, 'token=')

describe.each(testDatabases())('on $name, the look at a mail before it goes', ({ open }) => {
  let database: TestDatabase
  let emulator: ResendEmulator
  let people: Record<'nobody' | 'author' | 'editor', Rest>
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    people = {
      nobody: restAs(database),
      editor: (await logInAs({ ...database, role: 'editor' })).rest,
      author: (await logInAs({ ...database, role: 'author' })).rest,
    }
    emulator = await startResendEmulator()
    const { clock } = depsOf(payload)
    const mailer = resendMailer({ apiKey: 're_test', baseUrl: emulator.url, clock })
    Object.assign(depsOf(payload), { mailer, pace: freePace })
    await payload.updateGlobal({ slug: 'site', data: SENDER })
  })
  afterAll(async () => {
    await database.close()
    await emulator.stop()
  })

  const draftOf = (data: Partial<Article> = {}): Promise<Article> =>
    database.payload.create({
      collection: 'articles',
      locale: 'sv',
      depth: 0,
      draft: true,
      data: {
        title: 'Ett utkast',
        slug: `a-${Math.random()}`,
        content: paragraph('Texten.'),
        newsletter: { send: true },
        ...data,
        _status: 'draft',
      },
    })
  const publish = (
    id: Article['id'],
    newsletter: Article['newsletter'] = { send: true },
    context: Record<string, unknown> = {},
  ) =>
    database.payload.update({
      context,
      collection: 'articles',
      id,
      locale: 'sv',
      data: { _status: 'published', newsletter },
    })
  const preview = async (rest: Rest, id: string | number, asked?: object) => {
    const { status, body } = await rest('POST', `/articles/${id}/mail-preview`, asked)
    return { status, mail: body as unknown as MailPreview }
  }

  it('is byte for byte what the provider is given for each reader, links’ tokens aside', async () => {
    const { payload } = database
    const topic = await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
    const linked = await draftOf({ title: 'Om grus', topics: [topic.id] })
    await publish(linked.id, { send: false })
    const hidden = await draftOf({ title: 'Hemligt', topics: [topic.id] })
    const { id } = await draftOf({
      excerpt: 'Två sidor av samma mynt.',
      topics: [topic.id],
      content: root(
        line(articleLink(linked.id, text('Om grus')), articleLink(hidden.id, text(' och mer'))),
      ) as Article['content'],
      newsletter: { send: true, subject: 'Ämnet', preheader: 'Raden efter' },
    })
    await updateArticle({
      payload,
      id,
      locale: 'en',
      draft: true,
      data: { title: 'A draft', content: paragraph('The text.') },
    })
    const readers = [
      await createSubscriber(payload, { email: 'anna@åkeri.example', name: 'Anna <Berg>' }),
      await createSubscriber(payload, { email: "o'hara@example.com", name: null, locale: 'en' }),
    ]
    const seen = await Promise.all(
      readers.map((reader) => preview(people.editor, id, { subscriber: reader.id })),
    )
    // Somebody has passed the link to a draft.
    const { docs } = await payload.find({ collection: 'users', limit: 1, depth: 0 })
    const by = String(docs[0]?.id)
    const override = { checks: ['link_draft'], reason: 'Provet.', by, at: new Date() }
    const newsletter = { send: true, subject: 'Ämnet', preheader: 'Raden efter' }
    await publish(id, newsletter, overrideContext(override))
    await drain(payload)

    expect(emulator.mails).toHaveLength(readers.length)
    for (const [index, { email, name }] of readers.entries()) {
      const got = emulator.mails.find(({ to }) => to[0]?.includes(email))
      if (!got) throw new Error('A reader got nothing.')
      const { status, mail } = seen[index] ?? {}
      expect({ status, mail }).toEqual({
        status: 200,
        mail: {
          from: { name: 'Provet', email: 'brev@example.com' },
          to: { name: name ?? null, email: shownEmail(email) },
          subject: got.subject,
          preheader: index === 0 ? 'Raden efter' : 'The text.',
          html: expect.any(String),
          text: expect.any(String),
          bytes: Buffer.byteLength(mail?.html ?? ''),
          missing: [],
        },
      })
      expect(withoutTokens(mail?.html ?? '')).toBe(withoutTokens(got.html ?? ''))
      expect(withoutTokens(mail?.text ?? '')).toBe(withoutTokens(got.text ?? ''))
      // All of its links for the reader are nobody's.
      expect([...(mail?.html ?? '').matchAll(/token=([\w.-]+)/g)].map(([, token]) => token)).toEqual([
        'trial',
        'trial',
      ])
    }
  })

  it('shows a draft that nobody has written in', async () => {
    const blank = { _status: 'draft' } as unknown as Article
    const { id } = await database.payload.create({ collection: 'articles', draft: true, data: blank })
    const { status, mail } = await preview(people.author, id)
    expect([status, mail.subject]).toEqual([200, ''])
  })

  it('shows the newest draft of an article that is published, and changes nothing', async () => {
    const { id } = await draftOf({ newsletter: { send: false } })
    await publish(id, { send: false })
    await updateArticle({ payload: database.payload, id, draft: true, data: { title: 'Ny rubrik' } })
    const before = await database.payload.findByID({ collection: 'articles', id, depth: 0 })
    const { mail } = await preview(people.author, id, { locale: 'en' })
    expect(mail.subject).toBe('Ny rubrik')
    expect(mail.html).toContain('ann.hill@example.com')
    expect(await database.payload.findByID({ collection: 'articles', id, depth: 0 })).toEqual(before)
    const { title } = (await people.nobody('GET', `/articles/${id}`)).body
    expect(title).toBe('Ett utkast')
  })

  it('shows what is written and not saved, byte for byte as if it were, and writes nothing', async () => {
    const { payload } = database
    const related = await draftOf({ title: 'Läs också' })
    await publish(related.id, { send: false })
    const author = await payload.create({ collection: 'authors', data: { name: 'Sanna', slug: 'sanna' } })
    const { id } = await draftOf({
      newsletter: { send: true, subject: 'Gammalt ämne', preheader: 'Står kvar' },
    })
    const unsaved = {
      title: 'Nyskrivet',
      excerpt: 'Ny ingress',
      content: root(line(articleLink(related.id, text('Länken')), text(' i texten'))),
      authors: [author.id],
      relatedArticles: [related.id],
      newsletter: { subject: 'Nytt ämne' },
    }
    const before = await payload.findByID({
      collection: 'articles',
      id,
      depth: 0,
      draft: true,
      locale: 'all',
    })
    const asked = { locale: 'sv', unsaved: { locale: 'sv', values: unsaved } }
    const { status, mail } = await preview(people.author, id, asked)
    const after = await payload.findByID({ collection: 'articles', id, depth: 0, draft: true, locale: 'all' })
    expect([status, mail.subject, mail.preheader]).toEqual([200, 'Nytt ämne', 'Står kvar'])
    expect(after).toEqual(before)
    // Somebody who reads English has no text of their own, and gets what is written in Swedish.
    const english = await preview(people.author, id, { ...asked, locale: 'en' })
    expect(english.mail.subject).toBe('Nytt ämne')

    await updateArticle({
      ...{ payload, id, locale: 'sv', draft: true },
      data: {
        ...unsaved,
        newsletter: { ...before.newsletter, subject: 'Nytt ämne', preheader: 'Står kvar' },
      } as never,
    })
    expect(mail).toEqual((await preview(people.author, id, { locale: 'sv' })).mail)
  })

  it('shows of an unsaved text nothing that its readers may not see, whatever stands in it', async () => {
    const reader = await createSubscriber(database.payload, { email: 'hemlig@example.com' })
    const hidden = await draftOf({ title: 'Hemlig titel', slug: 'hemlig-titel' })
    const { id } = await draftOf()
    const uploadOf = (relationTo: unknown, value: unknown) => ({ ...upload(value), relationTo })
    const content = root(
      line(articleLink(hidden.id, text('Länken'))),
      line({
        ...articleLink(reader.id, text('hit')),
        fields: { linkType: 'internal', doc: { relationTo: 'subscribers', value: reader.id } },
      }),
      uploadOf('subscribers', reader.id),
      uploadOf('nothing', 1),
      uploadOf('media', 'x'),
      uploadOf('media', { id: {} }),
      block({ blockType: 'video', url: 'https://youtu.be/dQw4w9WgXcQ', title: 'Video', picture: 'x' }),
      { type: 'nobody-knows', children: [text('Texten finns kvar.')] },
    )
    const { status, mail } = await preview(people.author, id, {
      unsaved: { locale: 'sv', values: { title: 'Nytt', content, heroImage: null, authors: [], topics: [] } },
    })
    expect(status).toBe(200)
    expect(mail.html).toContain('Texten finns kvar.')
    expect(mail.html + mail.text).not.toMatch(/hemlig/i)
  })

  it('gives what is written in one language to its own readers alone', async () => {
    const { id } = await draftOf()
    const unsaved = { locale: 'en', values: { title: 'In English' } }
    const subjects = ['sv', 'en'].map(
      async (locale) => (await preview(people.editor, id, { locale, unsaved })).mail.subject,
    )
    expect(await Promise.all(subjects)).toEqual(['Ett utkast', 'In English'])
  })

  it('knows no name of a nameless reader', async () => {
    const { id } = await draftOf()
    const { mail } = await preview(people.editor, id, { named: false })
    expect(mail.to).toEqual({ name: null, email: 'anna.berg@example.com' })
  })

  it.each([
    ['a field that no mail shows', { slug: 'x' }, 'body_invalid'],
    ['a text where a tree stands', { content: { root: 'x' } }, 'wrong_type'],
    ['an id that is none', { heroImage: 'x' }, 'wrong_type'],
    ['a title without end', { title: 'x'.repeat(1_001) }, 'body_invalid'],
    ['more authors than any article has', { authors: Array(101).fill(1) }, 'body_invalid'],
  ])('refuses of what is unsaved %s', async (_, values, code) => {
    const { id } = await draftOf()
    const { status, body } = await people.author('POST', `/articles/${id}/mail-preview`, {
      unsaved: { locale: 'sv', values },
    })
    expect([status, (body.errors as { code: string }[])[0]?.code]).toEqual([400, code])
  })

  it('shows what there is when the settings of the site are not made, and names them', async () => {
    const { payload } = database
    await payload.updateGlobal({ slug: 'site', data: { ...SENDER, senderEmail: null, postalAddress: null } })
    const { id } = await draftOf()
    const { status, mail } = await preview(people.editor, id)
    await payload.updateGlobal({ slug: 'site', data: SENDER })
    expect({ status, ...mail, html: '', text: '' }).toEqual({
      status: 200,
      from: { name: 'Provet', email: 'utskick@site.example' },
      to: { name: 'Anna Berg', email: 'anna.berg@example.com' },
      subject: 'Ett utkast',
      preheader: 'Texten.',
      html: '',
      text: '',
      bytes: mail.bytes,
      missing: ['senderEmail', 'postalAddress'],
    })
  })

  it('is for staff, names what it cannot read, and tells nothing hidden from nothing there', async () => {
    const { payload } = database
    const { id } = await draftOf()
    const reader = await createSubscriber(payload, { email: 'bo@example.com' })
    const trashed = await draftOf()
    await payload.update({
      collection: 'articles',
      id: trashed.id,
      data: { deletedAt: new Date().toISOString() },
    })
    const statusOf = async (rest: Rest, article: string | number, asked?: object) =>
      (await preview(rest, article, asked)).status
    expect({
      nobody: await statusOf(people.nobody, id),
      nobodyElsewhere: await statusOf(people.nobody, 'x'),
      author: await statusOf(people.author, id),
      authorOnSomebody: await statusOf(people.author, id, { subscriber: reader.id }),
      authorOnNobody: await statusOf(people.author, id, { subscriber: 'x' }),
      unknown: await statusOf(people.editor, 'x'),
      trashed: await statusOf(people.editor, trashed.id),
      onNobody: await statusOf(people.editor, id, { subscriber: 'x' }),
    }).toEqual({
      nobody: 401,
      nobodyElsewhere: 401,
      author: 200,
      authorOnSomebody: 403,
      authorOnNobody: 403,
      unknown: 404,
      trashed: 404,
      onNobody: 404,
    })
    const { status, body } = await people.editor('POST', `/articles/${id}/mail-preview`, { locale: 'fi' })
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        expect.objectContaining({
          code: 'body_invalid',
          data: { errors: [{ path: 'locale', message: expect.any(String) }] },
        }),
      ],
    })
  })
})
