import { spawn } from 'node:child_process'
import { processEnvironment, readEnvOrExit } from '../env.ts'
import { onStop } from './server/onStop.ts'
import { nextBin, nextSettings, projectRoot } from './server/projectRoot.ts'

/** `npm run dev`: the web server with reloading, and a worker beside it unless WORKER=off. */
// Starts again when a source changes, so that Node has to know each of them: not as a bundle.
const WATCHING = ['--conditions=production', '--import', 'tsx', '--watch']
const env = readEnvOrExit()
const options = {
  cwd: projectRoot,
  env: {
    ...processEnvironment(),
    ...nextSettings,
    NODE_ENV: 'development' as const,
    PAYLOAD_SECRET: env.payloadSecret,
    PORT: String(env.port),
  },
  stdio: 'inherit',
} as const
const web = spawn(
  process.execPath,
  [
    '--conditions=production',
    nextBin,
    'dev',
    '-p',
    String(env.port),
    '-H',
    env.host,
    ...process.argv.slice(2),
  ],
  options,
)
const worker =
  env.worker === 'on' ? spawn(process.execPath, [...WATCHING, 'src/cli/worker.ts'], options) : null
onStop(() => {
  web.kill('SIGTERM')
  worker?.kill('SIGTERM')
})
web.on('exit', (code) => {
  worker?.kill('SIGTERM')
  process.exit(code ?? 0)
})
