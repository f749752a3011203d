import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../src/cli/server/ensureBuild.ts'
import { freePort } from '../src/cli/server/freePort.ts'
import { runServer } from '../src/cli/server/runServer.ts'
import { untilServed } from '../src/cli/server/untilServed.ts'
import { readEnv } from '../src/env.ts'
import { compare, type Comparison } from './measure/compare.ts'
import { say } from './measure/say.ts'
import { showComparisons } from './measure/showComparisons.ts'
import { seedArticles } from './seedArticles.ts'

const ARTICLES = 1_000
const CONNECTIONS = 10

/**
 * How fast a frontend gets published content: 1,000 articles, 10 connections, the production server on a fresh SQLite
 * file. Each subject is measured in turn with a bare handler of the same server that answers the same bytes, so that
 * the ratios say what our code costs, whatever the machine.
 */
export async function benchApi({ isQuick }: { isQuick: boolean }): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-bench-'))
  try {
    const benchDir = join(directory, 'answers')
    mkdirSync(benchDir)
    const environment = await makeEnvironment({ directory, benchDir })
    await ensureBuild({ environment, report: (seconds) => say(`building … ${seconds} s`) })
    const env = readEnv(environment)
    say(`writing ${ARTICLES} articles …`)
    const slugs = await seedArticles({ env, count: ARTICLES })
    const server = runServer({ env, environment, quiet: true })
    try {
      await untilServed({ baseUrl: env.serverUrl, server })
      const comparisons = await compareAll({
        baseUrl: env.serverUrl,
        benchDir,
        slugs,
        isQuick,
      })
      showComparisons({ comparisons, title: `${ARTICLES} articles, ${CONNECTIONS} connections` })
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Nothing of the machine's own setting but the path to its programs. */
async function makeEnvironment({
  directory,
  benchDir,
}: {
  directory: string
  benchDir: string
}): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: `file:${join(directory, 'utskick.db')}`,
    PAYLOAD_SECRET: 'the secret of a benchmark',
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    WORKER: 'off',
    BENCH_DIR: benchDir,
  }
}

async function compareAll({
  baseUrl,
  benchDir,
  slugs,
  isQuick,
}: {
  baseUrl: string
  benchDir: string
  slugs: [string, ...string[]]
  isQuick: boolean
}): Promise<Comparison[]> {
  const list = 'select[title]=true&select[slug]=true&select[excerpt]=true&select[publishedAt]=true'
  const [slug] = slugs
  const bySlug = `/api/articles?where[slug][equals]=${slug}&limit=1&locale=sv`
  const pageOf = (each: string) => `${baseUrl}/sv/articles/${each}`
  const subjects: Record<string, [string, ...string[]]> = {
    'article by slug': [`${baseUrl}${bySlug}&depth=0`],
    'with its authors': [`${baseUrl}${bySlug}&depth=1`],
    'list of fifteen': [`${baseUrl}/api/articles?limit=15&sort=-publishedAt&depth=0&locale=sv&${list}`],
    // Kept for up to a second for all who ask: see src/content/publicCache.ts. The last one shows the price without.
    rss: [`${baseUrl}/sv/rss.xml`],
    'article page': [pageOf(slug)],
    'all pages in turn': [pageOf(slug), ...slugs.slice(1).map(pageOf)],
  }
  const comparisons: Comparison[] = []
  for (const [name, subject] of Object.entries(subjects)) {
    say(`measuring ${name} …`)
    const key = name.replaceAll(' ', '-')
    await keepAnswer({ url: subject[0], file: join(benchDir, `${key}.json`) })
    comparisons.push(
      await compare({
        name,
        subject,
        baseline: `${baseUrl}/bench/${key}`,
        connections: CONNECTIONS,
        rounds: isQuick ? 3 : 5,
        seconds: isQuick ? 2 : 5,
      }),
    )
  }
  return comparisons
}

/** What the bare handler is to repeat. */
async function keepAnswer({ url, file }: { url: string; file: string }): Promise<void> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  writeFileSync(file, JSON.stringify({ type: answer.headers.get('content-type'), body: await answer.text() }))
}
