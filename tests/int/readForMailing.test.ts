import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import sharp from 'sharp'
import { payloadArticles } from '../../src/adapters/articles/index.ts'
import type { Article, Author, Media, Site as SiteSettings } from '../../src/payload-types.ts'
import { FIRST_EDITION } from '../support/flow/builders.ts'
import { createTopic, paragraph } from '../support/siteContent.ts'
import { openSite, ORIGIN, type Site } from '../support/visitSite.ts'
import {
  articleLink,
  block,
  link,
  list,
  item,
  paragraph as line,
  root,
  text,
  upload,
} from '../unit/rich-text/stored.ts'

let site: Site
let payload: Payload
beforeAll(async () => {
  site = await openSite()
  payload = site.payload
})
afterAll(() => site.stop())
beforeEach(async () => {
  for (const collection of ['campaigns', 'articles', 'authors', 'topics', 'media'] as const)
    await payload.delete({ collection, where: {}, trash: collection === 'articles' })
  await setSite({})
})

const SETTINGS = {
  name: 'Trimero',
  brandColor: '#123456',
  phone: '08-777 28 68',
  answerTime: 'Vi svarar inom 24 timmar.',
  senderName: 'Trimero AB',
  senderEmail: 'nyheter@trimero.example',
  replyTo: null,
  postalAddress: 'Drottninggatan 12\n111 51 Stockholm',
} satisfies Partial<SiteSettings>

async function setSite(settings: Partial<SiteSettings>): Promise<void> {
  await payload.updateGlobal({ slug: 'site', locale: 'sv', data: { ...SETTINGS, logo: null, ...settings } })
  await payload.updateGlobal({
    slug: 'site',
    locale: 'en',
    data: { answerTime: 'We answer within 24 hours.' },
  })
}

/** What the editor stores has more in it than the generated type says. */
const stored = (content: ReturnType<typeof root>) => content as Article['content']

type ArticleData = Partial<Omit<Article, 'id' | 'updatedAt' | 'createdAt'>>

/** A published article that starts no campaign by itself. */
const createArticle = ({ title = 'Frihet', ...data }: ArticleData = {}): Promise<Article> =>
  payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    draft: data._status === 'draft',
    data: {
      title,
      slug: title.toLowerCase(),
      content: paragraph(`Texten till ${title}.`),
      publishedAt: '2026-11-24T07:00:00.000Z',
      _status: 'published',
      ...data,
      newsletter: { send: false, ...data.newsletter },
    },
  })

async function createImage(name: string, width = 1500): Promise<Media> {
  const data = await sharp({ create: { width, height: width / 2, channels: 3, background: '#1f5f4a' } })
    .jpeg()
    .toBuffer()
  return payload.create({
    collection: 'media',
    locale: 'sv',
    data: { alt: `Bild: ${name}` },
    file: { data, mimetype: 'image/jpeg', name: `${name}.jpg`, size: data.length },
  })
}

const createAuthor = (data: Pick<Author, 'name'> & Partial<Author>): Promise<Author> =>
  payload.create({ collection: 'authors', locale: 'sv', data: { slug: data.name.toLowerCase(), ...data } })

const removeFile = (filename: string) =>
  rmSync(join(payload.collections.media.config.upload.staticDir ?? '', filename))

const articles = () =>
  payloadArticles({ payload, baseUrl: ORIGIN, secret: 'a secret', clock: { now: () => new Date() } })
const readSource = (id: Article['id'] | string) =>
  articles().readForMailing({ ...FIRST_EDITION, articleId: String(id) })
async function readReady(id: Article['id']) {
  const source = await readSource(id)
  if (source.kind !== 'ready') throw new Error(`The article is ${source.kind}`)
  return source
}

const file = (name: string, width: number) => ({
  url: `${ORIGIN}/api/media/file/${name}`,
  width,
  height: width / 2,
})
/** An image of 1,500 pixels as a mail sees it. */
const shown = (name: string) => ({
  alt: `Bild: ${name}`,
  files: [
    file(`${name}-640x320.jpg`, 640),
    file(`${name}-1280x640.jpg`, 1280),
    file(`${name}-1500x750.jpg`, 1500),
  ],
})
/** What is cut out of it for mail. */
const cut = (name: string, size: string, width: number, height: number) => ({
  alt: `Bild: ${name}`,
  files: [{ url: `${ORIGIN}/api/media/file/${name}-${size}-${width}x${height}.jpg`, width, height }],
})
const words = (value: string) => ({ kind: 'text', text: value, formats: [] })

describe('a published article', () => {
  it('is read with all that its mail shows', async () => {
    const portrait = await createImage('sanna')
    const [hero, inText] = [await createImage('ledbild'), await createImage('frukost')]
    const author = await createAuthor({
      name: 'Sanna',
      title: 'Konsult',
      bio: 'Bjuder på frukost.',
      portrait: portrait.id,
    })
    const topic = await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
    const other = await createArticle({
      title: 'Grus',
      excerpt: 'Kort.',
      heroImage: inText.id,
      topics: [topic.id],
    })
    const draft = await createArticle({ title: 'Hemligt', topics: [topic.id], _status: 'draft' })
    const { id } = await createArticle({
      excerpt: 'Två sidor av samma mynt.',
      heroImage: hero.id,
      authors: [author.id],
      topics: [topic.id],
      newsletter: { subject: 'Ämnet', preheader: 'Raden efter', topics: [topic.id] },
      content: stored(
        root(
          line(articleLink(other.id, text('Om grus')), articleLink(draft.id, text(' och mer'))),
          list('bullet', [item([text('Självinsikt', 1)])]),
          upload(inText.id, { caption: 'Foto: Frida' }),
          block({
            blockType: 'callout',
            tone: 'tip',
            content: root(line(articleLink(other.id, text('Läs')))),
          }),
          line(link('https://exempel.se/självinsikt', text('mer'))),
        ),
      ),
    })

    expect(await readReady(id)).toEqual({
      kind: 'ready',
      sender: {
        name: 'Trimero AB',
        email: 'nyheter@trimero.example',
        replyTo: 'nyheter@trimero.example',
      },
      listId: 'newsletter.site.example',
      baseUrl: ORIGIN,
      topicIds: [String(topic.id)],
      canary: null,
      content: {
        sv: {
          language: 'sv',
          subject: 'Ämnet',
          preheader: 'Raden efter',
          site: {
            name: 'Trimero',
            url: `${ORIGIN}/sv`,
            brandColor: '#123456',
            logo: null,
            logoOnDark: null,
            senderName: 'Trimero AB',
            replyTo: 'nyheter@trimero.example',
            postalAddress: 'Drottninggatan 12\n111 51 Stockholm',
            phone: '08-777 28 68',
            answerTime: 'Vi svarar inom 24 timmar.',
          },
          article: {
            title: 'Frihet',
            excerpt: 'Två sidor av samma mynt.',
            url: `${ORIGIN}/a/${id}?l=sv`,
            publishedAt: '2026-11-24T07:00:00.000Z',
            heroImage: shown('ledbild'),
            authors: [
              {
                name: 'Sanna',
                title: 'Konsult',
                bio: 'Bjuder på frukost.',
                portrait: cut('sanna', 'portrait', 96, 96),
              },
            ],
            text: [
              {
                kind: 'paragraph',
                children: [
                  { kind: 'link', url: `${ORIGIN}/a/${other.id}?l=sv`, children: [words('Om grus')] },
                  words(' och mer'),
                ],
              },
              {
                kind: 'list',
                style: 'bullet',
                start: 1,
                items: [
                  {
                    isChecked: null,
                    children: [{ kind: 'text', text: 'Självinsikt', formats: ['bold'] }],
                    nested: [],
                  },
                ],
              },
              { kind: 'image', image: shown('frukost'), caption: 'Foto: Frida' },
              {
                kind: 'callout',
                tone: 'tip',
                content: [
                  {
                    kind: 'paragraph',
                    children: [
                      { kind: 'link', url: `${ORIGIN}/a/${other.id}?l=sv`, children: [words('Läs')] },
                    ],
                  },
                ],
              },
              {
                kind: 'paragraph',
                children: [
                  {
                    kind: 'link',
                    url: 'https://exempel.se/sj%C3%A4lvinsikt',
                    children: [words('mer')],
                  },
                ],
              },
            ],
          },
          related: [
            {
              language: 'sv',
              title: 'Grus',
              excerpt: 'Kort.',
              url: `${ORIGIN}/a/${other.id}?l=sv`,
              image: cut('frukost', 'thumb', 224, 168),
            },
          ],
        },
        // Not translated: the article in Swedish, what surrounds it in English.
        en: expect.objectContaining({
          language: 'sv',
          subject: 'Ämnet',
          preheader: 'Raden efter',
          site: expect.objectContaining({ url: `${ORIGIN}/en`, answerTime: 'We answer within 24 hours.' }),
          article: expect.objectContaining({
            title: 'Frihet',
            url: `${ORIGIN}/a/${id}?l=en`,
            heroImage: shown('ledbild'),
          }),
        }),
      },
    })
  })

  it('says nothing of its site and its authors in a language that is not the mail’s', async () => {
    await payload.updateGlobal({ slug: 'site', locale: 'en', data: { answerTime: '' } })
    const author = await createAuthor({ name: 'Sanna', title: 'Konsult', bio: 'Bjuder på frukost.' })
    const { id } = await createArticle({ authors: [author.id] })
    await payload.update({
      collection: 'articles',
      id,
      locale: 'en',
      data: { title: 'Freedom', content: paragraph('The text.') },
    })
    const { content } = await readReady(id)
    const told = ({ site, article }: (typeof content)['sv']) => [
      site.answerTime,
      ...article.authors.map(({ name, title, bio }) => [name, title, bio]),
    ]
    expect([told(content.sv), told(content.en)]).toEqual([
      ['Vi svarar inom 24 timmar.', ['Sanna', 'Konsult', 'Bjuder på frukost.']],
      [null, ['Sanna', null, null]],
    ])
  })

  it('is read in each language that it is there in, without mixing them', async () => {
    const { id } = await createArticle({
      excerpt: 'Kort.',
      newsletter: { subject: 'Ämnet', preheader: 'Raden efter' },
    })
    await payload.update({
      collection: 'articles',
      id,
      locale: 'en',
      depth: 0,
      data: { title: 'Freedom', content: paragraph('The text.') },
    })
    const { content } = await readReady(id)
    const { language, subject, preheader, article } = content.en
    expect({
      language,
      subject,
      preheader,
      title: article.title,
      excerpt: article.excerpt,
      text: article.text,
    }).toEqual({
      language: 'en',
      subject: 'Freedom',
      preheader: 'The text.',
      title: 'Freedom',
      excerpt: null,
      text: [{ kind: 'paragraph', children: [words('The text.')] }],
    })
    expect(content.sv.subject).toBe('Ämnet')
  })

  it('that says nothing of its newsletter is mailed to all, under its title and excerpt', async () => {
    const { id } = await createArticle({ excerpt: 'Kort.' })
    const { content, topicIds } = await readReady(id)
    expect([content.sv.subject, content.sv.preheader, topicIds]).toEqual(['Frihet', 'Kort.', []])
  })

  it('is mailed as it is published, not as its newer draft', async () => {
    const { id } = await createArticle()
    await payload.update({
      collection: 'articles',
      id,
      locale: 'sv',
      draft: true,
      depth: 0,
      data: {
        title: 'Kommande',
        _status: 'draft',
        content: paragraph('Kommande'),
        newsletter: { subject: 'Kommande' },
      },
    })
    const { content } = await readReady(id)
    expect([content.sv.subject, JSON.stringify(content).includes('Kommande')]).toEqual(['Frihet', false])
  })

  it('is answered to at the address for replies where there is one', async () => {
    await setSite({ replyTo: 'hej@trimero.example' })
    const { sender, content } = await readReady((await createArticle()).id)
    expect([sender.email, sender.replyTo, content.en.site.replyTo]).toEqual([
      'nyheter@trimero.example',
      'hej@trimero.example',
      'hej@trimero.example',
    ])
  })
})

describe('what is not published', () => {
  it.each(['999999', '0', 'x', '', '1e3', '507f1f77bcf86cd799439011'])(
    'is nothing with the id %p',
    async (id) => {
      expect(await readSource(id)).toEqual({ kind: 'unpublished' })
    },
  )

  it('is a draft, what was unpublished, what is in the trash and what is deleted', async () => {
    const drafted = await createArticle({ title: 'Utkast', _status: 'draft' })
    const { id } = await createArticle()
    const change = (data: ArticleData) =>
      payload.update({ collection: 'articles', id, locale: 'sv', depth: 0, data, trash: true })
    const kinds = [(await readSource(drafted.id)).kind]
    await change({ _status: 'draft' })
    kinds.push((await readSource(id)).kind)
    await change({ _status: 'published' })
    kinds.push((await readSource(id)).kind)
    await change({ deletedAt: '2026-11-25T00:00:00.000Z' })
    kinds.push((await readSource(id)).kind)
    await payload.delete({ collection: 'articles', id, trash: true })
    kinds.push((await readSource(id)).kind)
    expect(kinds).toEqual(['unpublished', 'unpublished', 'ready', 'unpublished', 'unpublished'])
  })
})

describe('a site without a sender', () => {
  it.each([
    [
      { senderName: null, senderEmail: null, postalAddress: ' ' },
      'sender name, sender address or postal address',
    ],
    [{ senderName: '' }, 'sender name'],
    [{ senderEmail: null }, 'sender address'],
    [{ postalAddress: null }, 'postal address'],
  ])('mails nothing: %j', async (settings, missing) => {
    await setSite(settings)
    expect(await readSource((await createArticle()).id)).toEqual({
      kind: 'incomplete',
      problem: {
        code: 'site_incomplete',
        message: `The newsletter has no ${missing}. Set what is missing under Settings → Site → The newsletter, then start the campaign again.`,
      },
    })
  })
})

describe('an image that is gone', () => {
  it('is left out, from the database or from the disk', async () => {
    const [deleted, lost, partly] = [
      await createImage('borttagen'),
      await createImage('forsvunnen'),
      await createImage('delvis'),
    ]
    const { id } = await createArticle({
      heroImage: partly.id,
      content: stored(root(upload(deleted.id), upload(lost.id), line(text('Slut.')))),
    })
    await setSite({ logo: deleted.id, logoOnDark: deleted.id })
    await payload.delete({ collection: 'media', id: deleted.id })
    for (const name of [
      'forsvunnen.jpg',
      'forsvunnen-640x320.jpg',
      'forsvunnen-1280x640.jpg',
      'forsvunnen-1500x750.jpg',
      'delvis-1280x640.jpg',
    ])
      removeFile(name)
    const { content } = await readReady(id)
    expect(content.sv.site).toMatchObject({ logo: null, logoOnDark: null })
    expect(content.sv.article.text).toEqual([{ kind: 'paragraph', children: [words('Slut.')] }])
    expect(content.sv.article.heroImage?.files).toEqual([
      file('delvis-640x320.jpg', 640),
      file('delvis-1500x750.jpg', 1500),
    ])
  })
})

describe('scheduling', () => {
  const campaigns = async () => {
    const { docs } = await payload.find({ collection: 'campaigns', depth: 0 })
    return docs.map(({ article, status }) => ({ article, status }))
  }

  it('gives an article its one campaign, however often', async () => {
    const { id } = await createArticle()
    await payload.db.updateOne({ collection: 'articles', id, data: { newsletter: { send: true } } })
    await articles().scheduleCampaign(String(id))
    await articles().scheduleCampaign(String(id))
    expect(await campaigns()).toEqual([{ article: id, status: 'scheduled' }])
  })

  it('of an article that is gone, a draft, or wants no newsletter does nothing', async () => {
    const { id } = await createArticle({ title: 'Utan brev' })
    const { id: draft } = await createArticle({ title: 'Ett utkast', _status: 'draft' })
    for (const article of [id, draft, 999999]) await articles().scheduleCampaign(String(article))
    expect(await campaigns()).toEqual([])
  })
})
