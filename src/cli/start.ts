import { processEnvironment, readEnvOrExit } from '../env.ts'
import { ensureBuild } from './server/ensureBuild.ts'
import { runServer } from './server/runServer.ts'

/** `npm start`: builds when there is no build, then serves, with a worker beside it unless WORKER=off. */
const env = readEnvOrExit()
const environment = processEnvironment()
await ensureBuild({
  environment: { ...environment, PAYLOAD_SECRET: env.payloadSecret },
  report: (seconds) => console.log(seconds === 0 ? 'Building …' : `Building … ${seconds} s`),
})
const server = runServer({ env, environment, webArguments: process.argv.slice(2) })
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void server.stop().then(() => process.exit(0)))
const code = await server.ended
await server.stop()
process.exit(code)
