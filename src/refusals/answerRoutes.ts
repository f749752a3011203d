import { getRequestLanguage, parseCookies, type Endpoint, type SanitizedConfig } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import type { RefusalCode } from './codes.ts'
import { translateMessage } from './payloadMessages.ts'

type Config = Promise<SanitizedConfig> | SanitizedConfig

/**
 * Around Payload's router, for what it answers past every hook: an address or a method that there is not (404, or 405 with
 * the methods that there are), and the list of documents that a bulk change could not change. In the language of whoever
 * asks, as answerErrors does for all else.
 */
export const inTheirLanguage =
  <Args extends unknown[]>(config: Config, route: (request: Request, ...args: Args) => Promise<Response>) =>
  async (request: Request, ...args: Args): Promise<Response> => {
    const answer = await route(request, ...args)
    if (answer.status !== 404 && answer.status !== 400) return answer
    const text = await answer.clone().text()
    const sanitized = await config
    const language = languageFor({ config: sanitized, headers: request.headers })
    if (answer.status === 404)
      return text.startsWith(NO_ROUTE) ? noRoute({ config: sanitized, request, language }) : answer
    const translated = translateBulk(text, language)
    return translated === text ? answer : new Response(translated, { status: 400, headers: answer.headers })
  }

/** As Payload finds it for everything else. */
const languageFor = ({ config, headers }: { config: SanitizedConfig; headers: Headers }): Locale =>
  getRequestLanguage({ config, cookies: parseCookies(headers), headers }) === 'sv' ? 'sv' : 'en'

const NO_ROUTE = '{"message":"Route not found'

function noRoute({
  config,
  request,
  language,
}: {
  config: SanitizedConfig
  request: Request
  language: Locale
}): Response {
  const allowed = methodsAt(config, new URL(request.url).pathname)
  return allowed.length > 0
    ? answerWith({
        code: 'wrong_method',
        status: 405,
        message: WRONG_METHOD[language],
        headers: { Allow: allowed.join(', ') },
      })
    : answerWith({ code: 'no_route', status: 404, message: NO_SUCH_ROUTE[language] })
}

/** Also for routes that Payload does not answer. */
export const wrongMethod =
  (config: Config, { allow }: { allow: string }) =>
  async ({ headers }: Request): Promise<Response> => {
    const language = languageFor({ config: await config, headers })
    return answerWith({
      code: 'wrong_method',
      status: 405,
      message: WRONG_METHOD[language],
      headers: { Allow: allow },
    })
  }

const answerWith = ({
  code,
  status,
  message,
  headers = {},
}: {
  code: RefusalCode
  status: number
  message: string
  headers?: Record<string, string>
}): Response =>
  Response.json(
    { errors: [{ code, message }] },
    { status, headers: { 'Cache-Control': 'no-store', ...headers } },
  )

/** As Payload's handleEndpoints looks an endpoint up. */
function methodsAt(config: SanitizedConfig, pathname: string): string[] {
  const path = pathname.replace(/\/+$/, '').slice(config.routes.api.length)
  const [, first = '', second = ''] = path.split('/')
  const owner =
    first === 'globals'
      ? { at: `/globals/${second}`, endpoints: config.globals.find(({ slug }) => slug === second)?.endpoints }
      : { at: `/${first}`, endpoints: config.collections.find(({ slug }) => slug === first)?.endpoints }
  const { at, endpoints } = owner.endpoints === undefined ? { at: '', endpoints: config.endpoints } : owner
  const rest = path.slice(at.length) || '/'
  const methods = (endpoints || [])
    .filter((endpoint) => patternOf(endpoint).test(rest))
    .map(({ method }) => method.toUpperCase())
  if (methods.includes('GET')) methods.push('HEAD')
  return [...new Set(methods)]
}

/** Of the few forms that endpoints have: `/:id`, `/:id?`. */
const patternOf = ({ path }: Pick<Endpoint, 'path'>): RegExp =>
  new RegExp(`^${path.replace(/\/:\w+\?/g, '(?:/[^/]+)?').replace(/:\w+/g, '[^/]+')}$`)

/** {errors: [{id, isPublic, message}]}: of what no caller may be told, Payload says so in English. */
function translateBulk(text: string, language: Locale): string {
  if (language === 'en' || !text.includes('"isPublic"')) return text
  const answer = parse(text)
  if (typeof answer !== 'object' || answer === null || !('errors' in answer) || !Array.isArray(answer.errors))
    return text
  const errors = answer.errors.map((error: { message?: unknown }) =>
    typeof error.message === 'string'
      ? { ...error, message: translateMessage(error.message, language).message }
      : error,
  )
  return JSON.stringify({ ...answer, errors })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const NO_SUCH_ROUTE: Record<Locale, string> = {
  sv: 'Den adressen finns inte i API:t.',
  en: 'There is no such address in the API.',
}
const WRONG_METHOD: Record<Locale, string> = {
  sv: 'Den metoden finns inte på adressen. Huvudet Allow säger vilka som finns.',
  en: 'This address does not take that method. The header Allow names those it takes.',
}
