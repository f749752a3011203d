import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createWebServer } from '../../../src/web/createWebServer.ts'
import { offerShortWay, type PostedWebhook } from '../../../src/web/shortWay.ts'

describe('the short way of webhooks', () => {
  let server: Server
  let url: string
  const taken: { signature: string | null; body: string }[] = []
  const errors: unknown[] = []
  let takeBack = () => {}
  beforeAll(async () => {
    server = createWebServer({
      handle: async ({ method, url: path }, response) => void response.end(`Next: ${method} ${path}`),
      onError: (error) => errors.push(error),
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    // Other files of this worker start servers too.
    takeBack()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, init)
    return [response.status, response.headers.get('retry-after'), await response.text()]
  }
  const post = (body = '{"ö":1}') =>
    ask('/api/webhooks/resend', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'svix-signature': 'v1,x' },
      body,
    })

  it('leads to Next until the database is open, then past it, for that one address', async () => {
    expect(await post()).toEqual([200, null, 'Next: POST /api/webhooks/resend'])
    takeBack = offerShortWay(async ({ headers, body }: PostedWebhook) => {
      taken.push({ signature: headers.get('svix-signature'), body })
      return Response.json({ code: 'full' }, { status: 503, headers: { 'Retry-After': '60' } })
    })
    expect(await post()).toEqual([503, '60', '{"code":"full"}'])
    expect(taken).toEqual([{ signature: 'v1,x', body: '{"ö":1}' }])
    expect(await ask('/api/webhooks/resend')).toEqual([200, null, 'Next: GET /api/webhooks/resend'])
    expect(await ask('/api/health')).toEqual([200, null, 'Next: GET /api/health'])
  })

  it('answers 500 without a word of what fails', async () => {
    takeBack = offerShortWay(() => Promise.reject(new Error('secret')))
    const [status, , text] = await post()
    expect([status, String(text).includes('secret'), errors.length]).toEqual([500, false, 1])
  })
})
