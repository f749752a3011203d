import { MongoClient } from 'mongodb'

/**
 * Whether a server answers under this address within five seconds.
 * @param {string} url
 */
export async function answers(url) {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 })
  try {
    await client.db('admin').command({ ping: 1 })
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}
