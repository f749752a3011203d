import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EnvError, readEnv } from '../../../src/env.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'utskick-env-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const sqlite = () => ({ DATABASE_URL: `file:${join(directory, 'utskick.db')}` })

/** The names and remedies that reading it complains of; empty when nothing is wrong. */
function problemsOf(source: Record<string, string>) {
  try {
    readEnv({ ...sqlite(), ...source })
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

describe('the environment', () => {
  it('needs nothing set: SQLite, the outbox, a worker, a secret that is kept', () => {
    const env = readEnv(sqlite())
    expect(env).toEqual({
      database: { kind: 'sqlite', url: `file:${join(directory, 'utskick.db')}` },
      dataDir: directory,
      payloadSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
      serverUrl: 'http://localhost:3000',
      port: 3000,
      host: '127.0.0.1',
      mailer: { kind: 'outbox' },
      worker: 'on',
      trustedProxies: 0,
      setupCode: null,
      isProduction: false,
      benchDir: null,
    })
    expect(readEnv(sqlite()).payloadSecret).toBe(env.payloadSecret)
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('takes everything that it offers', () => {
    const env = readEnv({
      NODE_ENV: 'production',
      DATABASE_URL: 'mongodb://localhost/utskick',
      MONGODB_COMPATIBILITY: 'documentdb',
      DATA_DIR: directory,
      PAYLOAD_SECRET: 'sixteen characters or more',
      SERVER_URL: 'https://news.example.com/',
      PORT: '8080',
      HOST: '0.0.0.0',
      MAILER: 'resend',
      RESEND_API_KEY: 're_123',
      RESEND_BASE_URL: 'http://127.0.0.1:4000',
      RESEND_WEBHOOK_SECRET: 'whsec_abc',
      WORKER: 'off',
    })
    expect(env).toEqual({
      database: { kind: 'mongodb', url: 'mongodb://localhost/utskick', compatibility: 'documentdb' },
      dataDir: directory,
      payloadSecret: 'sixteen characters or more',
      serverUrl: 'https://news.example.com',
      port: 8080,
      host: '0.0.0.0',
      mailer: {
        kind: 'resend',
        apiKey: 're_123',
        baseUrl: 'http://127.0.0.1:4000',
        webhookSecret: 'whsec_abc',
      },
      worker: 'off',
      trustedProxies: 0,
      setupCode: null,
      isProduction: true,
      benchDir: null,
    })
  })

  it('keeps what belongs to it beside the SQLite file, or in ./data', () => {
    const secret = { PAYLOAD_SECRET: 'sixteen characters or more' }
    const mongo = readEnv({ ...secret, DATABASE_URL: 'mongodb://localhost/utskick' })
    expect([readEnv({ ...secret, ...sqlite() }).dataDir, mongo.dataDir]).toEqual([directory, resolve('data')])
  })

  it('takes an empty variable as unset', () => {
    expect(problemsOf({ MAILER: '', SMTP_URL: '', PORT: '', PAYLOAD_SECRET: '' })).toEqual([])
  })

  it.each([
    ['DATABASE_URL', 'postgres://localhost/x'],
    ['DATABASE_URL', 'file:'],
    ['MONGODB_COMPATIBILITY', 'mysql'],
    ['PAYLOAD_SECRET', 'short'],
    ['SERVER_URL', 'news.example.com'],
    ['SERVER_URL', 'ftp://news.example.com'],
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['MAILER', 'sendmail'],
    ['RESEND_API_KEY', 're 123'],
    ['RESEND_WEBHOOK_SECRET', 'secret'],
    ['SMTP_URL', 'http://smtp.example.com'],
    ['WORKER', 'yes'],
  ])('refuses %s when it is “%s”', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([{ name, remedy: expect.stringMatching(/^must /) }])
  })

  it('asks for what a mailer needs, and for a secret in production', () => {
    expect(problemsOf({ MAILER: 'resend', NODE_ENV: 'production' }).map(({ name }) => name)).toEqual([
      'PAYLOAD_SECRET',
      'RESEND_API_KEY',
    ])
    expect(problemsOf({ MAILER: 'smtp' }).map(({ name }) => name)).toEqual(['SMTP_URL'])
  })

  it('names what is missing beside what is malformed', () => {
    expect(problemsOf({ PORT: 'x', MAILER: 'smtp' }).map(({ name }) => name)).toEqual(['PORT', 'SMTP_URL'])
  })

  it('names everything that is wrong at once, and prints no value', () => {
    const source = { PORT: 'a-port', MAILER: 'a-mailer', PAYLOAD_SECRET: 'a-secret', SMTP_URL: 'an-address' }
    const read = () => readEnv({ ...sqlite(), ...source })
    expect(read).toThrow(EnvError)
    const message = catchMessage(read)
    for (const [name, value] of Object.entries(source)) {
      expect(message).toContain(name)
      expect(message).not.toContain(value)
    }
  })
})

function catchMessage(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}
