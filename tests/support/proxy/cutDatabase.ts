import { MongoClient } from 'mongodb'
import { mongoStore } from '../../../src/adapters/store/mongo/index.ts'
import type { Store } from '../../../src/newsletter/ports.ts'
import { startMongoProxy, type MongoProxy } from './mongoProxy.ts'

export interface CutDatabase {
  proxy: MongoProxy
  store: Store
  close: () => Promise<void>
}

/** A store that reaches its MongoDB by way of a proxy only; a driver that finds it again fast. */
export async function openCutDatabase(url: string): Promise<CutDatabase> {
  const proxy = await startMongoProxy(url)
  const client = new MongoClient(proxy.url, {
    minHeartbeatFrequencyMS: 1,
    // Long enough on a busy machine; whoever refuses all waits so long.
    serverSelectionTimeoutMS: 2_000,
    // An operation that the driver forgets fails, instead of waiting for ever.
    waitQueueTimeoutMS: 5_000,
    socketTimeoutMS: 20_000,
    // A read that the driver repeats by itself would hide the cut.
    retryReads: false,
  })
  return {
    proxy,
    store: mongoStore(client.db()),
    close: async () => {
      await client.close()
      await proxy.close()
    },
  }
}
