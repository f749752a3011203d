import { processEnvironment, readEnvOrExit } from '../env.ts'
import { ensureBuild } from './server/ensureBuild.ts'
import { onStop } from './server/onStop.ts'
import { runServer } from './server/runServer.ts'

/**
 * `npm start`: builds when there is no build, then serves, with a worker beside it unless WORKER=off. Ends when the web
 * server does, with its exit code. Killed with SIGKILL it cannot end the web server, which then has to be ended by hand.
 */
const env = readEnvOrExit()
const environment = processEnvironment()
await build()
const server = runServer({ env, environment, webArguments: process.argv.slice(2) })
onStop(() => void server.stop().then(() => process.exit(0)))
const code = await server.ended
await server.stop()
process.exit(code)

async function build(): Promise<void> {
  try {
    await ensureBuild({
      environment: { ...environment, PAYLOAD_SECRET: env.payloadSecret },
      report: (seconds) => console.log(seconds === 0 ? 'Building …' : `Building … ${seconds} s`),
    })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
