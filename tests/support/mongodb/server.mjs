import { delimiter, join } from 'node:path'
import { accessSync, constants } from 'node:fs'
import { startJavaServer } from './startJavaServer.mjs'
import { startMongod } from './startMongod.mjs'
import { answers } from './answers.mjs'

/**
 * @typedef {object} Mongo
 * @property {string} url without a database name
 * @property {'given' | 'mongod' | 'test server'} kind what the tests say that they ran on
 * @property {string | null} compatibility what MONGODB_COMPATIBILITY must be for it
 * @property {() => Promise<void>} stop
 */

const REMEDY =
  'set MONGODB_TEST_URL to a server whose databases may be made and dropped, or install mongod, or a JDK (17 or later) and Maven'

/**
 * A MongoDB for one run of the tests: the one that MONGODB_TEST_URL names, else a mongod of our own (a replica set of
 * one, so that transactions work), else the wire-compatible test server. What we start ends with this process.
 * @param {{ memoryMb?: number }} [options] what the test server may hold; it keeps all in memory
 * @returns {Promise<Mongo | { missing: string }>} `missing` is what to install
 * @throws when MONGODB_TEST_URL names a server that does not answer
 */
export async function provideMongo({ memoryMb = 512 } = {}) {
  const { MONGODB_TEST_URL: given, MONGODB_COMPATIBILITY: compatibility } = process.env
  if (given) {
    if (!(await answers(given))) throw new Error('The server that MONGODB_TEST_URL names does not answer.')
    return { url: given, kind: 'given', compatibility: compatibility || null, stop: async () => undefined }
  }
  if (isOnPath('mongod')) return { kind: 'mongod', compatibility: null, ...(await startMongod()) }
  if (!isOnPath('java')) return { missing: REMEDY }
  const server = await startJavaServer({ canFetch: isOnPath('mvn'), memoryMb })
  if ('failed' in server) return { missing: `${REMEDY} (${server.failed})` }
  return { kind: 'test server', compatibility: 'cosmosdb', ...server }
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return folder !== ''
    } catch {
      return false
    }
  })
}
