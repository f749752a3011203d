/**
 * `npm run test:crash [-- --long --kills 50 --recipients 5000 --workers 1 --database sqlite --seed 1]`: real workers,
 * killed at moments of chance, 5 times or with --long 50 times, one combination after the other; without --workers and
 * --database all of them. Ends with 1 when somebody was mailed twice or never, or anything else is not as it should be;
 * then data and logs are kept.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onStop } from '../../src/cli/server/onStop.ts'
import { provideMongo } from '../support/mongodb/server.mjs'
import { crashCampaign } from './crashCampaign.ts'
import { findDifferences } from './findDifferences.ts'
import { readOptions } from './options.ts'
import { summarise } from './summarise.ts'

// Its processes end with it.
onStop(() => process.exit(1))
const { kills, recipients, combinations, seed = randomInt(1_000_000) } = readOptions(process.argv.slice(2))
console.log(`seed ${seed}`)
const mongo = combinations.some(({ database }) => database === 'mongodb') ? await startMongo() : null
const rows: Record<string, string | number>[] = []
const faults: Record<string, number> = {}
let isAllWell = true
for (const { database, workers, offset } of combinations) {
  const name = `${database}, ${workers} worker${workers === 1 ? '' : 's'}`
  const folder = mkdtempSync(join(tmpdir(), 'utskick-crash-'))
  const variables = database === 'mongodb' && mongo ? freshDatabase(mongo) : {}
  console.log(`${name}: ${folder}`)
  try {
    const result = await crashCampaign({
      ...{ kills, recipients, workers, folder, seed: seed + offset },
      database: variables,
    })
    rows.push({ combination: name, ...summarise(result) })
    for (const [fault, times] of Object.entries(result.faults)) faults[fault] = (faults[fault] ?? 0) + times
    const differences = findDifferences({ result, kills, recipients })
    if (differences.length > 0) throw new Error(differences.join('\n'))
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    isAllWell = false
    console.error(
      `${name}: FAILED, kept in ${folder}\n${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
console.table(rows)
console.log(`faults met: ${JSON.stringify(faults)}`)
console.log(isAllWell ? 'Everybody was mailed once.' : 'FAILED')
if (mongo) await mongo.stop()
process.exit(isAllWell ? 0 : 1)

type Mongo = Awaited<ReturnType<typeof startMongo>>

async function startMongo() {
  const mongo = await provideMongo()
  if ('missing' in mongo) throw new Error(`There is no MongoDB: ${mongo.missing}`)
  return mongo
}

function freshDatabase({ url, compatibility }: Mongo): Record<string, string> {
  const named = new URL(url)
  named.pathname = `/utskick_crash_${randomUUID().slice(0, 13)}`
  return { DATABASE_URL: named.href, MONGODB_COMPATIBILITY: compatibility ?? '' }
}
