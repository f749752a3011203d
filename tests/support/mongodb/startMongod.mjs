import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'

/** Ends its program when its standard input closes, which it does when we end, however we end. */
const UNTIL_INPUT_ENDS = '"$@" >/dev/null & cat >/dev/null; kill "$!"; wait "$!"'

/**
 * Starts the `mongod` on PATH with a folder of its own, as a replica set of one.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 * @throws when it does not become a primary
 */
export async function startMongod() {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-mongod-'))
  const port = await freePort()
  const shell = spawn(
    'sh',
    [
      ...['-c', UNTIL_INPUT_ENDS, 'sh', 'mongod'],
      ...['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', 'tests'],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const ended = new Promise((resolve) => shell.once('close', resolve))
  const stop = async () => {
    shell.stdin.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await initiateReplicaSet(port)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `mongodb://127.0.0.1:${port}/?replicaSet=tests`, stop }
}

/** @param {number} port */
async function initiateReplicaSet(port) {
  const host = `127.0.0.1:${port}`
  const alone = new MongoClient(`mongodb://${host}/?directConnection=true`)
  await alone
    .db('admin')
    .command({ replSetInitiate: { _id: 'tests', members: [{ _id: 0, host }] } })
    .finally(() => alone.close())
  // Selecting a server for a write waits for the primary.
  const set = new MongoClient(`mongodb://${host}/?replicaSet=tests`)
  await set
    .db('utskick_tests')
    .collection('started')
    .insertOne({})
    .finally(() => set.close())
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
