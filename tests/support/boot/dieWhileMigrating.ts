import { sql } from '@payloadcms/db-sqlite'
import { boot } from '../../../src/boot.ts'
import { configFor } from '../../../src/config.ts'
import { readEnv } from '../../../src/env.ts'
import { migrations } from '../../../src/migrations/index.ts'

/** A process that is killed after the first table of its first migration. */
const [first] = migrations
if (first)
  first.up = async ({ db }) => {
    await db.run(sql`CREATE TABLE articles (id integer)`)
    process.kill(process.pid, 'SIGKILL')
  }
await boot(configFor(readEnv()))
