import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createClient } from '@libsql/client'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import { mailAtOnce } from './siteContent.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const MIGRATIONS = join(ROOT, 'src/migrations')
const CACHE = join(ROOT, 'node_modules/.cache/utskick')

/** A SQLite file with the schema of these migrations and no rows but the site’s, made once: a copy opens faster than a migration. */
export async function templateDatabase(): Promise<string> {
  const template = join(CACHE, `template-${hashOfMigrations()}.db`)
  if (!existsSync(template)) await makeTemplate(template)
  return template
}

function hashOfMigrations(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(MIGRATIONS).filter((file) => file.endsWith('.ts')))
    hash
      .update('no hold')
      .update(name)
      .update(readFileSync(join(MIGRATIONS, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Beside its place first, so that what is in its place is whole whoever else makes it at the same time. */
async function makeTemplate(template: string): Promise<void> {
  const folder = join(CACHE, randomUUID())
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'utskick.db')
  const copy = join(folder, 'template.db')
  try {
    const env = readEnv({ DATABASE_URL: `file:${file}`, PAYLOAD_SECRET: 'a secret of the tests' })
    const payload = await boot(configFor(env), { key: folder })
    await mailAtOnce(payload)
    await payload.destroy()
    const client = createClient({ url: `file:${file}` })
    // One file, with what the journal holds.
    await client.execute({ sql: 'VACUUM INTO ?', args: [copy] })
    client.close()
    renameSync(copy, template)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
