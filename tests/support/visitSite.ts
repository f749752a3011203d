import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handleEndpoints, type Payload, type SanitizedConfig } from 'payload'
import { templateDatabase } from './templateDatabase.ts'

export interface Visited {
  status: number
  headers: Headers
  body: string
}

export interface Site {
  payload: Payload
  /** A page, a feed or a file, as a browser or a feed reader gets it. */
  visit: (path: string, headers?: Record<string, string>) => Promise<Visited>
  /** Anything under /api, by way of Payload's own router. */
  call: (
    method: string,
    path: string,
    init?: { headers?: Record<string, string>; body?: string },
  ) => Promise<Visited>
  stop: () => Promise<void>
}

export const ORIGIN = 'http://site.example'

/** Utskick on a database file of its own, answering requests without a server in between. */
export async function openSite(): Promise<Site> {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-site-'))
  const file = join(directory, 'utskick.db')
  copyFileSync(await templateDatabase(), file)
  process.env.DATABASE_URL = `file:${file}`
  process.env.PAYLOAD_SECRET = 'a secret of the tests'
  process.env.SERVER_URL = ORIGIN
  const { boot } = await import('../../src/boot.ts')
  const config = await (await import('../../payload.config.ts')).default
  const payload = await boot(config)
  return {
    payload,
    visit: async (path, headers = {}) => read(await route(new Request(ORIGIN + path, { headers }))),
    call: async (method, path, init) =>
      read(await callApi({ config, request: new Request(ORIGIN + path, { method, ...init }) })),
    stop: async () => {
      await payload.destroy()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const callApi = ({ config, request }: { config: SanitizedConfig; request: Request }) =>
  handleEndpoints({ config, request })

const read = async (response: Response): Promise<Visited> => ({
  status: response.status,
  headers: response.headers,
  body: await response.text(),
})

/** What Next's router does with the folders of src/app/(site). */
async function route(request: Request): Promise<Response> {
  const [first = '', second, third, ...rest] = new URL(request.url).pathname.split('/').slice(1)
  const withParams = <Params>(params: Params) => ({ params: Promise.resolve(params) })
  if (!second) {
    if (first === '') return (await import('../../src/app/(site)/route.ts')).GET(request)
    if (first === 'robots.txt') return (await import('../../src/app/(site)/robots.txt/route.ts')).GET()
    if (first === 'sitemap.xml') return (await import('../../src/app/(site)/sitemap.xml/route.ts')).GET()
    if (first === 'unsubscribe')
      return (await import('../../src/app/(site)/unsubscribe/route.tsx')).GET(request)
    if (first === 'confirm-address')
      return (await import('../../src/app/(site)/confirm-address/route.tsx')).GET(request)
    if (first === 'confirm') return (await import('../../src/app/(site)/confirm/route.tsx')).GET(request)
    if (first === 'preferences')
      return (await import('../../src/app/(site)/preferences/route.tsx')).GET(request)
    return (await import('../../src/app/(site)/[locale]/route.tsx')).GET(
      request,
      withParams({ locale: first }),
    )
  }
  if (first === 'assets' && !third)
    return (await import('../../src/app/(site)/assets/[name]/route.ts')).GET(
      request,
      withParams({ name: second }),
    )
  if (first === 'm' && !third)
    return (await import('../../src/app/(site)/m/[name]/route.tsx')).GET(
      request,
      withParams({ name: second }),
    )
  if (first === 'a' && !third)
    return (await import('../../src/app/(site)/a/[id]/route.ts')).GET(request, withParams({ id: second }))
  if (second === 'subscribe' && !third)
    return (await import('../../src/app/(site)/[locale]/subscribe/route.tsx')).GET(
      request,
      withParams({ locale: first }),
    )
  if (second === 'rss.xml' && !third)
    return (await import('../../src/app/(site)/[locale]/rss.xml/route.ts')).GET(
      request,
      withParams({ locale: first }),
    )
  if (second === 'contact' && !third)
    return (await import('../../src/app/(site)/[locale]/contact/route.tsx')).GET(
      request,
      withParams({ locale: first }),
    )
  if (second === 'articles' && third && rest.length === 0)
    return (await import('../../src/app/(site)/[locale]/articles/[slug]/route.tsx')).GET(
      request,
      withParams({ locale: first, slug: third }),
    )
  return (await import('../../src/app/(site)/[locale]/[...rest]/route.ts')).GET(
    request,
    withParams({ locale: first }),
  )
}
