import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { nextSettings, nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { startProcess } from '../support/processes/startProcess.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'utskick-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it.each<[string, () => Promise<string>]>([
  [
    'a MongoDB that is not there',
    async () =>
      `mongodb://user:secret-word@127.0.0.1:${await closedPort()}/utskick?serverSelectionTimeoutMS=500`,
  ],
  [
    'a file that is no database',
    async () => {
      writeFileSync(join(folder, 'utskick.db'), 'no database '.repeat(1_000))
      return `file:${join(folder, 'utskick.db')}`
    },
  ],
])(
  'with %s the web server ends with code 1, says so in one line, and tells no password',
  async (_, urlOf) => {
    const web = startProcess({
      args: [...nodeArguments, 'src/web/server.ts'],
      log: join(folder, 'web.log'),
      environment: {
        ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production' },
        ...nextSettings,
        ...{ DATABASE_URL: await urlOf(), DATA_DIR: folder, PAYLOAD_SECRET: 'a secret of the tests' },
        PORT: String(await closedPort()),
      },
    })
    expect(await web.ended).toEqual({ code: 1, signal: null })
    const said = readFileSync(join(folder, 'web.log'), 'utf8')
    expect(said.split('\n').filter((line) => line.includes('web.not_started'))).toEqual([
      expect.stringContaining('The database cannot be opened: '),
    ])
    expect(said).not.toContain('secret-word')
  },
)
