import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { MOST_REST_MS } from '../src/public-api/dearReads.ts'
import { startBenchServer } from './measure/benchServer.ts'
import { median } from './measure/median.ts'
import { cpuSecondsOf } from './measure/processes.ts'
import { say } from './measure/say.ts'
import { PUBLIC_BOUNDS } from '../src/public-api/readValue.ts'
import { table } from './measure/table.ts'
import { seedManyArticles } from './seedManyArticles.ts'

/** Milliseconds that the dearest question may take. */
const BOUND_MS = 500

const all = (conditions: string[]) => conditions.map((each, at) => `where[and][${at}]${each}`).join('&')
const any = (conditions: string[]) => conditions.map((each, at) => `where[or][${at}]${each}`).join('&')
const ABSENT_WORDS = 'zz+yy+xx+ww+vv+uu'
const PRESENT_WORDS = 'a+r+t+i+k+e'
const TOPICS = '[topics.slug][in]=frihet,arbete,ekonomi,ansvar'
const AUTHORS = '[authors.name][like]=a'
const numbers = (count: number, from: number) => Array.from({ length: count }, (_, at) => from + at)
/** Ids that no topic and no author has. */
const NOBODY = numbers(100, 1_000).join(',')
/** Beside two that search. */
const MOST_OTHERS = PUBLIC_BOUNDS.conditions - 2
const OTHER_SLUGS = numbers(MOST_OTHERS, 0).map((at) => `[slug][not_equals]=x${at}`)
const MANY_OTHERS = numbers(PUBLIC_BOUNDS.onTranslated, 0).map((at) => `[excerpt][not_equals]=x${at}`)
const MISSED_SLUGS = numbers(MOST_OTHERS, 0).map((at) => `[slug][equals]=x${at}`)
const MANY_MISSES = numbers(PUBLIC_BOUNDS.onTranslated, 0).map((at) => `[excerpt][equals]=x${at}`)
const MANY_LISTS = numbers(PUBLIC_BOUNDS.onTranslated, 0).map(
  (at) =>
    `[${at % 2 ? 'title' : 'excerpt'}][not_in]=${numbers(100, at * 100)
      .map((number) => `x${number}`)
      .join(',')}`,
)
/** The dearest shape of an answer, in an order that no index has: by as many fields as the question may. */
const whole = (sort: string) => `limit=100&depth=2&locale=all&sort=${sort}`
const WHOLE = whole('-updatedAt')
const TITLES = 'limit=100&depth=0&select[title]=true'

/** The dearest permitted question of each kind without a login, and one by slug to compare with. */
const QUERIES: Record<string, string> = {
  'an article by slug': '/articles?where[slug][equals]=artikel-501&limit=1&depth=1',
  'a hundred whole articles': '/articles?limit=100&depth=2',
  'in all locales': '/articles?limit=100&depth=2&locale=all',
  'in all locales, sorted by three fields': `/articles?${whole('-updatedAt,slug,-publishedAt')}`,
  'the last page': '/articles?limit=100&page=990&depth=0&select[slug]=true',
  'sorted by slug': '/articles?limit=100&depth=0&sort=slug&select[slug]=true',
  'sorted by three fields': '/articles?limit=100&depth=0&sort=-publishedAt,slug,-updatedAt&select[slug]=true',
  'of a year, sorted by another date':
    '/articles?limit=25&depth=0&where[publishedAt][greater_than]=2000-01-01&sort=updatedAt&select[slug]=true',
  'a search without a hit': `/articles?limit=100&where[title][like]=${ABSENT_WORDS}`,
  'two searches': `/articles?limit=100&${any([`[title][like]=${ABSENT_WORDS}`, `[excerpt][like]=${ABSENT_WORDS}`])}`,
  'two searches that find all, in all locales, sorted': `/articles?${WHOLE}&${all([...OTHER_SLUGS, `[title][like]=${PRESENT_WORDS}`, `[excerpt][like]=${PRESENT_WORDS}`])}`,
  'a search that finds all, sorted by slug':
    '/articles?limit=100&depth=0&where[title][like]=artikel&sort=slug',
  'the last page of a search': '/articles?limit=100&page=990&where[title][like]=artikel&sort=slug&locale=all',
  'beyond the last page of a search': '/articles?limit=100&page=9000&where[title][like]=artikel&sort=slug',
  'a search for what is not there': '/articles?limit=100&depth=0&where[excerpt][not_like]=zz',
  'a count of a search': '/articles/count?where[excerpt][like]=zz',
  'a count of many conditions': `/articles/count?${all([...OTHER_SLUGS, TOPICS, '[title][like]=artikel'])}`,
  'without a picture, sorted': `/articles?${TITLES}&sort=-updatedAt&where[heroImage][exists]=false`,
  'by topics': `/articles?${TITLES}&where${TOPICS}`,
  'by topics and authors': `/articles?${TITLES}&${all([TOPICS, AUTHORS])}`,
  'by topics and authors, in all locales, sorted': `/articles?${WHOLE}&${all([TOPICS, AUTHORS])}`,
  'by topics or authors, sorted by slug': `/articles?${TITLES}&sort=slug&${any([TOPICS, AUTHORS])}`,
  'by topics or authors that no article has': `/articles?${TITLES}&${any([`[topics][in]=${NOBODY}`, `[authors][in]=${NOBODY}`])}`,
  'many conditions': `/articles?${TITLES}&sort=slug&${all([...OTHER_SLUGS, TOPICS, '[title][like]=artikel'])}`,
  'many conditions, in all locales, sorted': `/articles?${WHOLE}&${all([...OTHER_SLUGS, TOPICS, AUTHORS])}`,
  'many conditions on texts and topics, in all locales, sorted': `/articles?${WHOLE}&${all([...MANY_OTHERS, ...OTHER_SLUGS.slice(MANY_OTHERS.length - 1), TOPICS])}`,
  'many conditions with long lists': `/articles?${TITLES}&sort=slug&${all([...MANY_LISTS, ...OTHER_SLUGS.slice(MANY_LISTS.length - 1), TOPICS])}`,
  'many alternatives that miss': `/articles?${TITLES}&${any([...MISSED_SLUGS, `[topics][in]=${NOBODY}`, `[authors][in]=${NOBODY}`])}`,
  'many alternatives, the last one hits': `/articles?${WHOLE}&${any([...MISSED_SLUGS, `[topics][in]=${NOBODY}`, AUTHORS])}`,
  'many alternatives on texts, the last one hits': `/articles?${WHOLE}&${any([...MANY_MISSES, AUTHORS])}`,
}

interface Measured {
  name: string
  /** Milliseconds, of rounds without anybody else. */
  median: number
  longest: number
  /** Of the server's processors, for one. */
  cpu: number
  /** How many times the article by slug. */
  ratio: number
  found: number
}

/** What the dearest permitted questions cost on 100,000 articles on SQLite, where nothing can stop one that runs. */
export async function benchQueries(options: string[]): Promise<void> {
  const isQuick = options.includes('--quick')
  const articles = isQuick ? 10_000 : 100_000
  const server = await startBenchServer({
    prepare: async (env) => {
      say(`writing ${articles} articles …`)
      await seedManyArticles({ env, count: articles })
    },
  })
  try {
    const measured: Measured[] = []
    for (const [name, path] of Object.entries(QUERIES)) {
      say(`asking ${name} …`)
      const asked = await ask({
        url: `${server.baseUrl}/api${path}`,
        pids: server.pids(),
        rounds: isQuick ? 3 : 7,
      })
      measured.push({ name, ...asked, ratio: asked.median / (measured[0]?.median ?? asked.median) })
    }
    show({ measured, articles })
  } finally {
    await server.stop()
  }
}

async function ask({
  url,
  pids,
  rounds,
}: {
  url: string
  pids: number[]
  rounds: number
}): Promise<Omit<Measured, 'name' | 'ratio'>> {
  const found = await readTotal(url)
  const cpuBefore = cpuSecondsOf(pids)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // The line of dear questions rests after each, as long as it took.
    await wait(MOST_REST_MS)
    const began = performance.now()
    await readTotal(url)
    times.push(performance.now() - began)
  }
  return {
    median: median(times),
    longest: Math.max(...times),
    cpu: ((cpuSecondsOf(pids) - cpuBefore) * 1_000) / rounds,
    found,
  }
}

/** @throws when it is refused: a question that is not permitted is no measure. */
async function readTotal(url: string): Promise<number> {
  const answer = await fetch(url)
  const body = (await answer.json()) as { totalDocs?: number }
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(body).slice(0, 200)}`)
  return body.totalDocs ?? 0
}

function show({ measured, articles }: { measured: Measured[]; articles: number }): void {
  const title = `${articles} articles on SQLite, ${availableParallelism()} cores, Node ${process.version}`
  const header = ['', 'median ms', 'longest ms', 'cpu ms', 'of one by slug', 'found']
  const rows = measured.map(({ name, median, longest, cpu, ratio, found }) => [
    name,
    median.toFixed(0),
    longest.toFixed(0),
    cpu.toFixed(0),
    ratio.toFixed(1),
    String(found),
  ])
  console.log(`${title}\n\n${table({ header, rows })}\n`)
  const over = measured.filter(({ longest }) => longest > BOUND_MS).map(({ name }) => name)
  console.log(
    over.length === 0
      ? `Each within ${BOUND_MS} ms, the longest round too.`
      : `Over ${BOUND_MS} ms: ${over.join('; ')}.`,
  )
  console.log(JSON.stringify({ title, measured }))
}
