import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configFor } from '../config.ts'
import { readEnv } from '../env.ts'
import { checkImportMap } from './generated/checkImportMap.ts'
import { checkMigrations } from './generated/checkMigrations.ts'
import { checkTypes } from './generated/checkTypes.ts'

/**
 * `npm run check:generated`: what is generated from the collections is what they are now; exit code 1 when a file is
 * not, which it names with the command that mends it. Writes nothing into the project.
 */
const folder = mkdtempSync(join(tmpdir(), 'utskick-generated-'))
try {
  const config = await configFor(
    readEnv({
      DATABASE_URL: `file:${join(folder, 'never.db')}`,
      PAYLOAD_SECRET: 'not used: nothing is served',
    }),
  )
  const problems = [
    ...(await checkTypes({ config, folder })),
    ...(await checkImportMap({ config, folder })),
    ...(await checkMigrations({ config })),
  ]
  for (const { file, difference, remedy } of problems)
    process.stderr.write(`${file} ${difference}. Mend it with: ${remedy}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
