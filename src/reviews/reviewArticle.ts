import type { Id } from '../newsletter/model.ts'
import type { Clock } from '../newsletter/ports.ts'
import type { Review } from './model.ts'
import type { ReviewMails, Reviews } from './ports.ts'

interface Ports {
  reviews: Reviews
  mails: ReviewMails
  clock: Clock
}

/**
 * An author hands an article in: editors see it on the desk and by mail. Asked again it tells only whom a failure left out.
 * @throws what the database throws: the row is there by then, and on the desk.
 */
export async function handIn(
  { reviews, mails, clock }: Ports,
  { articleId, by, note }: { articleId: Id; by: Id; note: string | null },
): Promise<Review> {
  const review = await reviews.handIn({ articleId, by, author: by, note, at: clock.now() })
  const from = await mails.colleague(review.author)
  if (!from) return review
  for (const to of await mails.editors())
    if (to.id !== from.id) await mails.tellHandedIn({ to, from, review })
  return review
}

/**
 * An editor gives an article back, with a note; its author gets it by mail.
 * @returns null when nobody has handed it in.
 */
export async function giveBack(
  { reviews, mails, clock }: Ports,
  { articleId, by, note }: { articleId: Id; by: Id; note: string },
): Promise<Review | null> {
  if (!(await reviews.giveBack({ articleId, by, note, at: clock.now() }))) return null
  const review = await reviews.find(articleId)
  if (!review) return null
  const [to, from] = await Promise.all([mails.colleague(review.author), mails.colleague(by)])
  if (to && from && to.id !== from.id) await mails.tellReturned({ to, from, review })
  return review
}
