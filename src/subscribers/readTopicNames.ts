import type { Id } from '../newsletter/model.ts'
import type { TopicNames } from './ports.ts'

/** What a row says of topics: ids in their order, none twice, and the names that are none of ours. */
export interface ReadTopics {
  topicIds: Id[]
  unknown: string[]
}

/** Finds a topic by what a file calls it. */
export interface TopicFinder {
  /** Slugs, parted by `|`. */
  bySlugs: (text: string) => ReadTopics
  /** Another program's tags: `"One","Two"`, or plain with commas, semicolons or bars; a topic of that name counts. */
  byTags: (text: string) => ReadTopics
}

export function topicFinder(topics: readonly TopicNames[]): TopicFinder {
  const ofSlug = new Map(topics.map(({ id, slug }) => [slug, id]))
  const ofName = new Map(
    topics.flatMap(({ id, slug, names }) => [...names, slug].map((name) => [plain(name), id] as const)),
  )
  return {
    bySlugs: (text) => read({ words: text.split('|'), find: (word) => ofSlug.get(word) }),
    byTags: (text) => read({ words: tagsIn(text), find: (word) => ofName.get(plain(word)) }),
  }
}

function read({ words, find }: { words: string[]; find: (word: string) => Id | undefined }): ReadTopics {
  const ids = new Set<Id>()
  const unknown = new Set<string>()
  for (const word of words.map((each) => each.trim()).filter((each) => each !== '')) {
    const id = find(word)
    if (id === undefined) unknown.add(word)
    else ids.add(id)
  }
  return { topicIds: [...ids], unknown: [...unknown] }
}

const tagsIn = (text: string): string[] =>
  text.includes('"')
    ? [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, tag = '']) => tag.replaceAll('""', '"'))
    : text.split(/[,;|]/)

/** The same letters, however they are written. */
const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
