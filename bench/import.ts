import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import type { Config, Payload } from 'payload'
import { boot } from '../src/boot.ts'
import { configFor } from '../src/config.ts'
import { depsOf, subscriberListOf } from '../src/deps.ts'
import { readEnv } from '../src/env.ts'
import { exportSubscribers } from '../src/subscribers/exportSubscribers.ts'
import { importSubscribers } from '../src/subscribers/importSubscribers.ts'
import { measureDelay, type Delay } from './import/measureDelay.ts'
import { say } from './measure/say.ts'
import { table } from './measure/table.ts'
import { temporaryFolder } from './measure/temporaryFolder.ts'
import { DATABASES, openDatabase, type Database } from './send/databases.ts'

interface Measured extends Delay {
  database: string
  what: string
  linesPerSecond: number
  peakMb: number
  /** Of the longest waits: how many times as long as while nothing is done. */
  ratio: number
}

/**
 * How fast a file of subscribers is read, imported and exported, and how long everything else in the same process waits
 * meanwhile: the 99th percentile of the event loop's delay, beside that of the idle process.
 */
export async function benchImport(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      lines: { type: 'string' },
      database: { type: 'string' },
    },
  })
  const lines = Number(values.lines ?? (values.quick ? 10_000 : 100_000))
  const wanted = values.database ?? (values.quick ? 'sqlite' : null)
  const measured: Measured[] = []
  for (const name of DATABASES.filter((each) => wanted === null || each === wanted)) {
    const database = await openDatabase(name)
    try {
      measured.push(...(await measureOn({ database, lines })))
    } finally {
      await database.stop()
    }
  }
  show({ measured, lines })
}

async function measureOn({ database, lines }: { database: Database; lines: number }): Promise<Measured[]> {
  const { path: folder, remove } = temporaryFolder()
  const environment = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    ...database.variables(folder),
    DATA_DIR: folder,
    PAYLOAD_SECRET: 'the secret of a benchmark',
    SERVER_URL: 'http://127.0.0.1:3000',
    WORKER: 'off',
  }
  const logger: Config['logger'] = { options: { level: 'error' }, destination: process.stderr }
  const payload = await boot(Object.assign({}, await configFor(readEnv(environment)), { logger }), {
    key: folder,
  })
  try {
    const path = join(folder, 'people.csv')
    await writePeople({ payload, path, lines })
    const idle = await measureDelay(() => new Promise<void>((resolve) => setTimeout(resolve, 3_000)))
    const measured: Measured[] = []
    for (const [what, work] of Object.entries(worksOf({ payload, path }))) {
      say(`${database.kind}: ${what} …`)
      const delay = await measureDelay(work)
      const linesPerSecond = Math.round(lines / delay.seconds)
      measured.push({ ...delay, database: database.kind, what, linesPerSecond, ratio: delay.p99 / idle.p99 })
    }
    return measured
  } finally {
    if (database.name === 'mongodb') await payload.db.connection.dropDatabase()
    await payload.destroy()
    remove()
  }
}

function worksOf({ payload, path }: { payload: Payload; path: string }): Record<string, () => Promise<void>> {
  const importing = (isDryRun: boolean) => async () => {
    const deps = { list: subscriberListOf(payload), clock: depsOf(payload).clock }
    const from = { file: 'people.csv', by: null }
    for await (const step of importSubscribers(deps, { path, from, isDryRun }))
      if (step.kind === 'done' && step.counts.refused > 0) throw new Error('Lines were refused.')
  }
  return {
    'dry run': importing(true),
    import: importing(false),
    'the same again': importing(false),
    export: async () => {
      for await (const text of exportSubscribers({ list: subscriberListOf(payload), status: 'all' }))
        if (text === '') throw new Error('An empty part.')
    },
  }
}

async function writePeople({
  payload,
  path,
  lines,
}: {
  payload: Payload
  path: string
  lines: number
}): Promise<void> {
  for (const slug of ['ledarskap', 'team'])
    await payload.create({ collection: 'topics', locale: 'sv', data: { name: slug, slug } })
  function* rows() {
    yield 'email,name,locale,topics,consent_source\n'
    for (let index = 0; index < lines; index++) {
      const locale = index % 10 === 9 ? 'en' : 'sv'
      yield `lasare-${index}@example.com,"Läsare, Åsa ${index}",${locale},ledarskap|team,bench\n`
    }
  }
  await pipeline(Readable.from(rows()), createWriteStream(path))
}

function show({ measured, lines }: { measured: Measured[]; lines: number }): void {
  const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 })
  console.log(`\n${lines.toLocaleString('en')} lines with a name and two topics\n`)
  console.log(
    table({
      header: ['database', 'what', 'lines/s', 'event loop p99 ms', 'x idle', 'max ms', 'RSS MB'],
      rows: measured.map((each) => [
        each.database,
        each.what,
        number(each.linesPerSecond),
        number(each.p99),
        number(each.ratio),
        number(each.max),
        number(each.peakMb),
      ]),
      texts: 2,
    }),
  )
  console.log(JSON.stringify({ bench: 'import', lines, measured }))
}
