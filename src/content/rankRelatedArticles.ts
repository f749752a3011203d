import type { Article, Topic } from '../payload-types.ts'

export interface RelatedCandidate {
  id: Article['id']
  topicIds: Topic['id'][]
  /** ISO 8601, or null for an article that has no date. */
  publishedAt: string | null
}

/**
 * Which articles to read next: those with the most topics in common, among them the newest. One that shares no topic
 * is not related, so there may be fewer than `limit`, or none.
 */
export function rankRelatedArticles({
  topicIds,
  candidates,
  limit,
}: {
  topicIds: Topic['id'][]
  candidates: RelatedCandidate[]
  limit: number
}): Article['id'][] {
  const wanted = new Set(topicIds)
  return candidates
    .map((candidate) => ({ candidate, shared: countShared(wanted, candidate.topicIds) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || byRecency(a.candidate, b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate.id)
}

const countShared = (wanted: Set<Topic['id']>, topicIds: Topic['id'][]) =>
  new Set(topicIds.filter((id) => wanted.has(id))).size

/** The id decides between two of the same moment, so that every reader and every mail sees the same ones. */
function byRecency(a: RelatedCandidate, b: RelatedCandidate): number {
  const [left, right] = [Date.parse(a.publishedAt ?? '') || 0, Date.parse(b.publishedAt ?? '') || 0]
  return right - left || String(b.id).localeCompare(String(a.id), 'en', { numeric: true })
}
