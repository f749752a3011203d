import type { CollectionBeforeChangeHook } from 'payload'
import { isScheduledRun } from '../../../content/systemSaves.ts'
import { refuseField } from '../../../refusals/refusal.ts'
import { readPublicFacts } from '../../../slugs/formerSlugs.ts'

/** Clocks of people and servers differ. */
const AHEAD_MS = 5 * 60_000

/**
 * Publishing shows the article to readers and mails it at once, whatever date it carries. So a date that is more than
 * five minutes ahead is refused; drafts may carry any. An article that was published with such a date by an earlier
 * version keeps it. What is published by schedule gets the time of the schedule: that is what its editor asked for, and
 * nobody is there to read a refusal.
 * @throws 400 that names the field and the remedy.
 */
export const refuseDateToCome: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (data._status !== 'published' || !isAhead(data.publishedAt)) return data
  if (isScheduledRun()) return { ...data, publishedAt: new Date().toISOString() }
  const current = originalDoc?.id === undefined ? null : await readPublicFacts({ id: originalDoc.id, req })
  if (current?.publishedAt && isSameTime(current.publishedAt, data.publishedAt)) return data
  const date = new Date(data.publishedAt).toISOString().slice(0, 16).replace('T', ' ')
  throw refuseField({
    req,
    code: 'date_to_come',
    collection: 'articles',
    path: 'publishedAt',
    text: {
      en: `Published (publishedAt) is in the future (${date} UTC), but publishing happens at once. To publish later, choose “At a time” in the sheet that Publish opens (over the API: POST /api/articles/:id/publish with at), or empty the field.`,
      sv: `Publicerad (publishedAt) ligger framåt i tiden (${date} UTC), men artikeln publiceras genast. Välj ”Vid en viss tid” i rutan som Publicera öppnar för att publicera senare (i API:t: POST /api/articles/:id/publish med at), eller töm fältet.`,
    },
  })
}

const isAhead = (date: unknown): boolean =>
  (typeof date === 'string' || date instanceof Date) && new Date(date).getTime() > Date.now() + AHEAD_MS

const isSameTime = (left: string, right: string | Date) =>
  new Date(left).getTime() === new Date(right).getTime()
