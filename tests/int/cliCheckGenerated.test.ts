import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { SanitizedConfig } from 'payload'
import { checkImportMap } from '../../src/cli/generated/checkImportMap.ts'
import { checkMigrations } from '../../src/cli/generated/checkMigrations.ts'
import { checkTypes } from '../../src/cli/generated/checkTypes.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'

/** `npm run check` runs it on the project as it is; here something is out of date. */
describe('the check of what is generated', () => {
  let folder: string
  let config: SanitizedConfig

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-check-'))
    const DATABASE_URL = `file:${join(folder, 'never.db')}`
    config = await configFor(readEnv({ DATABASE_URL, PAYLOAD_SECRET: 'a secret of the tests' }))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('finds types of other collections, and leaves them as they are', async () => {
    const outputFile = join(folder, 'old-types.ts')
    writeFileSync(outputFile, 'export interface Article {}\n')
    const typescript = { ...config.typescript, outputFile }
    const [outdated] = await checkTypes({ config: Object.assign({}, config, { typescript }), folder })
    expect(outdated).toMatchObject({
      difference: 'is not what the collections are now',
      remedy: 'npm run generate:types',
    })
  })

  it('finds a list of other components of the admin', async () => {
    const components = { ...config.admin.components, afterNavLinks: [] }
    const admin = { ...config.admin, components }
    expect(await checkImportMap({ config: Object.assign({}, config, { admin }), folder })).toEqual([
      {
        file: 'src/app/(payload)/admin/importMap.js',
        difference: 'does not list the components that the admin has now',
        remedy: 'npm run generate:importmap',
      },
    ])
  })

  it('finds tables that the newest migration does not lead to, and names them', async () => {
    const migrationDir = join(folder, 'migrations')
    mkdirSync(migrationDir)
    writeFileSync(join(migrationDir, '20260101_newest.json'), JSON.stringify({ tables: { gone: {} } }))
    const db: SanitizedConfig['db'] = {
      ...config.db,
      init: (args) => Object.assign(config.db.init(args), { migrationDir }),
    }
    const [outdated] = await checkMigrations({ config: Object.assign({}, config, { db }) })
    const named = /\((.*)\)$/.exec(outdated?.difference ?? '')?.[1]?.split(', ') ?? []
    expect({
      remedy: outdated?.remedy,
      named: ['gone', 'articles', 'topics', 'users'].filter((table) => named.includes(table)),
    }).toEqual({
      remedy: 'npm run generate:migration -- what_changed',
      named: ['gone', 'articles', 'topics', 'users'],
    })
  })
})
