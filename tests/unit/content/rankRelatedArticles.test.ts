import { describe, expect, it } from '@jest/globals'
import { rankRelatedArticles, type RelatedCandidate } from '../../../src/content/rankRelatedArticles.ts'

const candidate = (
  id: number,
  topicIds: number[],
  publishedAt: string | null = '2026-05-01',
): RelatedCandidate => ({
  id,
  topicIds,
  publishedAt,
})
const [work, money, life] = [1, 2, 3]

describe('the articles to read next', () => {
  it('are those that share the most topics, among them the newest', () => {
    const candidates = [
      candidate(10, [work], '2026-11-01'),
      candidate(11, [work, money], '2025-01-01'),
      candidate(12, [work, money, life], '2024-01-01'),
      candidate(13, [money], '2026-11-02'),
      candidate(14, [work, money], '2026-01-01'),
    ]
    expect(rankRelatedArticles({ topicIds: [work, money], candidates, limit: 4 })).toEqual([14, 11, 12, 13])
  })

  it('leave out whatever shares no topic, even when places stay empty', () => {
    const candidates = [candidate(10, [life]), candidate(11, [work]), candidate(12, [])]
    expect(rankRelatedArticles({ topicIds: [work], candidates, limit: 3 })).toEqual([11])
  })

  it('are none for an article without topics', () => {
    expect(rankRelatedArticles({ topicIds: [], candidates: [candidate(10, [work])], limit: 3 })).toEqual([])
  })

  it('count a topic once, however often it is named', () => {
    const candidates = [
      candidate(10, [work, work, work], '2020-01-01'),
      candidate(11, [work, money], '2019-01-01'),
    ]
    expect(rankRelatedArticles({ topicIds: [work, money, work], candidates, limit: 1 })).toEqual([11])
  })

  it('come in one order only: undated last, and by id where the moment is the same', () => {
    const candidates = [
      candidate(9, [work], null),
      candidate(2, [work]),
      candidate(10, [work]),
      candidate(1, [work]),
    ]
    const ranked = rankRelatedArticles({ topicIds: [work], candidates, limit: 9 })
    expect(ranked).toEqual([10, 2, 1, 9])
    expect(rankRelatedArticles({ topicIds: [work], candidates: candidates.reverse(), limit: 9 })).toEqual(
      ranked,
    )
  })

  it('are never more than asked for', () => {
    const candidates = Array.from({ length: 50 }, (_, id) => candidate(id, [work]))
    expect(rankRelatedArticles({ topicIds: [work], candidates, limit: 3 })).toEqual([49, 48, 47])
  })
})
