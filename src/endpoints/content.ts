import { createHash } from 'node:crypto'
import type { Endpoint, PayloadHandler, PayloadRequest } from 'payload'
import type { z } from 'zod'
import { describeApi } from '../content-api/openapi.ts'
import { QueryProblem } from '../content-api/cursor.ts'
import { CONTENT_ROUTES, type ContentRoute, type RouteResult } from '../content-api/routes.ts'
import { keepBriefly } from '../content/publicCache.ts'
import { contentPortsOf } from '../deps.ts'
import { inTurn } from '../public-api/dearReads.ts'
import { problem, refuseQuery } from '../public-api/problem.ts'
import { refusal } from '../refusals/refusal.ts'
import { isKnownTag } from '../web/isKnownTag.ts'

export const CONTENT_API = '/content/v1'

/**
 * `GET /api/content/v1/…`: the routes of src/content-api, and `openapi.json`, which describes them. Whoever asks, the answer is
 * what everybody may read, so that any origin may have it and anything between may keep it: with an ETag and `no-cache`, it
 * is asked about each time (304). 301 leads from a former slug; 400 names a parameter; 404; 503 when too many long questions wait.
 */
export const contentEndpoints: Endpoint[] = [
  ...CONTENT_ROUTES.map((route) => ({ path: CONTENT_API + route.path, handler: answer(route) })),
  { path: `${CONTENT_API}/openapi.json`, handler: tell },
].flatMap(({ path, handler }): Endpoint[] => [
  { path, method: 'get', handler },
  { path, method: 'options', handler: preflight },
])

/** What any page of any site may do: the answers hold nothing that is not for everybody, and no cookie counts. */
const FOR_ALL = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag',
  'X-Content-Type-Options': 'nosniff',
}

/** A browser asks before it sends `If-None-Match` to another site. */
function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...FOR_ALL,
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'If-None-Match, Accept, Accept-Language, Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  })
}

function answer(route: ContentRoute): PayloadHandler {
  return async (req) => {
    // Also on a refusal: a page of another site could not read it otherwise.
    req.responseHeaders = new Headers(FOR_ALL)
    const asked = route.ask(parametersOf(req))
    if ('issues' in asked) throw refuseIssue(req, asked.issues[0])
    const params = paramsOf(req)
    const read = () => asked.read(contentPortsOf(req.payload), params)
    try {
      // What is kept is bounded in number: long answers would not be in memory.
      if (!asked.isDear) return toResponse(req, await keepBriefly(keyOf(req), read))
      return await inTurn(req, async () => toResponse(req, await read()))
    } catch (error) {
      throw error instanceof QueryProblem ? refuseProblem(req, error) : error
    }
  }
}

function tell(req: PayloadRequest): Response {
  req.responseHeaders = new Headers(FOR_ALL)
  return toResponse(req, { body: describeApi(`${req.payload.config.serverURL}/api${CONTENT_API}`) })
}

/** The answer of the same question is the same, however its parameters are ordered. */
function keyOf({ pathname, searchParams }: PayloadRequest): string {
  const sorted = new URLSearchParams(searchParams)
  sorted.sort()
  return `content ${pathname}?${sorted}`
}

/** A parameter that comes twice is a list, which none may be. */
const parametersOf = ({ searchParams }: PayloadRequest): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )

const paramsOf = ({ routeParams }: PayloadRequest): Record<string, string> =>
  Object.fromEntries(Object.entries(routeParams ?? {}).map(([name, value]) => [name, String(value)]))

function toResponse(req: PayloadRequest, result: RouteResult): Response {
  if (!result) throw notThere(req)
  if ('movedTo' in result) return redirect(req, result.movedTo)
  const body = JSON.stringify(result.body)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' }
  if (isKnownTag(req.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' } })
}

/** To the same question with the present slug. */
function redirect(
  { pathname, searchParams }: PayloadRequest,
  { slug = '' }: Record<string, string>,
): Response {
  const path = `${pathname.slice(0, pathname.lastIndexOf('/') + 1)}${encodeURIComponent(slug)}`
  const query = searchParams.size > 0 ? `?${searchParams}` : ''
  // A slug may be given back to who had it before.
  return new Response(null, {
    status: 301,
    headers: { Location: path + query, 'Cache-Control': 'public, no-cache' },
  })
}

const notThere = (req: PayloadRequest) =>
  refusal({ req, code: 'not_there', status: 404, text: { sv: 'Finns inte.', en: 'Not Found' } })

const PROBLEMS = {
  cursorAndPage: {
    sv: 'ange antingen cursor eller page, inte båda.',
    en: 'give either cursor or page, not both.',
  },
  noCursor: {
    sv: 'det är ingen cursor. Ta den ur paging.next i svaret före.',
    en: 'this is no cursor. Take it from paging.next of the answer before.',
  },
  otherSort: {
    sv: 'den hör till en annan sort. Behåll sort, eller börja om från första sidan.',
    en: 'it belongs to another sort. Keep sort, or start again from the first page.',
  },
}

const refuseProblem = (req: PayloadRequest, { parameter, text }: QueryProblem) =>
  refuseQuery(problem(parameter, PROBLEMS[text]), req)

/** What zod says, in words for people. */
function refuseIssue(req: PayloadRequest, issue: z.core.$ZodIssue | undefined) {
  if (issue?.code === 'unrecognized_keys')
    return refuseQuery(
      problem(issue.keys[0] ?? '', {
        sv: 'den parametern finns inte här. openapi.json räknar upp dem som finns.',
        en: 'there is no such parameter here. openapi.json lists those there are.',
      }),
      req,
    )
  return refuseQuery(problem(String(issue?.path[0] ?? ''), remedyOf(issue)), req)
}

const DOES_NOT_FIT = {
  sv: 'värdet passar inte. openapi.json säger hur det ser ut.',
  en: 'the value does not fit. openapi.json says what it looks like.',
}

function remedyOf(issue: z.core.$ZodIssue | undefined): { sv: string; en: string } {
  if (issue?.code === 'invalid_format' && issue.format === 'regex') return DOES_NOT_FIT
  switch (issue?.code) {
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return { sv: `något av ${values}.`, en: `one of ${values}.` }
    }
    case 'too_small':
      return { sv: `minst ${issue.minimum}.`, en: `at least ${issue.minimum}.` }
    case 'too_big':
      return { sv: `högst ${issue.maximum}.`, en: `at most ${issue.maximum}.` }
    case 'invalid_union':
    case 'invalid_format':
      return {
        sv: 'en dag som 2026-01-31, eller en tidpunkt som 2026-01-31T08:00:00Z.',
        en: 'a day such as 2026-01-31, or a moment such as 2026-01-31T08:00:00Z.',
      }
    default:
      return DOES_NOT_FIT
  }
}
