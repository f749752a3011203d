import type { Payload } from 'payload'
import type { Locale } from '../../src/newsletter/model.ts'
import type { Article, Subscriber, Topic } from '../../src/payload-types.ts'

/** A text of one paragraph, as the editor stores it. */
export const paragraph = (text: string): Article['content'] => ({
  root: {
    type: 'root',
    version: 1,
    format: '',
    indent: 0,
    direction: 'ltr',
    children: [
      {
        type: 'paragraph',
        version: 1,
        format: '',
        indent: 0,
        direction: 'ltr',
        children: [{ type: 'text', version: 1, text, format: 0, mode: 'normal', style: '', detail: 0 }],
      },
    ],
  },
})

/** No hold: what a test publishes is due at once. */
export const mailAtOnce = (payload: Payload) =>
  payload.updateGlobal({ slug: 'site', data: { holdSeconds: 0 }, depth: 0 })

type ArticleData = Partial<
  Pick<
    Article,
    | 'title'
    | 'excerpt'
    | 'content'
    | 'topics'
    | 'relatedArticles'
    | 'publishedAt'
    | '_status'
    | 'visibility'
    | 'slug'
  >
>

/** A published article that is not mailed; what is named differs. */
export const createArticle = (
  payload: Payload,
  { title = 'Rubrik', ...data }: ArticleData = {},
): Promise<Article> =>
  payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    draft: data._status === 'draft',
    data: {
      title,
      slug: data.slug ?? title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      content: paragraph(`Texten till ${title}.`),
      _status: 'published',
      newsletter: { send: false },
      ...data,
    },
  })

/** An article that was mailed and is on no page that everybody finds, without its mailing. */
export const hideFromSite = ({ payload, id }: { payload: Payload; id: Article['id'] }): Promise<unknown> =>
  payload.db.updateOne({ collection: 'articles', id, data: { visibility: 'mail_only' }, returning: false })

export const updateArticle = ({
  payload,
  id,
  data,
  locale = 'sv',
  draft = false,
}: {
  payload: Payload
  id: Article['id']
  data: ArticleData & { deletedAt?: string }
  locale?: Locale
  draft?: boolean
}): Promise<Article> => payload.update({ collection: 'articles', id, locale, depth: 0, draft, data })

export const createTopic = (
  payload: Payload,
  { name, slug }: { name: string; slug: string },
): Promise<Topic> => payload.create({ collection: 'topics', locale: 'sv', data: { name, slug } })

export const createSubscriber = (payload: Payload, data: Partial<Subscriber> = {}): Promise<Subscriber> =>
  payload.create({
    collection: 'subscribers',
    depth: 0,
    data: {
      email: 'anna.berg@example.com',
      name: 'Anna Berg',
      locale: 'sv',
      status: 'active',
      consentSource: 'the tests',
      consentAt: '2026-01-01T00:00:00.000Z',
      ...data,
    },
  })

/** The cookie of somebody who has logged in. */
export async function logIn(payload: Payload): Promise<string> {
  const login = { email: 'staff@example.com', password: 'a password of the tests' }
  const { totalDocs } = await payload.count({ collection: 'users' })
  if (totalDocs === 0)
    await payload.create({ collection: 'users', data: { ...login, name: 'Staff', role: 'author' } })
  const { token } = await payload.login({ collection: 'users', data: login })
  return `${payload.config.cookiePrefix}-token=${token}`
}
