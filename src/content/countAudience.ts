import type { Payload, PayloadRequest, Where } from 'payload'
import { LOCALES, type Locale } from '../newsletter/model.ts'

/**
 * To how many active subscribers, in no pause, a newsletter to these topics (none: everybody) would go now, by the language
 * that they read in.
 * @param input.req who asks; without one the system does.
 */
export async function countAudience({
  payload,
  topics,
  now,
  req,
}: {
  payload: Payload
  topics: (string | number)[]
  now: Date
  req?: PayloadRequest
}): Promise<Record<Locale, number>> {
  const counts = await Promise.all(
    LOCALES.map(async (locale) => {
      const where: Where = {
        status: { equals: 'active' },
        locale: { equals: locale },
        or: [{ pausedUntil: { exists: false } }, { pausedUntil: { less_than_equal: now.toISOString() } }],
        ...(topics.length > 0 && { topics: { in: topics } }),
      }
      const asked = req ? { overrideAccess: false, req } : { overrideAccess: true }
      return (await payload.count({ collection: 'subscribers', where, ...asked })).totalDocs
    }),
  )
  return Object.fromEntries(LOCALES.map((locale, index) => [locale, counts[index] ?? 0])) as Record<
    Locale,
    number
  >
}
