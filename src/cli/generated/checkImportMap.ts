import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { generateImportMap, type SanitizedConfig } from 'payload'
import { projectRoot } from '../server/projectRoot.ts'
import type { Outdated } from './outdated.ts'

const IMPORT_MAP = 'src/app/(payload)/admin/importMap.js'

/** Whether the admin's list of its components is that of the configuration. */
export async function checkImportMap({
  config,
  folder,
}: {
  config: SanitizedConfig
  /** For what is generated here. */
  folder: string
}): Promise<Outdated[]> {
  // The same way from one to the other: the paths in the file are relative to where it is.
  const baseDir = join(folder, relative(projectRoot, config.admin.importMap.baseDir))
  const importMapFile = join(folder, IMPORT_MAP)
  mkdirSync(dirname(importMapFile), { recursive: true })
  writeFileSync(importMapFile, '')
  const importMap = { ...config.admin.importMap, baseDir, importMapFile }
  const admin = { ...config.admin, importMap }
  await generateImportMap(Object.assign({}, config, { admin }), { log: false, force: true })
  if (readFileSync(importMapFile, 'utf8') === readFileSync(join(projectRoot, IMPORT_MAP), 'utf8')) return []
  return [
    {
      file: IMPORT_MAP,
      difference: 'does not list the components that the admin has now',
      remedy: 'npm run generate:importmap',
    },
  ]
}
