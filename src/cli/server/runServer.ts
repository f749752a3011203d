import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Env } from '../../env.ts'
import { nextSettings, nodeArguments, projectRoot } from './projectRoot.ts'

export interface Server {
  /** Ends both processes and waits for them. */
  stop: () => Promise<void>
  /** Settles when the web server has ended by itself, with its exit code. */
  ended: Promise<number>
}

/**
 * Starts the web server and, when the environment says so, a worker beside it. A worker that dies is started again:
 * what it was doing is in the database.
 */
export function runServer({
  env,
  environment,
  quiet = false,
  log,
}: {
  env: Env
  environment: Record<string, string | undefined>
  /** Says nothing but errors. */
  quiet?: boolean
  /** An open file that gets all that both processes say, instead of our own output. */
  log?: number
}): Server {
  const childEnvironment = {
    ...environment,
    ...nextSettings,
    // glibc gives each thread an arena of its own, and what is freed in one stays with it.
    MALLOC_ARENA_MAX: environment.MALLOC_ARENA_MAX ?? '2',
    NODE_ENV: 'production',
    PAYLOAD_SECRET: env.payloadSecret,
    PORT: String(env.port),
    // Where Next asks itself for a page, instead of at whatever Host a request names.
    __NEXT_PRIVATE_ORIGIN: `http://${env.host === '0.0.0.0' ? '127.0.0.1' : env.host}:${env.port}`,
  } as NodeJS.ProcessEnv
  const start = (nodeArgs: string[]) =>
    spawn(process.execPath, nodeArgs, {
      cwd: projectRoot,
      env: childEnvironment,
      stdio: ['ignore', log ?? (quiet ? 'ignore' : 'inherit'), log ?? 'inherit'],
    })

  const web = start([...nodeArguments, 'src/web/server.ts'])
  const worker =
    env.worker === 'on' ? keepAlive(() => start([WITH_SOURCES, ...nodeArguments, 'src/cli/worker.ts'])) : null
  return {
    ended: new Promise((resolve) => web.on('exit', (code) => resolve(code ?? 1))),
    stop: async () => {
      await Promise.all([worker?.stop(), end(web)])
    },
  }
}

/** Errors name our sources. Not in the web process: Node would read the maps of the whole build as it loads it. */
const WITH_SOURCES = '--enable-source-maps'

const RESTART_AFTER_MS = 2_000

function keepAlive(start: () => ChildProcess): { stop: () => Promise<void> } {
  let isStopping = false
  let child = start()
  const watch = () =>
    child.once('exit', () => {
      if (isStopping) return
      setTimeout(() => {
        if (isStopping) return
        child = start()
        watch()
      }, RESTART_AFTER_MS)
    })
  watch()
  return {
    stop: () => {
      isStopping = true
      return end(child)
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const isForced = await Promise.race([ended.then(() => false), wait(10_000, true, { ref: false })])
  if (isForced) child.kill('SIGKILL')
  await ended
}
