import { setFlagsFromString } from 'node:v8'
import next from 'next'
import { projectRoot } from '../cli/server/projectRoot.ts'
import { readEnvOrExit } from '../env.ts'
import { createWebServer, type Handler } from './createWebServer.ts'

/**
 * The web process, started by cli/server/runServer: the production build behind our own HTTP server. SIGTERM and SIGINT
 * let the requests under way end. Exit code 1 when it cannot listen or cannot start.
 */
const { host, port } = readEnvOrExit()
// V8 collects garbage once the heap is 30 % larger than what is in use. Left alone it lets the heap grow to a share of the
// machine's memory first: under a flood of small requests 180 MB in use became 1.5 GB. It is no limit: work that needs
// more gets it, and NODE_OPTIONS=--max-old-space-size sets one. A later V8 without this setting says so and goes on.
setFlagsFromString('--heap-growing-percent=30')
const app = next({ dev: false, dir: projectRoot, hostname: host, port })

let becomeReady: (handle: Handler) => void
const ready = new Promise<Handler>((resolve) => (becomeReady = resolve))
const server = createWebServer({
  // What comes in while the database opens waits for it.
  handle: async (request, response) => (await ready)(request, response),
  onError: (error) => console.error('web.failed', error),
})

server.once('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`${describe(error)}\n`)
  process.exit(1)
})
server.listen(port, host, () => {
  void open()
})
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const)
  process.once(signal, () => void close().then(() => process.exit(128 + number)))

async function open(): Promise<void> {
  try {
    await app.prepare()
  } catch (error) {
    console.error('web.not_started', error)
    process.exit(1)
  }
  becomeReady(app.getRequestHandler())
  console.log(`Serving at http://${host.includes(':') ? `[${host}]` : host}:${port}`)
}

/** Connections that are kept open for a next request end as soon as they have none. */
function close(): Promise<void> {
  const closing = setInterval(() => server.closeIdleConnections(), 50)
  return new Promise<void>((resolve) => server.close(() => resolve())).then(async () => {
    clearInterval(closing)
    await app.close()
  })
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use: stop what listens there, or set PORT to another one.`
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user: set PORT to one above 1023, with a proxy in front.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST ${host} is no address of this machine: set 127.0.0.1, or 0.0.0.0 for all.`
  return `The web server cannot listen at ${host}:${port}: ${error.code ?? error.message}.`
}
