import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeArguments, projectRoot } from '../../src/cli/server/projectRoot.ts'
import type { RunningServer } from './startServer.ts'

/** Makes subscribers as an operator does, by the command line. */
export async function importAddresses({
  server: { environment },
  emails,
}: {
  server: Pick<RunningServer, 'environment'>
  emails: readonly string[]
}): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-csv-'))
  const file = join(directory, 'people.csv')
  writeFileSync(
    file,
    ['email,consent_source', ...emails.map((email) => `${email},the fair 2026`), ''].join('\n'),
  )
  const command = [...nodeArguments, 'src/cli/index.ts', 'import-subscribers', file]
  const env = { ...environment, NODE_ENV: 'production' as const }
  const cli = spawn(process.execPath, command, {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((resolve) => cli.on('exit', resolve))
  rmSync(directory, { recursive: true, force: true })
  if (code !== 0) throw new Error(`The import ended with ${String(code)}.`)
}
