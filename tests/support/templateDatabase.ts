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

/**
 * A SQLite file as a first start leaves it, made once: a copy opens faster than a migration.
 * @param options.holds whether the site has the hold that it has by default; else none, and mails go at once.
 */
export async function templateDatabase({ holds = false }: { holds?: boolean } = {}): Promise<string> {
  const templates = templatesOf(hashOfMigrations())
  const template = templates[holds ? 'holding' : 'atOnce']
  if (!existsSync(template)) await makeTemplates(templates)
  return template
}

interface Templates {
  holding: string
  atOnce: string
}

const templatesOf = (hash: string): Templates => ({
  holding: join(CACHE, `holding-${hash}.db`),
  atOnce: join(CACHE, `at-once-${hash}.db`),
})

function hashOfMigrations(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(MIGRATIONS).filter((file) => file.endsWith('.ts')))
    hash.update(name).update(readFileSync(join(MIGRATIONS, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Beside its place first, so that what is in its place is whole whoever else makes it at the same time. */
async function makeTemplates({ holding, atOnce }: Templates): Promise<void> {
  const folder = join(CACHE, randomUUID())
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'utskick.db')
  const put = async (template: string) => {
    const copy = join(folder, 'template.db')
    const client = createClient({ url: `file:${file}` })
    // One file, with what the journal holds.
    await client.execute({ sql: 'VACUUM INTO ?', args: [copy] })
    client.close()
    renameSync(copy, template)
  }
  try {
    const env = readEnv({ DATABASE_URL: `file:${file}`, PAYLOAD_SECRET: 'a secret of the tests' })
    const payload = await boot(configFor(env), { key: folder })
    await put(holding)
    await mailAtOnce(payload)
    await payload.destroy()
    await put(atOnce)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
