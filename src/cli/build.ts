import { processEnvironment } from '../env.ts'
import { startBuild } from './server/ensureBuild.ts'
import { shareChunks } from './server/shareChunks.ts'

/** `npm run build`: always builds, prints what Next prints, and ends with Next's exit code. */
const build = startBuild({ environment: processEnvironment(), stdio: 'inherit' })
const code = await new Promise<number>((resolve) => build.on('close', (ended) => resolve(ended ?? 1)))
if (code === 0) shareChunks()
process.exit(code)
