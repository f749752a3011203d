import { randomBytes } from 'node:crypto'
import { openSync } from 'node:fs'
import { join, relative } from 'node:path'
import { listOutbox } from '../../adapters/mailer/outbox/readOutbox.ts'
import type { Env } from '../../env.ts'
import { ensureBuild } from '../server/ensureBuild.ts'
import { runServer, type Server } from '../server/runServer.ts'
import type { Lock } from '../server/tryLock.ts'
import { untilServed } from '../server/untilServed.ts'
import type { Steps } from '../terminal/showSteps.ts'
import { demoEnvironment } from './demoEnvironment.ts'
import { demoFolder, emptyDemoFolder } from './demoFolder.ts'
import { describeResult } from './describeResult.ts'
import { publishArticle } from './publishArticle.ts'
import type { Seeded } from './seedDemo.ts'

type Environment = Record<string, string | undefined>

/** What has been started so far, for whoever has to end it. */
export interface RunningDemo {
  lock: Lock | null
  server: Server | null
  logFile: string | null
  /** Ends a build that is going on. */
  stopping: AbortController
}

/**
 * Everything up to the submitted campaign, step by step.
 * @returns the lines that say what came of it.
 * @throws DemoError, EnvError, or what a step did not expect.
 */
export async function runDemo({ demo, steps }: { demo: RunningDemo; steps: Steps }): Promise<string[]> {
  const { env, environment } = await demoEnvironment()
  demo.lock = await emptyDemoFolder()
  await build({ environment, signal: demo.stopping.signal, steps })
  const seeded = await seed({ env, steps })
  const baseUrl = await serve({ demo, env, environment, steps })
  const published = await steps.run('Publishing as an editor does, over HTTP', async (update) => {
    const began = Date.now()
    const result = await publishArticle({
      baseUrl,
      article: seeded.article,
      editor: seeded.editor,
      onHold: (seconds) => update(`Published. Nobody is mailed yet: it can be undone for ${seconds} s more`),
    })
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    const count = result.campaign.counts?.submitted ?? 0
    return {
      result,
      done: `Published “${result.article.title}”: ${count} mails submitted ${seconds} s later`,
    }
  })
  const outbox = join(env.dataDir, 'outbox')
  const { entries } = await listOutbox({ directory: outbox, page: 1, pageSize: 100 })
  return describeResult({
    published,
    mails: entries,
    serverUrl: env.serverUrl,
    admin: seeded.admin,
    outboxFolder: relative(process.cwd(), outbox),
  })
}

const build = ({
  environment,
  signal,
  steps,
}: {
  environment: Environment
  signal: AbortSignal
  steps: Steps
}) =>
  steps.run('Looking whether there is a build', async (update) => {
    const result = await ensureBuild({
      environment,
      signal,
      report: (seconds) =>
        update(`Building, which takes about a minute … ${seconds > 0 ? `${seconds} s` : ''}`),
    })
    return { result, done: result === 'built' ? 'Built the web application' : 'The web application is built' }
  })

const seed = ({ env, steps }: { env: Env; steps: Steps }): Promise<Seeded> =>
  steps.run('Writing a site of its own', async () => {
    const { openPayload } = await import('../openPayload.ts')
    const { seedDemo } = await import('./seedDemo.ts')
    const payload = await openPayload(env)
    try {
      const result = await seedDemo({ payload, password: randomBytes(9).toString('base64url') })
      const done = `Wrote a site of its own: ${result.articles} articles, ${result.subscribers} subscribers`
      return { result, done }
    } finally {
      await payload.destroy()
    }
  })

const serve = ({
  demo,
  env,
  environment,
  steps,
}: {
  demo: RunningDemo
  env: Env
  environment: Environment
  steps: Steps
}): Promise<string> =>
  steps.run('Starting the web server and the worker', async () => {
    demo.logFile = join(demoFolder, 'server.log')
    demo.server = runServer({ env, environment, log: openSync(demo.logFile, 'a') })
    const result = `http://127.0.0.1:${env.port}`
    await untilServed({ baseUrl: result, server: demo.server })
    return { result, done: `Serving at ${env.serverUrl}` }
  })
