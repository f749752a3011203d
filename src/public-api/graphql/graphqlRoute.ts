import { createPayloadRequest, type PayloadRequest, type SanitizedConfig } from 'payload'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { isStaff } from '../../access/isStaff.ts'
import { networkAddressOf } from '../../limits/networkAddressOf.ts'
import { readBody } from '../../limits/readBody.ts'
import type { Locale } from '../../newsletter/model.ts'
import { languageOf, textOf } from '../../refusals/refusal.ts'
import type { RefusalCode } from '../../refusals/codes.ts'
import { inTurn } from '../dearReads.ts'
import { idKindOf } from '../guardPublicReads.ts'
import { isObject } from '../whereProblem.ts'
import { checkDocument } from './checkDocument.ts'
import { tellSchemaError } from './schemaErrors.ts'

const LONGEST_BODY = 100_000

/**
 * What one network may ask for in a minute: a point for each request and one for each 500 of its cost. In memory, as a
 * write to the database for each query would cost more than most queries; with several web processes each counts for
 * itself.
 */
const POINTS_A_MINUTE = { anybody: 600, staff: 6_000 }
const COST_OF_A_POINT = 500
const limiter = new RateLimiterMemory({ points: POINTS_A_MINUTE.anybody, duration: 60 })

type Route = (request: Request) => Promise<Response>

/**
 * GraphQL by Payload, behind bounds: size, root fields, cost, calls of one network. What is refused before it is carried out
 * is 400 with `errors`, as GraphQL over HTTP has it, never an empty 500; each error has its code, and in `data.parameter`
 * what it is about, as over REST.
 * @param parts.answer Payload's own route.
 */
export const graphqlRoute =
  ({
    config,
    answer,
    payloadInstanceCacheKey,
  }: {
    config: Promise<SanitizedConfig> | SanitizedConfig
    answer: Route
    /** Which Payload of the process, in tests. */
    payloadInstanceCacheKey?: string
  }): Route =>
  async (request) => {
    const body = await readBody(request, { longest: LONGEST_BODY })
    const req = await createPayloadRequest({
      config,
      canSetHeaders: false,
      ...(payloadInstanceCacheKey !== undefined && { payloadInstanceCacheKey }),
      request: new Request(request.url, { headers: request.headers, signal: request.signal }),
    })
    const language = languageOf(req)
    const refuse = (problem: Refusal) =>
      refuseIn({ ...problem, language, accept: request.headers.get('Accept') })
    const who = isStaff({ req }) ? 'staff' : 'anybody'
    if (body === null) return refuse({ status: 413, code: 'body_invalid', text: TOO_LONG })
    const asked = readRequest(body)
    if (!asked) return refuse({ status: 400, code: 'body_invalid', text: NO_REQUEST })
    const { payload } = req
    const checked = checkDocument({
      ...asked,
      isStaff: who === 'staff',
      config: payload.config,
      idKind: idKindOf(payload),
    })
    const waitS = await countCall({ req, who, cost: 'cost' in checked ? checked.cost : 0 })
    if (waitS > 0)
      return refuse({
        ...{ status: 429, code: 'too_often', text: TOO_MANY },
        headers: { 'Retry-After': String(waitS) },
      })
    if ('text' in checked) return refuse(checked)
    const { url, method, headers } = request
    const ask = async () => {
      const answered = await answer(new Request(url, { method, headers, body }))
      return answered.status === 406
        ? refuse({ status: 406, code: 'not_acceptable', text: NOT_ACCEPTABLE })
        : shown({ answered, language, isStaff: who === 'staff' })
    }
    if (who === 'staff' || !checked.isDear) return ask()
    return inTurn(req, ask).catch((error: unknown) => {
      const told = error instanceof Error ? textOf(error) : null
      if (!told) throw error
      return refuse({ status: 503, code: 'too_many_wait', text: told, headers: { 'Retry-After': '5' } })
    })
  }

interface Asked {
  query: string
  operationName: string | null
  variables: Record<string, unknown>
}

function readRequest(body: string): Asked | null {
  const value = parse(body)
  if (!isObject(value) || typeof value.query !== 'string') return null
  const { query, operationName = null, variables = null } = value
  if (operationName !== null && typeof operationName !== 'string') return null
  if (variables !== null && !isObject(variables)) return null
  return { query, operationName, variables: variables ?? {} }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @returns how many seconds this network has to wait: 0 when it may ask. */
async function countCall({
  req,
  who,
  cost,
}: {
  req: PayloadRequest
  who: 'anybody' | 'staff'
  cost: number
}): Promise<number> {
  const points = 1 + Math.floor(cost / COST_OF_A_POINT)
  const { consumedPoints, msBeforeNext } = await limiter.penalty(`${who} ${networkAddressOf(req)}`, points)
  return consumedPoints <= POINTS_A_MINUTE[who] ? 0 : Math.max(1, Math.ceil(msBeforeNext / 1000))
}

/**
 * The answer as it goes out. One without data is 400, so that a monitor sees it; and what the schema would have meant
 * instead is told to staff alone: it names their types and fields.
 */
async function shown({
  answered,
  language,
  isStaff,
}: {
  answered: Response
  language: Locale
  isStaff: boolean
}): Promise<Response> {
  const text = await answered.text()
  const value = parse(text)
  const headers = new Headers(answered.headers)
  headers.delete('Content-Length')
  if (!isObject(value) || !Array.isArray(value.errors))
    return new Response(text, { status: answered.status, headers })
  const errors = value.errors.map((error: unknown) => tellSchemaError({ error, language, isStaff }))
  const hasData = isObject(value.data)
  const status = answered.status === 200 && !hasData ? 400 : answered.status
  return new Response(JSON.stringify({ ...value, errors }), { status, headers })
}

interface Refusal {
  status: number
  code: RefusalCode
  text: Record<Locale, string>
  parameter?: string
  headers?: Record<string, string>
}

const GRAPHQL_TYPE = 'application/graphql-response+json'

function refuseIn({
  status,
  code,
  text,
  parameter,
  headers,
  language,
  accept,
}: Refusal & { language: Locale; accept: string | null }): Response {
  const extensions = { statusCode: status, code, ...(parameter !== undefined && { data: { parameter } }) }
  const type = accept?.includes(GRAPHQL_TYPE) ? GRAPHQL_TYPE : 'application/json'
  return Response.json(
    { errors: [{ message: text[language], extensions }] },
    { status, headers: { 'Content-Type': `${type}; charset=utf-8`, ...headers } },
  )
}

const NO_REQUEST: Record<Locale, string> = {
  sv: 'Skicka JSON med query, och vid behov variables och operationName.',
  en: 'Send JSON with query, and variables and operationName if need be.',
}
const TOO_LONG: Record<Locale, string> = {
  sv: 'Frågan är för lång: högst 100 kB.',
  en: 'The query is too long: at most 100 kB.',
}
const TOO_MANY: Record<Locale, string> = {
  sv: 'För många frågor från ditt nätverk. Vänta en stund.',
  en: 'Too many queries from your network. Wait a moment.',
}
const NOT_ACCEPTABLE: Record<Locale, string> = {
  sv: 'Svaret är JSON: sätt Accept till application/json eller application/graphql-response+json.',
  en: 'The answer is JSON: set Accept to application/json or application/graphql-response+json.',
}
