import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SanitizedConfig } from 'payload'
import { generateTypes } from 'payload/node'
import { projectRoot } from '../server/projectRoot.ts'
import type { Outdated } from './outdated.ts'

/** Whether the types of the collections are those of the configuration. */
export async function checkTypes({
  config,
  folder,
}: {
  config: SanitizedConfig
  /** For what is generated here. */
  folder: string
}): Promise<Outdated[]> {
  const current = config.typescript.outputFile
  const outputFile = join(folder, 'payload-types.ts')
  const typescript = { ...config.typescript, outputFile }
  await generateTypes(Object.assign({}, config, { typescript }), { log: false })
  if (readFileSync(outputFile, 'utf8') === readFileSync(current, 'utf8')) return []
  return [
    {
      file: relative(projectRoot, current),
      difference: 'is not what the collections are now',
      remedy: 'npm run generate:types',
    },
  ]
}
