import type { EditionAudience, EditionRow, Id, Override } from './model.ts'
import type { ArticleCampaigns, Clock } from './ports.ts'

export type FollowUpAnswer =
  | { kind: 'begun'; id: Id; edition: number }
  /** The article has this edition, which is not over. */
  | { kind: 'unfinished'; id: Id }
  /** Nobody has got the article yet: the first edition comes first. */
  | { kind: 'not_mailed' }
  /** No such edition has been mailed. */
  | { kind: 'nothing_to_correct' }
  /** Who got an earlier edition is not kept any more, or not for much longer. */
  | { kind: 'too_old' }

/** Whether an edition's article has a later one, which may have reached somebody: it was not undone. */
export const isFollowed = (
  number: number,
  editions: readonly Pick<EditionRow, 'number' | 'status' | 'isOpen'>[],
): boolean =>
  editions.some((other) => other.number > number && (other.status !== 'cancelled' || other.isOpen))

/** What a later edition is like, before there is one; or why there can be none. */
export type NextEdition =
  | Exclude<FollowUpAnswer, { kind: 'begun' }>
  | { kind: 'possible'; number: number; corrects: number | null; topicIds: Id[] }

/**
 * Whether the database may have forgotten who got an edition: then a later one would reach the same people again.
 * @param input.memoryMs for how long it is known at least.
 */
export const isForgotten = (
  editions: readonly Pick<EditionRow, 'isOpen' | 'startedAt'>[],
  { now, memoryMs }: { now: Date; memoryMs: number },
): boolean =>
  editions.some(
    ({ isOpen, startedAt }) =>
      isOpen && (startedAt === null || startedAt.getTime() <= now.getTime() - memoryMs),
  )

/**
 * What the next edition of an article would be. It goes to the first one's topics, or to the one that is named.
 * @param input.editions of the article, by their number.
 * @param input.corrects the edition that a correction corrects; null: the first.
 */
export function nextEdition({
  editions,
  audience,
  topicId,
  corrects,
  now,
  memoryMs,
}: {
  editions: readonly EditionRow[]
  audience: EditionAudience
  topicId: Id | null
  corrects: number | null
  now: Date
  memoryMs: number
}): NextEdition {
  const [first] = editions
  const unfinished = editions.find(({ isFinished }) => !isFinished)
  if (unfinished) return { kind: 'unfinished', id: unfinished.id }
  if (!first?.isOpen) return { kind: 'not_mailed' }
  if (isForgotten(editions, { now, memoryMs })) return { kind: 'too_old' }
  const corrected = audience === 'correction' ? (corrects ?? first.number) : null
  if (corrected !== null && !editions.some(({ number, isOpen }) => number === corrected && isOpen))
    return { kind: 'nothing_to_correct' }
  const number = Math.max(...editions.map((edition) => edition.number)) + 1
  const topicIds = topicId !== null ? [topicId] : audience === 'correction' ? [] : first.topicIds
  return { kind: 'possible', number, corrects: corrected, topicIds }
}

/**
 * Begins a later edition of an article, with a hold of its own. There is one that is not over at most: of two who ask at once, the
 * unique index of the editions lets one in, and the other is told of it.
 * @param input.by who asks: the id of a user.
 */
export async function followUp(
  { campaigns, clock }: { campaigns: ArticleCampaigns; clock: Clock },
  {
    articleId,
    audience,
    topicId,
    corrects,
    override,
    by,
  }: {
    articleId: Id
    audience: EditionAudience
    topicId: Id | null
    corrects: number | null
    override: Override | null
    by: Id
  },
): Promise<FollowUpAnswer> {
  const now = clock.now()
  const [editions, memoryMs] = await Promise.all([campaigns.editions(articleId), campaigns.memoryMs()])
  const next = nextEdition({ editions, audience, topicId, corrects, now, memoryMs })
  if (next.kind !== 'possible') return next
  const holdEnds = new Date(now.getTime() + (await campaigns.holdMs()))
  const id = await campaigns.createEdition({
    edition: { articleId, number: next.number, audience, corrects: next.corrects },
    topicIds: next.topicIds,
    start: {
      ...(holdEnds > now
        ? { status: 'holding' as const, dueAt: holdEnds }
        : { status: 'scheduled' as const, dueAt: now }),
      ...{ heldAt: now, formerVersion: null, override },
    },
    by,
    now,
  })
  if (id !== null) return { kind: 'begun', id, edition: next.number }
  // Somebody else has begun this very one.
  return followUp({ campaigns, clock }, { articleId, audience, topicId, corrects, override, by })
}
