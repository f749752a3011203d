import { ensureBuild } from '../src/cli/server/ensureBuild.ts'
import { processEnvironment } from '../src/env.ts'
import { say } from './measure/say.ts'
import { DATABASES, openDatabase, type Database, type DatabaseName } from './send/databases.ts'
import { measureAudience } from './send/measureAudience.ts'
import { measureSending } from './send/measureSending.ts'
import { measureWorkers } from './send/measureWorkers.ts'
import { readOptions, type SendOptions } from './send/options.ts'
import { showResults, type Results } from './send/showResults.ts'

/** From so many on one round is enough: it lasts. */
const MANY = 100_000
const LATENCY_MS = 100
const WORKERS = 3
const LIMIT = 10

/**
 * How fast campaigns are sent, by the real worker to the emulator, each a process of its own, beside what the machine
 * could do at most: see send/baseline.ts. The audience's size, several workers and a provider's limit come after.
 */
export async function benchSend(args: string[]): Promise<void> {
  const options = readOptions(args)
  if (options.withApi && options.parts.includes('sending'))
    await ensureBuild({
      environment: processEnvironment(),
      report: (seconds) => say(`building … ${seconds} s`),
    })
  const results: Results = { sending: [], audience: [], workers: [], limit: [] }
  for (const name of DATABASES.filter((each) => options.databases.includes(each))) {
    const database = await openDatabase(name)
    try {
      await measureOn({ database, name, options, results })
    } finally {
      await database.stop()
    }
  }
  showResults(results)
}

async function measureOn({
  database,
  name,
  options: { parts, recipients, latencies, rounds, withApi, profileIn },
  results,
}: {
  database: Database
  name: DatabaseName
  options: SendOptions
  results: Results
}): Promise<void> {
  if (parts.includes('sending'))
    for (const latencyMs of latencies)
      for (const count of recipients)
        results.sending.push(
          await measureSending({
            cell: { recipients: count, database, latencyMs },
            rounds: rounds ?? (count >= MANY ? 1 : 3),
            withApi,
            profileIn,
          }),
        )
  if (parts.includes('audience'))
    for (const count of [1_000, 1_000_000])
      results.audience.push(await measureAudience({ recipients: count, database, profileIn }))
  const common = { database, latencyMs: LATENCY_MS, profileIn }
  // Several processes that write to one SQLite file wait for each other: that is what MongoDB is for.
  if (parts.includes('workers') && name === 'mongodb')
    for (const count of [1, WORKERS])
      results.workers.push(
        await measureWorkers({ ...common, count, recipients: 10_000, limit: null, rounds: 3 }),
      )
  if (parts.includes('limit'))
    results.limit.push(
      await measureWorkers({ ...common, count: WORKERS, recipients: 30_000, limit: LIMIT, rounds: 1 }),
    )
}
