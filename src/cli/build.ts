import { spawn } from 'node:child_process'
import { processEnvironment } from '../env.ts'
import { nextBin, nextSettings, projectRoot } from './server/projectRoot.ts'
import { shareChunks } from './server/shareChunks.ts'

/** `npm run build`: builds the web application anew, shows what Next says, and ends with its exit code. */
const build = spawn(process.execPath, [nextBin, 'build'], {
  cwd: projectRoot,
  env: { ...processEnvironment(), ...nextSettings, NODE_ENV: 'production' } as NodeJS.ProcessEnv,
  stdio: 'inherit',
})
const code = await new Promise<number>((resolve) => build.on('close', (ended) => resolve(ended ?? 1)))
if (code === 0) shareChunks()
process.exit(code)
