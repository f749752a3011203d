import { boot } from '../src/boot.ts'
import { configFor } from '../src/config.ts'
import type { Env } from '../src/env.ts'
import type { Article } from '../src/payload-types.ts'

const DAY_MS = 24 * 60 * 60_000
const NEWEST = Date.UTC(2026, 10, 24, 8)

/**
 * Writes published articles of about 500 words with two authors and five topics between them, none of them mailed.
 * @returns their slugs, the first of them from the middle.
 */
export async function seedArticles({
  env,
  count,
}: {
  env: Env
  count: number
}): Promise<[string, ...string[]]> {
  const payload = await boot(configFor(env))
  await payload.updateGlobal({
    slug: 'site',
    data: { name: 'Prov', tagline: 'Tusen artiklar' },
    locale: 'sv',
  })
  const authors = await Promise.all(
    ['Sanna Ek', 'Frida Holm'].map((name) =>
      payload.create({ collection: 'authors', data: { name, slug: slugOf(name) } }),
    ),
  )
  const topics = await Promise.all(
    ['Arbete', 'Ekonomi', 'Frihet', 'Ansvar', 'Ledarskap'].map((name) =>
      payload.create({ collection: 'topics', data: { name, slug: slugOf(name) } }),
    ),
  )
  const pick = <Item>(items: Item[], index: number) =>
    items.slice(index % items.length, (index % items.length) + 1)
  for (let index = 0; index < count; index++)
    await payload.create({
      collection: 'articles',
      locale: 'sv',
      depth: 0,
      data: {
        title: `Artikel nummer ${index}`,
        slug: `artikel-${index}`,
        excerpt: 'Två meningar om vad artikeln handlar om. De räcker för att veta om man vill läsa den.',
        content: contentOf(index),
        authors: pick(authors, index).map(({ id }) => id),
        topics: pick(topics, index).map(({ id }) => id),
        publishedAt: new Date(NEWEST - index * DAY_MS).toISOString(),
        _status: 'published',
        newsletter: { send: false },
      },
    })
  await payload.destroy()
  const slugs = Array.from({ length: count }, (_, index) => `artikel-${index}`)
  return [`artikel-${Math.floor(count / 2)}`, ...slugs]
}

const slugOf = (name: string) => name.toLowerCase().replace(/\s+/g, '-')

const SENTENCE =
  'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra, varje dag och i stort och smått. '

/** A greeting, three headed parts of a paragraph and a list each, as the editor stores them. */
function contentOf(index: number): Article['content'] {
  const parts = ['Friheter', 'Ansvar', 'Att göra'].flatMap((title) => [
    { ...block, type: 'heading', tag: 'h2', children: [textOf(title)] },
    { ...block, type: 'paragraph', children: [textOf(SENTENCE.repeat(4))] },
    {
      ...block,
      type: 'list',
      listType: 'bullet',
      tag: 'ul',
      start: 1,
      children: [1, 2, 3].map((value) => ({
        ...block,
        type: 'listitem',
        value,
        children: [textOf(SENTENCE)],
      })),
    },
  ])
  const greeting = {
    ...block,
    type: 'paragraph',
    children: [textOf(`Hej! Det här är artikel nummer ${index}.`)],
  }
  return { root: { ...block, type: 'root', children: [greeting, ...parts] } }
}

const block = { version: 1, format: '', indent: 0, direction: 'ltr' } as const

const textOf = (text: string) => ({
  type: 'text',
  version: 1,
  text,
  format: 0,
  mode: 'normal',
  style: '',
  detail: 0,
})
