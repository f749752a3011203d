import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { handleEndpoints } from 'payload'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { tokenOf } from '../support/readers.ts'
import { createSubscriber } from '../support/siteContent.ts'

const CHUNK = 64 * 1024
const MANY = 1_000

/** What a body is that does not say how long it is, and how much of it was read. */
function endless(sign: string) {
  const chunk = new TextEncoder().encode(sign.repeat(CHUNK))
  const read = { chunks: 0 }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        read.chunks += 1
        if (read.chunks > MANY) controller.close()
        else controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, read }
}

describe('a body that is longer than any form', () => {
  const [kind] = oneDatabase()
  let database: TestDatabase
  let token: string
  beforeAll(async () => {
    if (kind) database = await kind.open()
    const reader = await createSubscriber(database.payload)
    token = tokenOf(database.payload, { reader, purpose: 'preferences' })
  })
  afterAll(() => database.close())

  const send = async ({ method, path, type }: { method: string; path: string; type: string }) => {
    const { stream, read } = endless(type === 'application/json' ? ' ' : 'a')
    const { payload, key } = database
    const init = { method, headers: { 'Content-Type': type }, body: stream, duplex: 'half' }
    const { status, headers } = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: key,
      request: new Request(`${payload.config.serverURL}/api${path}`, init as RequestInit),
    })
    return { status, location: headers.get('location'), chunks: read.chunks }
  }

  it.each([
    ['POST', '/subscribe'],
    ['POST', '/confirm'],
    ['POST', '/contact'],
    ['PATCH', '/preferences?token='],
    ['POST', '/preferences/pause?token='],
    ['POST', '/preferences/address?token='],
  ])('is refused, and not read to its end: %s %s', async (method, path) => {
    const query = path.endsWith('=') ? token : ''
    const { status, chunks } = await send({ method, path: `${path}${query}`, type: 'application/json' })
    expect(status).toBe(413)
    expect(chunks).toBeLessThan(5)
  })

  it('leads the page’s own form to the page, which says so', async () => {
    const type = 'application/x-www-form-urlencoded'
    const { status, location, chunks } = await send({
      method: 'POST',
      path: `/preferences?token=${token}`,
      type,
    })
    expect([status, location]).toEqual([303, `/preferences?token=${token}&problem=body_too_large`])
    expect(chunks).toBeLessThan(5)
  })

  it.each([
    ['PATCH', 'application/json', 400],
    ['POST', 'application/x-www-form-urlencoded', 303],
  ])('is not read at all where the link is not ours: %s', async (method, type, status) => {
    const answer = await send({ method, path: '/preferences?token=x', type })
    expect([answer.status, answer.chunks]).toEqual([status, 0])
  })
})
