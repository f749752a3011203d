import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The whole environment, checked. This file is the only one that reads process.env. */
export interface Env {
  database:
    { kind: 'sqlite'; url: string } | { kind: 'mongodb'; url: string; compatibility: Compatibility | null }
  /** Absolute; what Utskick keeps besides the database: media/, outbox/, secret. Beside the SQLite file, or ./data. */
  dataDir: string
  payloadSecret: string
  /** Absolute, without a trailing slash. */
  serverUrl: string
  port: number
  /** The address that the web server listens at. */
  host: string
  mailer:
    | { kind: 'outbox' }
    | { kind: 'resend'; apiKey: string; baseUrl: string | null; webhookSecret: string | null }
    | { kind: 'smtp'; url: string }
  worker: 'on' | 'off'
  /** How many proxies of our own stand in front and add to X-Forwarded-For: so many of its last steps are believed. */
  trustedProxies: number
  /** The one-time code of the first registration; null: one is made. */
  setupCode: string | null
  isProduction: boolean
  /** Absolute; set by `npm run bench` alone: the answers that its bare handler repeats. */
  benchDir: string | null
}

export type Compatibility = 'cosmosdb' | 'documentdb'

/** Wrong or missing variables: the message names each with its remedy and never shows a value. */
export class EnvError extends Error {
  readonly code = 'environment_invalid'
  constructor(readonly problems: { name: string; remedy: string }[]) {
    super(
      ['The environment is not right:', ...problems.map(({ name, remedy }) => `  ${name}: ${remedy}`)].join(
        '\n',
      ),
    )
    this.name = 'EnvError'
  }
}

const isUrl = (value: string, protocols: string[]) => {
  try {
    return protocols.includes(new URL(value).protocol)
  } catch {
    return false
  }
}
const url = (remedy: string, ...protocols: string[]) =>
  z.string().refine((value) => isUrl(value, protocols), remedy)

const DATABASE_REMEDY = 'must be file:<path> for SQLite, or mongodb://… (mongodb+srv://…) for MongoDB'
const isDatabaseUrl = (value: string) =>
  /^file:(?!\/\/[^/]).+/.test(value) || isUrl(value, ['mongodb:', 'mongodb+srv:'])

const schema = z.object({
  NODE_ENV: z.string().optional(),
  /** Next says so while it builds, when nothing is served and no secret is needed. */
  NEXT_PHASE: z.string().optional(),
  DATABASE_URL: z.string().default('file:./data/utskick.db').refine(isDatabaseUrl, DATABASE_REMEDY),
  DATA_DIR: z.string().optional(),
  MONGODB_COMPATIBILITY: z.enum(['cosmosdb', 'documentdb'], 'must be cosmosdb or documentdb').optional(),
  PAYLOAD_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  SERVER_URL: url(
    'must be an absolute address such as https://news.example.com',
    'http:',
    'https:',
  ).optional(),
  PORT: z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(1, 'must be a port number')
    .max(65535, 'must be at most 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all')
    .default('127.0.0.1'),
  MAILER: z.enum(['outbox', 'resend', 'smtp'], 'must be outbox, resend or smtp').default('outbox'),
  RESEND_API_KEY: z.string().regex(/^\S+$/, 'must be a key without spaces').optional(),
  RESEND_BASE_URL: url('must be an absolute http(s) address', 'http:', 'https:').optional(),
  RESEND_WEBHOOK_SECRET: z.string().startsWith('whsec_', 'must begin with whsec_').optional(),
  SMTP_URL: url('must be smtp://… or smtps://…', 'smtp:', 'smtps:').optional(),
  WORKER: z.enum(['on', 'off'], 'must be on or off').default('on'),
  TRUSTED_PROXIES: z.coerce
    .number('must be how many proxies stand in front')
    .int('must be how many proxies stand in front')
    .min(0, 'must be 0 or more')
    .max(10, 'must be at most 10')
    .default(0),
  SETUP_CODE: z.string().trim().min(8, 'must have at least 8 characters').optional(),
  BENCH_DIR: z.string().optional(),
})

/**
 * Checks the environment. An empty variable counts as unset.
 * @throws EnvError that names every wrong variable.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(set)
  const wrong = parsed.error?.issues ?? []
  const problems = [
    ...wrong.map((issue) => ({ name: String(issue.path[0]), remedy: issue.message })),
    ...missingVariables(set),
  ]
  if (!parsed.success || problems.length > 0) throw new EnvError(problems)
  return toEnv(parsed.data)
}

/** readEnv for a process's entry: prints what is wrong and ends the process with code 1. */
export function readEnvOrExit(): Env {
  try {
    return readEnv()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

/** For the processes that we start ourselves: they get what we got. */
export const processEnvironment = (): Record<string, string | undefined> => ({ ...process.env })

/** Which of our variables are set; an empty one is not. */
export const namesOfSetVariables = (source: Record<string, string | undefined> = process.env): string[] =>
  Object.keys(schema.shape).filter((name) => source[name])

type Variables = z.infer<typeof schema>

const isBuilding = (vars: Pick<Variables, 'NEXT_PHASE'>) => vars.NEXT_PHASE === 'phase-production-build'

/** What one variable asks of another; whatever else is wrong. */
function missingVariables(vars: Record<string, string | undefined>): { name: string; remedy: string }[] {
  const problems: { name: string; remedy: string }[] = []
  if (vars.NODE_ENV === 'production' && !vars.PAYLOAD_SECRET && !isBuilding(vars))
    problems.push({
      name: 'PAYLOAD_SECRET',
      remedy: 'must be set in production: openssl rand -hex 32 makes one',
    })
  if (vars.MAILER === 'resend' && !vars.RESEND_API_KEY)
    problems.push({ name: 'RESEND_API_KEY', remedy: 'must be set when MAILER is resend' })
  if (vars.MAILER === 'smtp' && !vars.SMTP_URL)
    problems.push({ name: 'SMTP_URL', remedy: 'must be set when MAILER is smtp' })
  return problems
}

function toEnv(vars: Variables): Env {
  const isSqlite = vars.DATABASE_URL.startsWith('file:')
  const dataDir = resolve(vars.DATA_DIR ?? (isSqlite ? dirname(databaseFile(vars.DATABASE_URL)) : 'data'))
  return {
    database: isSqlite
      ? { kind: 'sqlite', url: `file:${databaseFile(vars.DATABASE_URL)}` }
      : { kind: 'mongodb', url: vars.DATABASE_URL, compatibility: vars.MONGODB_COMPATIBILITY ?? null },
    dataDir,
    payloadSecret:
      vars.PAYLOAD_SECRET ?? (isBuilding(vars) ? 'not used while building' : keptSecret(dataDir)),
    serverUrl: (vars.SERVER_URL ?? `http://localhost:${vars.PORT}`).replace(/\/+$/, ''),
    port: vars.PORT,
    host: vars.HOST,
    mailer: mailerOf(vars),
    worker: vars.WORKER,
    trustedProxies: vars.TRUSTED_PROXIES,
    setupCode: vars.SETUP_CODE ?? null,
    isProduction: vars.NODE_ENV === 'production',
    benchDir: vars.BENCH_DIR ? resolve(vars.BENCH_DIR) : null,
  }
}

function databaseFile(databaseUrl: string): string {
  return databaseUrl.startsWith('file:///')
    ? fileURLToPath(databaseUrl)
    : resolve(databaseUrl.slice('file:'.length))
}

function mailerOf(vars: Variables): Env['mailer'] {
  if (vars.MAILER === 'resend')
    return {
      kind: 'resend',
      apiKey: vars.RESEND_API_KEY ?? '',
      baseUrl: vars.RESEND_BASE_URL ?? null,
      webhookSecret: vars.RESEND_WEBHOOK_SECRET ?? null,
    }
  if (vars.MAILER === 'smtp') return { kind: 'smtp', url: vars.SMTP_URL ?? '' }
  return { kind: 'outbox' }
}

/** Outside production a secret is made at the first start and kept, so that logins and links survive a restart. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      const isMadeMeanwhile = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!isMadeMeanwhile) throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}
