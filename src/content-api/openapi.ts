import { z } from 'zod'
import { CONTENT_ROUTES, type ContentRoute } from './routes.ts'
import { ProblemAnswer } from './shapes.ts'

/**
 * The description of the content API: OpenAPI 3.1, made from the route table.
 * @param url absolute, of the API's root.
 */
export function describeApi(url: string): object {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: refTo, io: 'output' })
  return {
    openapi: '3.1.1',
    info: {
      title: 'Utskick content API',
      version: '1',
      description:
        'What is published, for frontends. Every answer has an ETag; ask again with If-None-Match. A parameter that is not listed is refused.',
    },
    servers: [{ url }],
    paths: Object.fromEntries(
      CONTENT_ROUTES.map((route) => [toTemplate(route.path), { get: toOperation(route) }]),
    ),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutOwnId(schema)])),
    },
  }
}

const refTo = (id: string): string => `#/components/schemas/${id}`

const toTemplate = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

function toOperation({ path, summary, query, answer, canMiss }: ContentRoute): object {
  const asked = z.toJSONSchema(query, { io: 'input', target: 'draft-2020-12' }) as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
  const inQuery = Object.entries(asked.properties ?? {}).map(([name, { description, ...schema }]) => ({
    ...{ name, in: 'query', schema },
    ...(description && { description }),
    required: asked.required?.includes(name) ?? false,
  }))
  const inPath = namesIn(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const problem = (description: string) => ({ description, content: json(ProblemAnswer) })
  return {
    operationId: operationIdOf(path),
    summary,
    parameters: [...inPath, ...inQuery],
    responses: {
      200: {
        description: 'what was asked for',
        headers: { ETag: { schema: { type: 'string' } } },
        content: json(answer),
      },
      304: { description: 'as it was: If-None-Match named its ETag' },
      400: problem('a parameter is unknown or does not fit; the message names it'),
      503: problem('too many long questions wait; try again in a while'),
      ...(canMiss && {
        301: {
          description: 'it is at another address now',
          headers: { Location: { schema: { type: 'string' } } },
        },
        404: problem('nothing public is there'),
      }),
    },
  }
}

/** `/articles/:slug` -> `getArticlesBySlug` */
const operationIdOf = (path: string): string =>
  `get${path
    .split('/')
    .filter(Boolean)
    .map((part) => (part.startsWith(':') ? `By${upperFirst(part.slice(1))}` : upperFirst(part)))
    .join('')}`
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const json = (schema: z.ZodType): object => ({
  'application/json': { schema: { $ref: refTo(String(schema.meta()?.id)) } },
})

/** A schema of a description has its name outside. */
const withoutOwnId = (schema: object): object =>
  Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$id' && key !== 'id' && key !== '$schema'),
  )
