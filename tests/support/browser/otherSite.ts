import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The page of somebody else's site, at two origins: by number and by name. */
export interface OtherSite {
  byNumber: string
  byName: string
  stop: () => Promise<void>
}

/** @param body what stands in the page. */
export async function startOtherSite(body: string): Promise<OtherSite> {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Another site</title><h1>Another site</h1>${body}</html>`
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    byNumber: `http://127.0.0.1:${port}`,
    byName: `http://localhost:${port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
