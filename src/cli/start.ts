import { processEnvironment, readEnvOrExit } from '../env.ts'
import { BuildError } from './server/BuildError.ts'
import { ensureBuild } from './server/ensureBuild.ts'
import { onStop } from './server/onStop.ts'
import { runServer, type Server } from './server/runServer.ts'

/**
 * `npm start`: builds when there is no build, then serves, with a worker beside it unless WORKER=off. Ends when the web
 * server does, with its exit code. Killed with SIGKILL it cannot end the web server, which then has to be ended by hand.
 */
const env = readEnvOrExit()
const environment = processEnvironment()
const stopping = new AbortController()
let server: Server | null = null
onStop(() => {
  stopping.abort()
  void server?.stop().then(() => process.exit(0))
})

await build()
server = runServer({ env, environment })
const code = await server.ended
await server.stop()
process.exit(stopping.signal.aborted ? 0 : code)

async function build(): Promise<void> {
  try {
    await ensureBuild({
      environment: { ...environment, PAYLOAD_SECRET: env.payloadSecret },
      report: (seconds) => console.log(seconds === 0 ? 'Building …' : `Building … ${seconds} s`),
      signal: stopping.signal,
    })
  } catch (error) {
    if (!(error instanceof BuildError) && !stopping.signal.aborted) throw error
    if (error instanceof BuildError) process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
