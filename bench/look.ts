import { availableParallelism } from 'node:os'
import { boot } from '../src/boot.ts'
import { configFor } from '../src/config.ts'
import type { Env } from '../src/env.ts'
import type { Article } from '../src/payload-types.ts'
import { typeInChromium, type Typed } from './look/typeInChromium.ts'
import { startBenchServer } from './measure/benchServer.ts'
import { quantile } from './measure/median.ts'
import { say } from './measure/say.ts'
import { table } from './measure/table.ts'
import { makeAdmin } from './webhooks/makeAdmin.ts'

/** Of the article's words. Somebody writes for a minute, and stops for a moment each half second. */
const ARTICLE_BYTES = 60 * 1024
const LOOKS = 120
const EVERY_MS = 500
/** The form saves itself meanwhile. */
const SAVE_EVERY_LOOKS = 2

/**
 * Measures how long the mail of a long article takes while somebody writes in it and its form saves itself.
 * @param options.inBrowser in Chromium, from a key to the mail beside the text that shows it; else as requests.
 */
export async function benchLook({ inBrowser }: { inBrowser: boolean }): Promise<void> {
  let id: Article['id'] = 0
  const server = await startBenchServer({
    prepare: async (env) => {
      id = await seedArticle(env)
    },
  })
  try {
    const paths = await makeAdmin(server.baseUrl)
    const headers = paths.find((path) => 'Cookie' in path.headers)?.headers ?? {}
    say('writing for a minute …')
    if (inBrowser) {
      const path = `/admin/collections/articles/${id}`
      return showTyped(await typeInChromium({ baseUrl: server.baseUrl, path, cookie: headers.Cookie ?? '' }))
    }
    show(await write({ url: `${server.baseUrl}/api/articles/${id}`, headers }))
  } finally {
    await server.stop()
  }
}

interface Measured {
  looks: number[]
  saves: number[]
  bytes: number
}

async function write({ url, headers }: { url: string; headers: Record<string, string> }): Promise<Measured> {
  const measured: Measured = { looks: [], saves: [], bytes: 0 }
  const saves: Promise<void>[] = []
  for (let round = 0; round <= LOOKS; round += 1) {
    const begun = performance.now()
    const content = contentOf(`Rad ${round}.`)
    const save = { url: `${url}?locale=sv&draft=true&autosave=true`, method: 'PATCH', body: { content } }
    if (round % SAVE_EVERY_LOOKS === 0)
      saves.push(ask({ ...save, headers }).then(({ ms }) => void measured.saves.push(ms)))
    const unsaved = { locale: 'sv', values: { title: `Ett långt brev ${round}`, content } }
    const look = { url: `${url}/mail-preview`, method: 'POST', body: { locale: 'sv', unsaved } }
    const { ms, answer } = await ask({ ...look, headers })
    const { html, bytes } = JSON.parse(answer) as { html: string; bytes: number }
    if (!html.includes(`Rad ${round}.`)) throw new Error('The mail is of an older text.')
    measured.bytes = bytes
    // The first is not counted: the server has just started.
    if (round > 0) measured.looks.push(ms)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (performance.now() - begun))))
  }
  await Promise.all(saves)
  return measured
}

/** @throws when it is refused. */
async function ask({
  url,
  method,
  body,
  headers,
}: {
  url: string
  method: string
  body: object
  headers: Record<string, string>
}): Promise<{ ms: number; answer: string }> {
  const begun = performance.now()
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${answer.slice(0, 300)}`)
  return { ms: performance.now() - begun, answer }
}

async function seedArticle(env: Env): Promise<Article['id']> {
  const payload = await boot(configFor(env))
  const { id } = await payload.create({
    collection: 'articles',
    locale: 'sv',
    draft: true,
    data: { title: 'Ett långt brev', slug: 'ett-langt-brev', content: contentOf('Rad.'), _status: 'draft' },
  })
  await payload.destroy()
  return id
}

const node = { version: 1, format: '', indent: 0, direction: 'ltr' } as const
const SENTENCE =
  'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra, i stort och smått. '
const PARAGRAPH = SENTENCE.repeat(6)

/** Paragraphs of 60 KB, as the editor stores them. */
function contentOf(first: string): Article['content'] {
  const count = Math.ceil(ARTICLE_BYTES / Buffer.byteLength(PARAGRAPH))
  const texts = [first, ...Array.from({ length: count }, (_, index) => `${index}. ${PARAGRAPH}`)]
  const children = texts.map((text) => ({
    ...{ ...node, type: 'paragraph', textFormat: 0, textStyle: '' },
    children: [{ type: 'text', version: 1, text, format: 0, mode: 'normal', style: '', detail: 0 }],
  }))
  return { root: { ...node, type: 'root', children } }
}

function show({ looks, saves, bytes }: Measured): void {
  const title = `The look at a mail of ${Math.round(bytes / 1024)} KB while somebody writes, on SQLite, ${availableParallelism()} cores, Node ${process.version}`
  const header = ['asked', 'times', 'p50 ms', 'p95 ms', 'slowest ms']
  const rows = Object.entries({ look: looks, autosave: saves }).map(([asked, times]) => [
    asked,
    String(times.length),
    ...[0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0)),
  ])
  console.log(`${title}\n\n${table({ header, rows })}\n`)
  console.log(JSON.stringify({ title, looks: quantile(looks, 0.95), saves: quantile(saves, 0.95), bytes }))
}

function showTyped({ shown, keys, lostKeys, reloads }: Typed): void {
  const title = `From a key to the mail beside the text in Chromium, an article of ${ARTICLE_BYTES / 1024} KB, on SQLite, ${availableParallelism()} cores, Node ${process.version}`
  const header = ['stops', 'p50 ms', 'p95 ms', 'slowest ms', 'keys', 'lost keys', 'reloads']
  const times = [0.5, 0.95, 1].map((share) => quantile(shown, share).toFixed(0))
  const row = [String(shown.length), ...times, ...[keys, lostKeys, reloads].map(String)]
  console.log(`${title}\n\n${table({ header, rows: [row] })}\n`)
  console.log(JSON.stringify({ title, shown: quantile(shown, 0.95), keys, lostKeys, reloads }))
}
