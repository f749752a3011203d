import type { Payload, PayloadRequest, Where } from 'payload'
import { LOCALES, type Locale } from '../newsletter/model.ts'

interface Audience {
  payload: Payload
  topics: (string | number)[]
  now: Date
}

/**
 * To how many active subscribers, in no pause, a newsletter to these topics (none: everybody) would go now, by the language
 * that they read in.
 * @param input.req who asks; without one the system does.
 */
export async function countAudience({
  req,
  ...audience
}: Audience & { req?: PayloadRequest }): Promise<Record<Locale, number>> {
  const asked = req ? { overrideAccess: false, req } : { overrideAccess: true }
  const counts = await Promise.all(
    LOCALES.map(async (locale) => {
      const where: Where = { and: [isInAudience(audience), { locale: { equals: locale } }] }
      return (await audience.payload.count({ collection: 'subscribers', where, ...asked })).totalDocs
    }),
  )
  return Object.fromEntries(LOCALES.map((locale, index) => [locale, counts[index] ?? 0])) as Record<
    Locale,
    number
  >
}

/** Whether there is anybody at all; as fast with a million subscribers as with one. */
export async function hasAudience(audience: Audience): Promise<boolean> {
  const { docs } = await audience.payload.find({
    collection: 'subscribers',
    where: isInAudience(audience),
    select: { locale: true },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs.length > 0
}

const isInAudience = ({ topics, now }: Pick<Audience, 'topics' | 'now'>): Where => ({
  status: { equals: 'active' },
  or: [{ pausedUntil: { exists: false } }, { pausedUntil: { less_than_equal: now.toISOString() } }],
  ...(topics.length > 0 && { topics: { in: topics } }),
})
