import type { Payload } from 'payload'
import type { Article } from '../../payload-types.ts'
import { earlierArticles, type EarlierArticle } from './content/earlierArticles.ts'
import { selfLeadership } from './content/selfLeadership.ts'
import type { AuthorName, TopicSlug } from './content/site.ts'
import { drawHills, drawSketch } from './drawImages.ts'
import { seedMedia } from './seedMedia.ts'

interface Places {
  payload: Payload
  topicIds: ReadonlyMap<string, number>
  authorIds: ReadonlyMap<string, number>
}

/** The articles that are there already, and the draft of the one that is to be published. */
export async function seedArticles(places: Places): Promise<{ draft: Article['id']; count: number }> {
  const earlier = new Map<string, number>()
  for (const [index, article] of earlierArticles.entries())
    earlier.set(article.slug, await seedEarlier({ places, article, land: index + 1 }))
  const draft = await seedDraft({ places, walk: idOf(earlier, 'motet-som-blev-en-promenad') })
  return { draft, count: earlier.size + 1 }
}

const DAY_MS = 24 * 60 * 60 * 1000

async function seedEarlier({
  places: { payload, topicIds, authorIds },
  article: { slug, author, topics, daysAgo, hues, text },
  land,
}: {
  places: Places
  article: EarlierArticle
  land: number
}): Promise<number> {
  const [sky, far, near] = hues
  const heroImage = await seedMedia({
    payload,
    name: slug,
    file: await drawHills({ sky, far, near, land }),
    alt: { sv: text.sv.imageAlt, en: text.en.imageAlt },
  })
  const { imageAlt: _sv, ...inSwedish } = text.sv
  const { imageAlt: _en, ...inEnglish } = text.en
  const { id } = await payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    data: {
      ...inSwedish,
      slug,
      heroImage,
      authors: [idOf(authorIds, author)],
      topics: topics.map((topic) => idOf(topicIds, topic)),
      publishedAt: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
      newsletter: { send: false },
      _status: 'published',
    },
  })
  await payload.update({ collection: 'articles', id, locale: 'en', depth: 0, data: inEnglish })
  return id
}

async function seedDraft({
  places: { payload, topicIds, authorIds },
  walk,
}: {
  places: Places
  walk: number
}): Promise<number> {
  const heroImage = await seedMedia({
    payload,
    name: selfLeadership.slug,
    file: await drawHills({ sky: '#cfe6e0', far: '#7fb5a0', near: '#1f5f4a', land: 0 }),
    alt: { sv: 'Gröna kullar i morgonljus', en: 'Green hills in morning light' },
  })
  const sketch = await seedMedia({
    payload,
    name: 'skiss',
    file: await drawSketch(),
    alt: {
      sv: 'Tre linjer på en tavla: olika vägar från en punkt till en stjärna',
      en: 'Three lines on a whiteboard: different ways from a dot to a star',
    },
  })
  const audience: TopicSlug[] = ['ledarskap', 'samarbete']
  const byline: AuthorName[] = ['Maja Ekdahl', 'Johan Wikner']
  const textIn = (locale: 'sv' | 'en') => {
    const { title, excerpt, content, subject, preheader } = selfLeadership[locale]
    return { title, excerpt, content: content({ sketch, walk }), newsletter: { subject, preheader } }
  }
  const swedish = textIn('sv')
  const topics = audience.map((topic) => idOf(topicIds, topic))
  const { id } = await payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    draft: true,
    data: {
      ...swedish,
      slug: selfLeadership.slug,
      heroImage,
      topics,
      authors: byline.map((name) => idOf(authorIds, name)),
      newsletter: { ...swedish.newsletter, send: true, topics },
      _status: 'draft',
    },
  })
  await payload.update({
    collection: 'articles',
    id,
    locale: 'en',
    depth: 0,
    draft: true,
    data: textIn('en'),
  })
  return id
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`The demo has no “${name}”.`)
  return id
}
