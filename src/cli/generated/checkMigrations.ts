import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { BasePayload, type SanitizedConfig } from 'payload'
import { projectRoot } from '../server/projectRoot.ts'
import type { Outdated } from './outdated.ts'

/** The part of drizzle-kit's snapshot of a schema that says what the tables are. */
interface Snapshot {
  tables: Record<string, unknown>
}

/**
 * Whether the newest migration leads to the schema of the configuration. Compares snapshots: drizzle-kit's own
 * comparison asks a person whether a column that is gone was renamed.
 */
export async function checkMigrations({ config }: { config: SanitizedConfig }): Promise<Outdated[]> {
  const payload = await new BasePayload().init({ config, disableDBConnect: true, disableOnInit: true })
  const { generateDrizzleJson } = payload.db.requireDrizzleKit()
  const wanted = JSON.parse(JSON.stringify(await generateDrizzleJson(payload.db.schema))) as Snapshot
  const folder = payload.db.migrationDir
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .at(-1)
  const there: Snapshot = newest
    ? (JSON.parse(readFileSync(join(folder, newest), 'utf8')) as Snapshot)
    : { tables: {} }
  const tables = [...new Set([...Object.keys(there.tables), ...Object.keys(wanted.tables)])].filter(
    (table) => !isDeepStrictEqual(there.tables[table], wanted.tables[table]),
  )
  if (tables.length === 0) return []
  return [
    {
      file: relative(projectRoot, folder),
      difference: `has no migration to what the collections are now (${tables.join(', ')})`,
      remedy: 'npm run generate:migration -- what_changed',
    },
  ]
}
