import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { createClient } from '@libsql/client'
import { runCommand } from '../../src/cli/runCommand.ts'
import { nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { templateDatabase } from '../support/templateDatabase.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * The commands, judged by what they print and their exit code. As a person starts them, a process of its own, each is
 * run once at least; its other cases run in this process, which takes a tenth of the time.
 */
describe('the commands', () => {
  let folder: string
  let variables: Record<string, string>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-cli-'))
    const file = join(folder, 'utskick.db')
    copyFileSync(await templateDatabase(), file)
    variables = { DATABASE_URL: `file:${file}`, PAYLOAD_SECRET: 'a secret of the tests' }
    Object.assign(process.env, variables)
  })

  afterAll(() => rmSync(folder, { recursive: true }))
  afterEach(() => void jest.restoreAllMocks())

  const asProcess = (args: string[]) => start({ args: ['src/cli/index.ts', ...args], variables })

  const run = async (args: string[]): Promise<Ended> => {
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        said[stream] += String(text)
        return true
      })
    const code = await runCommand(args)
    jest.restoreAllMocks()
    return { code, ...said }
  }

  const csv = (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  const rows = async (sql: string) => {
    const client = createClient({ url: `file:${join(folder, 'utskick.db')}` })
    const result = await client.execute(sql)
    client.close()
    return result.rows.map((row) => Object.values(row))
  }

  it.each([
    ['no command', [], 2, 'stderr', 'Usage: npm run cli -- <command> [options]'],
    ['a command that does not exist', ['doctors'], 2, 'stderr', 'There is no command “doctors”.'],
    ['a call for help', ['--help'], 0, 'stdout', 'Usage: npm run cli -- <command> [options]'],
    [
      'a call for help with a command',
      ['import-subscribers', '--help'],
      0,
      'stdout',
      'Usage: npm run cli -- import-subscribers FILE.csv [--dry-run] [--consent-source TEXT]',
    ],
    ['no file to import', ['import-subscribers'], 2, 'stderr', 'Which file? Its name is missing.'],
    ['two files', ['import-subscribers', 'a.csv', 'b.csv'], 2, 'stderr', 'One file at a time: a.csv, b.csv'],
    [
      'a format that is none',
      ['import-subscribers', 'a.csv', '--format', 'excel'],
      2,
      'stderr',
      '--format must be one of utskick, mailchimp, ghost, not “excel”',
    ],
    [
      'a status that cannot be exported',
      ['export-subscribers', '--status', 'pending'],
      2,
      'stderr',
      '--status must be active or all, not “pending”',
    ],
  ] as const)('answers %s', async (_, args, code, stream, firstLine) => {
    const result = await run([...args])
    expect({ code: result.code, firstLine: result[stream].split('\n')[0] }).toEqual({ code, firstLine })
  })

  it('answers an option that does not exist', async () => {
    const { code, stdout, stderr } = await asProcess(['create-user', '--mail', 'x'])
    expect({ code, stdout, firstLine: stderr.split('\n')[0] }).toEqual({
      code: 2,
      stdout: '',
      firstLine: "Unknown option '--mail'",
    })
  })

  it('names what is wrong with a user who cannot be made', async () => {
    const result = await run(['create-user', '--email', 'anna', '--role', 'chief', '--password', 'short'])
    expect({ ...result, stderr: result.stderr.split('\n\n')[0] }).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        '--email must be an e-mail address',
        '--name must say who it is',
        '--role must be one of admin, editor, author',
        '--password must have at least 12 characters',
      ].join('\n'),
    })
  })

  it.each([
    ['cli', ['src/cli/index.ts', 'import-subscribers', 'a.csv']],
    ['start', ['src/cli/start.ts']],
    ['worker', ['src/cli/worker.ts']],
    ['dev', ['src/cli/dev.ts']],
  ])('%s names every wrong variable, shows none and ends with 1', async (_, args) => {
    const variables = { DATABASE_URL: 'postgres://secret', PORT: 'secret', MAILER: 'smtp' }
    expect(await start({ args, variables })).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'The environment is not right:',
        '  DATABASE_URL: must be file:<path> for SQLite, or mongodb://… (mongodb+srv://…) for MongoDB',
        '  PORT: must be a port number',
        '  SMTP_URL: must be set when MAILER is smtp',
        '',
      ].join('\n'),
    })
  })

  it('makes users: the first one an admin, the others with the role that was asked for, each address once', async () => {
    const first = await asProcess([
      'create-user',
      '--email',
      'Anna@example.com',
      '--name',
      'Anna',
      '--role',
      'author',
    ])
    expect({ ...first, stdout: first.stdout.replace(/(?<=Password: )\S{20}/, '<20 characters>') }).toEqual({
      code: 0,
      stdout: [
        'Made the admin Anna <anna@example.com>. The first user is always an admin.',
        'Password: <20 characters>  (shown this once)',
        'Log in at http://localhost:3000/admin',
        '',
      ].join('\n'),
      stderr: '',
    })
    const bo = ['create-user', '--email', 'bo@example.com', '--name', 'Bo', '--role', 'editor']
    expect(await run([...bo, '--password', 'a long enough one'])).toEqual({
      code: 0,
      stdout: 'Made the editor Bo <bo@example.com>.\nLog in at http://localhost:3000/admin\n',
      stderr: '',
    })
    expect(await run(bo)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is a user with the address bo@example.com already.\n',
    })
    expect(await rows('SELECT email, role FROM users ORDER BY id')).toEqual([
      ['anna@example.com', 'admin'],
      ['bo@example.com', 'editor'],
    ])
  })

  it('imports subscribers: the good lines are kept, the others are reported', async () => {
    const file = csv(
      'good.csv',
      'email,name,locale,topics,consent_source\nanna@example.com,Anna,sv,,form\nbo@,Bo,sv,,form\nANNA@example.com,,,,form\n',
    )
    expect(await asProcess(['import-subscribers', file])).toEqual({
      code: 0,
      stdout: 'Imported 1 subscriber; left out 2: 1 repeated in the file, 1 refused.\n',
      stderr:
        'line 3: “bo@” is not an e-mail address\nline 4: anna@example.com stands in an earlier line already\n',
    })
    const broken = csv(
      'broken.csv',
      Buffer.from('email,consent_source\ncilla@example.com,mässan').subarray(0, -5),
    )
    expect(await run(['import-subscribers', broken])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${broken} is UTF-8 with broken characters: see line 2. Save it as “CSV UTF-8” and try again.\nNothing was imported.\n`,
    })
    expect(await rows('SELECT email, status FROM subscribers')).toEqual([['anna@example.com', 'active']])
  })

  it('tries another program’s file first, imports it, and exports what the import takes back', async () => {
    const members = csv(
      'members.csv',
      'Adress,Namn,Telefon\nbea@example.com,=Bea,08\nbea@example.com,Bea,08\n',
    )
    const options = ['--map', 'email=Adress', '--map', 'name=Namn', '--consent-source', 'fair 2026']
    expect(await run(['import-subscribers', members, '--dry-run', ...options])).toEqual({
      code: 0,
      stdout: [
        'line 2: new, active',
        'line 3: bea@example.com stands in an earlier line already',
        'Would import 1 subscriber; leave out 1: 1 repeated in the file.',
        'Nothing was changed.',
        '',
      ].join('\n'),
      stderr: 'Columns that are ignored: Telefon\n',
    })
    const isThere = `SELECT email FROM subscribers WHERE email LIKE 'bea%'`
    expect(await rows(isThere)).toEqual([])
    expect((await run(['import-subscribers', members, ...options])).stdout).toBe(
      'Imported 1 subscriber; left out 1: 1 repeated in the file.\n',
    )
    const out = join(folder, 'out.csv')
    const exported = await asProcess(['export-subscribers'])
    expect(await run(['export-subscribers', '--out', out, '--status', 'all'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    expect(readFileSync(out, 'utf8')).toBe(exported.stdout)
    expect(exported.stdout).toMatch(/\r\nbea@example\.com,'=Bea,sv,,fair 2026,active,/)
    expect(await asProcess(['export-subscribers', '--out', out])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${out} is there already.\nNothing was exported.\n`,
    })
    const semicolons = await run(['export-subscribers', '--separator', 'semicolon'])
    expect(semicolons.stdout).toMatch(/\r\nbea@example\.com;'=Bea;sv;;fair 2026;active;/)
    const again = await run(['import-subscribers', csv('semicolons.csv', semicolons.stdout)])
    expect(again.stdout).toMatch(/^Imported 0 subscribers; left out \d: \d subscribers already\.\n$/)
  })
})

describe('the command that imports', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-means-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('asks what it does not understand, and takes the answers with --means', async () => {
    const file = join(folder, 'bounces.csv')
    writeFileSync(file, 'Email,Status,Note\na@example.com,Zombie,no mail please\nb@example.com,active,\n')
    const run = (...means: string[]) =>
      start({
        args: [
          ...['src/cli/index.ts', 'import-subscribers', file, '--dry-run', '--consent-source', 'form'],
          ...means.flatMap((each) => ['--means', each]),
        ],
        variables: { DATABASE_URL: `file:${join(folder, 'utskick.db')}` },
      })
    const asked = await run()
    expect([asked.code, asked.stdout]).toEqual([1, ''])
    for (const words of [
      'its name, “bounces.csv”',
      '“Zombie” in the column “Status” (line 2)',
      '“no mail please” in the column “Note” (line 2)',
      '--means COLUMN=VALUE=MEANING',
    ])
      expect(asked.stderr).toContain(words)
    const answered = await run('=bounces.csv=ignore', 'status=zombie=left', 'Note=ignore')
    expect(answered.stdout.split('\n').slice(0, 2)).toEqual([
      'line 2: new, unsubscribed',
      'line 3: new, active',
    ])
    expect(await run('Status=Zombie')).toMatchObject({ code: 2 })
  })
})

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

function start({ args, variables }: { args: string[]; variables: Record<string, string> }): Promise<Ended> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [...nodeArguments, ...args], {
    cwd: ROOT,
    env: { NODE_ENV: 'test', PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}
