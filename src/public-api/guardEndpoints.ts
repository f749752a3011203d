import type { Endpoint, PayloadHandler, PayloadRequest, SanitizedConfig } from 'payload'
import { isStaff } from '../access/isStaff.ts'
import { refusal } from '../refusals/refusal.ts'
import { inTurn } from './dearReads.ts'
import { guardPublicAnswer, guardPublicQuery, idKindOf } from './guardPublicReads.ts'
import { isDear } from './isDear.ts'
import { refuseQuery } from './problem.ts'
import { PUBLIC_SITE, publicFieldsOf } from './publicFields.ts'
import { readPublicQuery, type PublicQuestion } from './publicQuery.ts'
import { isDocumentId } from './readValue.ts'
import { MOST_ROWS, staffKindOf, staffQueryProblem, versionKindOf } from './staffQuery.ts'
import { isObject } from './whereProblem.ts'

/**
 * Puts every query that comes in by REST under rules, after Payload knows who asks and before it does anything: see
 * publicQuery and staffQuery. The hooks do it again for whatever other road there is.
 * @param config as Payload has made it, with its own endpoints. It is changed.
 */
export function guardQueries(config: SanitizedConfig): SanitizedConfig {
  // Payload's own endpoints are objects that all collections share: each gets one of its own.
  for (const collection of config.collections) {
    if (collection.endpoints)
      collection.endpoints = collection.endpoints.map((endpoint) => ofCollection(endpoint, collection.slug))
    if (!publicFieldsOf(collection.slug)) continue
    collection.hooks.beforeOperation.push(guardPublicQuery)
    collection.hooks.afterOperation.push(guardPublicAnswer)
  }
  for (const global of config.globals) {
    const hasVersions = Boolean(global.versions)
    if (global.endpoints)
      global.endpoints = global.endpoints.map((endpoint) => ofGlobal({ endpoint, hasVersions }))
  }
  const at = config.endpoints.findIndex((endpoint) => isAt(endpoint, 'get /access'))
  const access = config.endpoints[at]
  if (access) config.endpoints[at] = { ...access, handler: tellingStaffAlone(access.handler) }
  return config
}

type AnyEndpoint = Pick<Endpoint, 'method' | 'path' | 'handler'>

const isAt = ({ method, path }: AnyEndpoint, at: string): boolean => `${method} ${path}` === at

function ofCollection<Given extends AnyEndpoint>(endpoint: Given, collection: string): Given {
  if (isAt(endpoint, 'get /file/:filename')) return { ...endpoint, handler: withoutPrefix(endpoint.handler) }
  const question = QUESTIONS[`${endpoint.method} ${endpoint.path}`]
  const handler = endpoint.path.startsWith('/access') ? forStaff(endpoint.handler) : endpoint.handler
  return question || isOfPayload(endpoint)
    ? { ...endpoint, handler: guarded({ endpoint, handler, collection, question: question ?? null }) }
    : endpoint
}

function ofGlobal<Given extends AnyEndpoint>({
  endpoint,
  hasVersions,
}: {
  endpoint: Given
  hasVersions: boolean
}): Given {
  if (isAt(endpoint, 'get /')) return { ...endpoint, handler: readingGlobal(endpoint.handler) }
  if (isAt(endpoint, 'post /'))
    return {
      ...endpoint,
      handler: (req: PayloadRequest) => {
        expectData(req, endpoint)
        return endpoint.handler(req)
      },
    }
  if (endpoint.path.startsWith('/access')) return { ...endpoint, handler: forStaff(endpoint.handler) }
  if (endpoint.path.startsWith('/versions') && !hasVersions)
    return {
      ...endpoint,
      handler: (req: PayloadRequest) => {
        throw notFound(req)
      },
    }
  return endpoint
}

/** Payload looks for a file under the prefix that an address names, in a field that no collection here has, and fails. */
const withoutPrefix =
  (handler: PayloadHandler): PayloadHandler =>
  (req) => {
    req.searchParams.delete('prefix')
    return handler(req)
  }

const QUESTIONS: Record<string, PublicQuestion> = {
  'get /': 'list',
  'get /count': 'count',
  'get /:id': 'document',
}

/** The general endpoints of documents; those of our own read what they are given themselves. */
const isOfPayload = ({ method, path }: AnyEndpoint): boolean => GENERAL.includes(`${method} ${path}`)
const GENERAL = [
  'patch /',
  'delete /',
  'post /',
  'patch /:id',
  'delete /:id',
  'get /versions',
  'get /versions/:id',
  'post /versions/:id',
  'post /:id/duplicate',
  'post /access/:id?',
]

const guarded =
  ({
    endpoint,
    handler,
    collection,
    question,
  }: {
    endpoint: AnyEndpoint
    handler: PayloadHandler
    collection: string
    question: PublicQuestion | null
  }): PayloadHandler =>
  (req) => {
    refuseUnlessId(req)
    expectData(req, endpoint)
    const isOfVersions = endpoint.path.startsWith('/versions')
    const { config } = req.payload
    if (isOfVersions && !config.collections.find(({ slug }) => slug === collection)?.versions)
      throw notFound(req)
    const fields = publicFieldsOf(collection)
    if (!isStaff({ req })) {
      if (fields && question) {
        askPublicly({ req, question, fields })
        if (isDear(req.query)) return inTurn(req, async () => handler(req))
      }
      // Access refuses them; Payload reads the query first and fails on an odd one.
      else if (endpoint.method === 'get') req.query = {}
      return handler(req)
    }
    const of = { config, collection }
    parseWhere(req)
    // A form sends a field that is not filled in; MongoDB fails on it.
    if (req.query.sort === '') delete req.query.sort
    const found = staffQueryProblem({
      query: req.query,
      kindOf: isOfVersions ? versionKindOf(of) : staffKindOf(of),
      idKind: idKindOf(req.payload),
      isList: endpoint.method === 'get',
    })
    if (found) throw refuseQuery(found, req)
    if (endpoint.method === 'get' && (endpoint.path === '/' || endpoint.path === '/versions')) boundRows(req)
    return handler(req)
  }

/** Payload takes an empty body of JSON for no fields; without any body its operations fail on data that are not there. */
function expectData(req: PayloadRequest, { method }: Pick<AnyEndpoint, 'method'>): void {
  if (method === 'post' || method === 'patch') req.data ??= {}
}

/** `limit=0` and `pagination=false` mean all: that is a bound as well, and says in `totalDocs` how many there are. */
function boundRows(req: PayloadRequest): void {
  const { limit, pagination } = req.query
  if (Number(limit) === 0 && limit !== undefined && limit !== '')
    Object.assign(req.query, { limit: String(MOST_ROWS) })
  else if (limit === undefined && pagination === 'false')
    Object.assign(req.query, { limit: String(MOST_ROWS) })
}

function parseWhere(req: PayloadRequest): void {
  const { where } = req.query
  if (typeof where !== 'string') return
  try {
    Object.assign(req.query, { where: JSON.parse(where) as unknown })
  } catch {
    // It stays a text, which is refused as no query.
  }
}

function askPublicly({
  req,
  question,
  fields,
}: {
  req: PayloadRequest
  question: PublicQuestion
  fields: typeof PUBLIC_SITE
}): void {
  // A POST that stands for a GET may bring its query as JSON.
  const asked = { ...req.query, ...(isObject(req.data) && req.data) }
  const read = readPublicQuery({ question, fields, query: asked, idKind: idKindOf(req.payload) })
  if ('problem' in read) throw refuseQuery(read.problem, req)
  req.query = read.query
  if (req.data) req.data = read.query
}

const readingGlobal =
  (handler: PayloadHandler): PayloadHandler =>
  (req) => {
    if (!isStaff({ req })) {
      askPublicly({ req, question: 'global', fields: PUBLIC_SITE })
      // Payload reads these from the address itself.
      req.searchParams.delete('draft')
      return handler(req)
    }
    const found = staffQueryProblem({
      query: { ...req.query, ...(isObject(req.data) && req.data) },
      kindOf: null,
      idKind: idKindOf(req.payload),
      isList: true,
    })
    if (found) throw refuseQuery(found, req)
    return handler(req)
  }

/** Names of staff's collections and fields are for staff. The admin asks for them before a login too. */
const tellingStaffAlone =
  (handler: PayloadHandler): PayloadHandler =>
  (req) =>
    isStaff({ req }) ? handler(req) : Response.json({ canAccessAdmin: false, collections: {}, globals: {} })

const forStaff =
  (handler: PayloadHandler): PayloadHandler =>
  (req) => {
    if (isStaff({ req })) return handler(req)
    throw refusal({
      req,
      code: 'login_needed',
      status: 401,
      text: { sv: 'Det här kräver en inloggning.', en: 'This needs a login.' },
    })
  }

/** @throws 404 for an id that no document of this database can have: as for one that no document has. */
function refuseUnlessId(req: PayloadRequest): void {
  const id = req.routeParams?.id
  if (id === undefined || isDocumentId({ value: id, idKind: idKindOf(req.payload) })) return
  throw notFound(req)
}

const notFound = (req: PayloadRequest) =>
  refusal({ req, code: 'not_there', status: 404, text: { sv: 'Finns inte.', en: 'Not Found' } })
