import { expect, it } from '@jest/globals'
import type { Id } from '../../src/newsletter/model.ts'
import type { Flow } from '../../src/newsletter/ports.ts'
import { rescue } from '../../src/newsletter/rescue.ts'
import { newsroom, type Content, type Newsroom } from '../support/flow/newsroom.ts'

/** Articles that were published right before a crash, the last first. */
async function forgotten(room: Newsroom, count: number): Promise<Id[]> {
  const articles: Id[] = []
  for (let number = 0; number < count; number++) articles.push(await room.rig.addArticle())
  return articles
}

const failingFor = (flow: Flow<Content>, articles: readonly Id[]): Flow<Content> => ({
  ...flow,
  articles: {
    ...flow.articles,
    scheduleCampaign: async (article) => {
      if (articles.includes(article)) throw new Error('cannot be read')
      await flow.articles.scheduleCampaign(article)
    },
  },
})

it('gives every forgotten article its campaign, though one of them fails', async () => {
  const room = newsroom()
  const [first = '', second = '', third = ''] = await forgotten(room, 3)
  expect(await rescue(failingFor(room.flow(), [first, second]))).toBe(true)
  expect(room.rig.rows.campaigns.map(({ articleId }) => articleId)).toEqual([third])
  expect(room.log.toSorted()).toEqual(['campaign.not_rescued', 'campaign.not_rescued', 'campaign.rescued'])
})

it('rests when all that it found failed, and finds it again', async () => {
  const room = newsroom()
  const articles = await forgotten(room, 2)
  expect(await rescue(failingFor(room.flow(), articles))).toBe(false)
  expect(await rescue(room.flow())).toBe(true)
  expect(room.rig.rows.campaigns.map(({ articleId }) => articleId).toSorted()).toEqual(articles.toSorted())
})
