import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const folder = import.meta.dirname
const lib = join(folder, 'lib')

/**
 * Starts mongo-java-server, which keeps everything in memory. It is fetched by Maven the first time.
 * @param {{ canFetch: boolean, memoryMb: number }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | { failed: string }>}
 */
export async function startJavaServer({ canFetch, memoryMb }) {
  if (!existsSync(lib)) {
    if (!canFetch) return { failed: 'there is Java, but no Maven' }
    const failure = await fetchLibraries()
    if (failure) return { failed: failure }
  }
  // Its standard input is a pipe from us: the server ends when that closes, however we end.
  const java = spawn(
    'java',
    [`-Xmx${memoryMb}m`, '-cp', join(lib, '*'), join(folder, 'MongoTestServer.java')],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise((resolve) => java.once('close', resolve))
  let complaints = ''
  java.stderr.on('data', (text) => (complaints = `${complaints}${text}`.slice(0, 2_000)))
  const port = await Promise.race([firstLine(java.stdout), ended.then(() => null)])
  if (port === null) return { failed: `the test server did not start: ${complaints.split('\n', 1)[0]}` }
  const stop = async () => {
    java.stdin.end()
    await ended
  }
  return { url: `mongodb://127.0.0.1:${port}/`, stop }
}

/** @returns {Promise<string | null>} why it could not be had */
async function fetchLibraries() {
  // Beside its place first, so that what is in its place is always whole.
  mkdirSync(join(folder, 'target'), { recursive: true })
  const fetched = mkdtempSync(join(folder, 'target', 'lib-'))
  const pom = join(folder, 'pom.xml')
  try {
    await promisify(execFile)('mvn', [
      ...['-q', '-B', '-f', pom],
      ...['dependency:copy-dependencies', `-DoutputDirectory=${fetched}`],
    ])
    if (!existsSync(lib)) renameSync(fetched, lib)
    return null
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    return `Maven could not fetch it: ${output.trim().split('\n', 1)[0]}`
  } finally {
    rmSync(fetched, { recursive: true, force: true })
  }
}

/** @param {import('node:stream').Readable} stream */
const firstLine = (stream) =>
  new Promise((resolve) => createInterface({ input: stream }).once('line', resolve))
