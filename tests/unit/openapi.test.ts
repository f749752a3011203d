import { describe, expect, it } from '@jest/globals'
import { describeApi } from '../../src/content-api/openapi.ts'
import { CONTENT_ROUTES } from '../../src/content-api/routes.ts'

const description = describeApi('https://x.se/api/content/v1') as {
  paths: Record<string, { get: { operationId: string; parameters: { name: string; in: string }[] } }>
  components: { schemas: Record<string, unknown> }
}

const refsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => (key === '$ref' ? [String(child)] : refsIn(child)))
}

describe('the description of the content API', () => {
  it('has every route, each under a name of its own', () => {
    const operations = Object.entries(description.paths).map(([path, { get }]) => [path, get.operationId])
    expect(operations).toEqual([
      ['/articles', 'getArticles'],
      ['/articles/{slug}', 'getArticlesBySlug'],
      ['/topics', 'getTopics'],
      ['/authors', 'getAuthors'],
      ['/site', 'getSite'],
      ['/search', 'getSearch'],
    ])
    expect(operations).toHaveLength(CONTENT_ROUTES.length)
  })

  it('names every parameter of a route', () => {
    expect(
      description.paths['/articles/{slug}']?.get.parameters.map(({ name, in: place }) => [name, place]),
    ).toEqual([
      ['slug', 'path'],
      ['locale', 'query'],
      ['fallback', 'query'],
      ['format', 'query'],
    ])
  })

  it('refers to nothing that is not in it', () => {
    const names = Object.keys(description.components.schemas)
    const missing = refsIn(description).filter(
      (ref) => !names.includes(ref.replace('#/components/schemas/', '')),
    )
    expect([missing, names]).toEqual([
      [],
      expect.arrayContaining(['Article', 'ArticleCard', 'Image', 'Problem']),
    ])
  })
})
