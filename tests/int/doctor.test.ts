import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { nodeDns } from '../../src/adapters/doctor/nodeDns.ts'
import { resendProvider } from '../../src/adapters/doctor/resendProvider.ts'
import { boot } from '../../src/boot.ts'
import { nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { configFor } from '../../src/config.ts'
import { SECRET_REMEDY } from '../../src/doctor/checks/secret.ts'
import { acceptSecret } from '../../src/doctor/secretFingerprint.ts'
import { openForReading } from '../../src/doctor/openForReading.ts'
import { migrations } from '../../src/migrations/index.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { startNameServer } from '../support/dns/startNameServer.ts'

const ROOT = resolve(import.meta.dirname, '../..')

describe('npm run cli -- doctor', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-doctor-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = async (args: string[], variables: Record<string, string> = {}) => {
    const { PATH = '', HOME = '' } = process.env
    const command = [...nodeArguments, 'src/cli/index.ts', 'doctor', ...args]
    const env = {
      NODE_ENV: 'test' as const,
      PATH,
      HOME,
      DATABASE_URL: `file:${join(folder, 'utskick.db')}`,
      ...variables,
    }
    const outcome = await promisify(execFile)(process.execPath, command, { cwd: ROOT, env }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    )
    return outcome
  }

  it('looks at a site that was never started, and makes no database', async () => {
    const { code, stdout } = await run([])
    expect([code, existsSync(join(folder, 'utskick.db'))]).toEqual([0, false])
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'ok environment',
      'warn server-url',
      'ok proxies',
      'warn mailer',
      'warn database',
      'ok sender-domain',
      'ok clock',
      '',
    ])
  })

  it('names what is wrong in the environment, shows no value, and fails', async () => {
    const { code, stdout } = await run(['--json'], { MAILER: 'resend', PORT: 'secret-value' })
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        checks: [
          {
            name: 'environment',
            status: 'fail',
            message: 'PORT is not right.',
            remedy: 'It must be a port number.',
          },
          {
            name: 'environment',
            status: 'fail',
            message: 'RESEND_API_KEY is not right.',
            remedy: 'It must be set when MAILER is resend.',
          },
        ],
      },
    ])
  })

  it('says that a database does not answer, and not where it is', async () => {
    const { code, stdout } = await run([], {
      DATABASE_URL: 'mongodb://anna:hidden@127.0.0.1:1/x?serverSelectionTimeoutMS=500',
    })
    expect([
      code,
      /fail {2}database +MongoDB does not answer\./.test(stdout),
      stdout.includes('hidden'),
    ]).toEqual([1, true, false])
  })
})

describe.each(testDatabases())('on $name, what the doctor reads of a database', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('is what there is, and it leaves it so', async () => {
    const opened = await openForReading(database.env)
    await opened?.payload.destroy()
    expect(opened?.facts).toEqual({
      waitingMigrations: [],
      rows: {
        pulse: { workerSeenAt: null, oldestDueAt: null },
        lastEventAt: null,
        queue: { waiting: 0, oldestReceivedAt: null, setAside: 0 },
        lastSweptAt: null,
        uncleanPictures: [],
        site: { senderName: '', senderEmail: '', postalAddress: '' },
        hasUsers: false,
        isSecretChanged: false,
      },
    })
  })

  it('is also that the secret is another one than before, until that is put right or accepted', async () => {
    const other = { ...database.env, payloadSecret: 'another secret of the tests' }
    const isChanged = async (env = other) => {
      const opened = await openForReading(env)
      await opened?.payload.destroy()
      return opened?.facts.rows?.isSecretChanged
    }
    const started = await boot(configFor(other), { key: randomUUID() })
    const before = [await isChanged(), await isChanged(database.env)]
    await acceptSecret(started)
    const after = [await isChanged(), await isChanged(database.env)]
    await acceptSecret(database.payload)
    await started.destroy()
    expect([before, after]).toEqual([
      [true, false],
      [false, true],
    ])
  })

  it('is said in the log of a start with another secret', async () => {
    const lines: string[] = []
    const config = await configFor({ ...database.env, payloadSecret: 'another secret of the tests' })
    const destination = new Writable({
      write: (line, _, done) => {
        lines.push(String(line))
        done()
      },
    })
    const logger = { options: { level: 'warn' as const }, destination }
    const started = await boot(Object.assign({}, config, { logger }), { key: randomUUID() })
    await started.destroy()
    expect(lines.map((line) => JSON.parse(line)).map(({ event, remedy }) => [event, remedy])).toEqual([
      ['secret.changed', SECRET_REMEDY],
    ])
  })
})

describe.each(testDatabases().slice(0, 1))('a $name file of an earlier version', (sqlite) => {
  it('is said to wait for its migrations, and is not migrated', async () => {
    const database = await sqlite.open()
    const { $client: client } = database.payload.db.drizzle
    const last = migrations.at(-1)?.name ?? ''
    await client.execute({ sql: 'DELETE FROM payload_migrations WHERE name = ?', args: [last] })
    const opened = await openForReading(database.env)
    await opened?.payload.destroy()
    expect(opened?.facts).toEqual({ waitingMigrations: [last], rows: null })
    await client.execute('DROP TABLE payload_migrations')
    const empty = await openForReading(database.env)
    await empty?.payload.destroy()
    expect(empty?.facts).toEqual({ waitingMigrations: migrations.map(({ name }) => name), rows: null })
    await database.close()
  })
})

describe('what Resend says of a key', () => {
  let server: Server | null = null
  afterEach(() => void server?.close())

  /** Something that answers each call so. */
  const answering = async (status: number, body: object) => {
    server = createServer((_, response) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        date: 'Wed, 25 Nov 2026 10:00:00 GMT',
      })
      response.end(JSON.stringify(body))
    })
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const ask = (baseUrl: string) =>
    resendProvider({
      apiKey: 're_test',
      baseUrl,
      clock: { now: () => new Date('2026-11-25T10:00:03.500Z') },
    }).askAboutKey()

  it.each([
    [200, { data: [{ id: '1', name: 'example.com', status: 'verified' }] }, 'full'],
    [
      401,
      { statusCode: 401, name: 'restricted_api_key', message: 'This API key is restricted' },
      'restricted',
    ],
    [401, { statusCode: 401, name: 'missing_api_key', message: 'Missing' }, 'refused'],
    [403, { statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid' }, 'refused'],
    [400, { statusCode: 400, name: 'validation_error', message: 'API key is invalid' }, 'refused'],
    [429, { statusCode: 429, name: 'rate_limit_exceeded', message: 'Slow down' }, 'limited'],
    [500, { statusCode: 500, name: 'application_error', message: 'Oops' }, 'unreachable'],
    [404, { statusCode: 404, name: 'not_found', message: 'Not found' }, 'strange'],
    [200, { hello: 'there' }, 'strange'],
  ])('is read from an answer %i %j: %s', async (status, body, kind) => {
    expect((await ask(await answering(status, body))).answer.kind).toBe(kind)
  })

  it('comes with the domains and its clock', async () => {
    const found = { id: '1', name: 'example.com', status: 'pending' }
    const at = new Date('2026-11-25T10:00:03.500Z')
    expect(await ask(await answering(200, { data: [found] }))).toEqual({
      answer: { kind: 'full', domains: [{ name: 'example.com', status: 'pending' }] },
      clock: {
        source: 'Resend',
        theirs: new Date('2026-11-25T10:00:00.500Z'),
        askedAt: at,
        answeredAt: at,
      },
    })
  })

  it('is nothing when nobody answers', async () => {
    const url = await answering(200, {})
    server?.close()
    expect(await ask(url)).toEqual({ answer: { kind: 'unreachable' }, clock: null })
  })
})

describe('what a name server says', () => {
  const servers: { close: () => void }[] = []
  afterEach(() => servers.splice(0).forEach(({ close }) => close()))
  const dnsWith = async (zone: Parameters<typeof startNameServer>[0]) => {
    const server = await startNameServer(zone)
    servers.push(server)
    return nodeDns({ servers: [server.address] })
  }
  const COM = { com: { type: 'NS', server: 'a.gtld-servers.net' } } as const

  it('is a record whole, also when it comes in pieces', async () => {
    const dns = await dnsWith({ 'example.com': { type: 'TXT', text: ['v=spf1 include:', 'x.example -all'] } })
    expect(await dns.txt('example.com')).toEqual({
      kind: 'found',
      records: ['v=spf1 include:x.example -all'],
    })
  })

  it('is that there is none, from one that knows the world', async () => {
    expect(await (await dnsWith(COM)).txt('example.com')).toEqual({ kind: 'none' })
  })

  it('is no answer from one that knows no name at all', async () => {
    expect(await (await dnsWith({})).txt('example.com')).toEqual({ kind: 'unreachable' })
  })

  it('is no answer where there is none', async () => {
    expect(await nodeDns({ servers: ['127.0.0.1:1'] }).txt('example.com')).toEqual({ kind: 'unreachable' })
  })
})
