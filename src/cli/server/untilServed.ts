import { setTimeout as wait } from 'node:timers/promises'
import type { Server } from './runServer.ts'

const ASK_EVERY_MS = 100

/**
 * Waits until the web server answers requests.
 * @throws when it ends before it answers, or has not answered after `timeoutMs`.
 */
export async function untilServed({
  baseUrl,
  server,
  timeoutMs = 60_000,
}: {
  baseUrl: string
  server: Pick<Server, 'ended'>
  timeoutMs?: number
}): Promise<void> {
  let exitCode: number | null = null
  void server.ended.then((code) => (exitCode = code))
  const deadline = Date.now() + timeoutMs
  while (Date.now() < deadline) {
    if (exitCode !== null) throw new Error(`The web server ended before it answered, with code ${exitCode}.`)
    if (await isServed(baseUrl)) return
    await wait(ASK_EVERY_MS)
  }
  throw new Error(`The web server did not answer at ${baseUrl} within ${timeoutMs / 1000} seconds.`)
}

const isServed = (baseUrl: string) =>
  fetch(`${baseUrl}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )
