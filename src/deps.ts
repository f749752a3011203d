import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '@libsql/client'
import type { Db } from 'mongodb'
import type { BasePayload, EmailAdapter } from 'payload'
import type { ArticleContent } from '../emails/props.ts'
import { payloadArticles } from './adapters/articles/index.ts'
import { authMail } from './adapters/authMail.ts'
import { createMailer } from './adapters/mailer/create.ts'
import { mongoStore } from './adapters/store/mongo/index.ts'
import { sqliteStore } from './adapters/store/sqlite/index.ts'
import { mongoSubscriberList } from './adapters/subscribers/mongo.ts'
import { sqliteSubscriberList } from './adapters/subscribers/sqlite.ts'
import type { Env } from './env.ts'
import { startPace } from './newsletter/pace.ts'
import type { Flow, Mailer, Renderer, Store } from './newsletter/ports.ts'
import type { SubscriberList } from './subscribers/ports.ts'

export type Deps = Flow<ArticleContent> & { env: Env }

const known = new WeakMap<BasePayload, Deps>()

/** Everything the flow needs, made once per Payload from the environment that its configuration carries. */
export function depsOf(payload: BasePayload): Deps {
  const deps = known.get(payload) ?? makeDeps(payload)
  known.set(payload, deps)
  return deps
}

function makeDeps(payload: BasePayload): Deps {
  const env = envOf(payload)
  const store = storeOf(payload, env)
  const mailer = mailerFor(env)
  const clock = { now: () => new Date() }
  return {
    env,
    store,
    mailer,
    pace: startPace({ store, mailer, clock, sleep: (ms) => wait(ms), isStopping: () => false }),
    renderer: lazyRenderer,
    articles: payloadArticles({ payload, baseUrl: env.serverUrl }),
    secret: env.payloadSecret,
    clock,
    log: (event, facts = {}) => payload.logger.info({ event, ...facts }),
    sleep: (ms) => wait(ms),
    randomId: randomUUID,
    random: Math.random,
    held: new Set(),
  }
}

const envOf = (payload: BasePayload) => (payload.config.custom as { env: Env }).env

/** Forgotten passwords go through the same mailer as newsletters. */
export const authMailFor = (env: Env): EmailAdapter =>
  authMail({ mailer: mailerFor(env), host: new URL(env.serverUrl).hostname, siteDomain })

/** The domain of the newsletter's sender. A setting that cannot be read must not keep anybody from logging in. */
async function siteDomain(payload: BasePayload): Promise<string | null> {
  const site = await payload
    .findGlobal({ slug: 'site', select: { senderEmail: true }, depth: 0, overrideAccess: true })
    .catch(() => null)
  return site?.senderEmail?.split('@').at(-1) ?? null
}

const mailers = new WeakMap<Env, Mailer>()

function mailerFor(env: Env): Mailer {
  const mailer = mailers.get(env) ?? createMailer({ env: env.mailer, dataDir: env.dataDir })
  mailers.set(env, mailer)
  return mailer
}

const storeOf = (payload: BasePayload, env: Env): Store =>
  env.database.kind === 'sqlite' ? sqliteStore(sqliteOf(payload)) : mongoStore(mongoOf(payload))

/** What an import of subscribers writes to. */
export const subscriberListOf = (payload: BasePayload): SubscriberList =>
  envOf(payload).database.kind === 'sqlite'
    ? sqliteSubscriberList(sqliteOf(payload))
    : mongoSubscriberList(mongoOf(payload))

const sqliteOf = (payload: BasePayload) => (payload.db as unknown as { client: Client }).client

const mongoOf = (payload: BasePayload) => (payload.db as unknown as { connection: { db: Db } }).connection.db

/** React Email is loaded when the first mail is rendered: the web server hardly ever needs it. */
const lazyRenderer: Renderer<ArticleContent> = {
  render: async (input) => (await loadRenderer()).articleRenderer.render(input),
}

/** Loads it ahead of the first mail. */
export const loadRenderer = () => import('./adapters/renderer/index.ts')
