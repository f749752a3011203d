import type { Payload } from 'payload'
import { keepBriefly } from '../content/publicCache.ts'
import { depsOf } from '../deps.ts'

/** The topics that there are to choose from. */
export const readTopicSlugs = (payload: Payload): Promise<string[]> =>
  keepBriefly(`topic slugs ${depsOf(payload).env.database.url}`, async () => {
    const { docs } = await payload.find({
      collection: 'topics',
      select: { slug: true },
      depth: 0,
      limit: 0,
      pagination: false,
      overrideAccess: false,
    })
    return docs.map(({ slug }) => slug)
  })
