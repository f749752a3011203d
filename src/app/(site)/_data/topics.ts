import { fallbackFor } from '../../../content/articleOutlines.ts'
import { keepBriefly } from '../../../content/publicCache.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Topic } from '../../../payload-types.ts'
import { sitePayload } from './payload.ts'

export type TopicFacts = Pick<Topic, 'id' | 'name' | 'slug' | 'description'>

/** All topics, by name. */
export const readTopics = (locale: Locale): Promise<TopicFacts[]> =>
  keepBriefly(`topics ${locale}`, async () => {
    const payload = await sitePayload()
    const { docs } = await payload.find({
      collection: 'topics',
      select: { name: true, slug: true, description: true },
      locale,
      fallbackLocale: fallbackFor(locale),
      depth: 0,
      limit: 0,
      pagination: false,
      overrideAccess: false,
    })
    return docs.sort((a, b) => a.name.localeCompare(b.name, locale))
  })
