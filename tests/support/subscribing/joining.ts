import { createLocalReq, handleEndpoints, type CollectionSlug } from 'payload'
import { depsOf } from '../../../src/deps.ts'
import { withoutIdleCors } from '../../../src/endpoints/crossOrigin.ts'
import { subscribeEndpoints } from '../../../src/endpoints/subscribe.ts'
import { addressHash } from '../../../src/newsletter/rules/addressHash.ts'
import type { SuppressionReason } from '../../../src/newsletter/model.ts'
import type { Site } from '../../../src/payload-types.ts'
import { forgetPublic } from '../../../src/content/publicCache.ts'
import type { TestDatabase } from '../databases.ts'

export interface Answered {
  status: number
  headers: Record<string, string>
  body: string
}

/** Somebody at a frontend, and what there is to see of it afterwards. */
export function joining({ payload, key }: Pick<TestDatabase, 'payload' | 'key'>) {
  const deps = depsOf(payload)
  const [endpoint] = subscribeEndpoints
  if (!endpoint) throw new Error('There is no endpoint to subscribe at.')
  const waits: number[] = []
  deps.sleep = async (ms) => {
    waits.push(ms)
  }

  // As src/app/(payload)/api has it.
  const route = withoutIdleCors((request) =>
    handleEndpoints({ config: payload.config, payloadInstanceCacheKey: key, request }),
  )
  const call = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await route(new Request(`http://site.example/api${path}`, { method: 'POST', ...init }))
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  }
  const postJson = (path: string, input: object, headers: Record<string, string> = {}) =>
    call(path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input),
    })
  const all = async <Slug extends CollectionSlug>(collection: Slug) =>
    (await payload.find({ collection, sort: 'id', depth: 0, pagination: false, showHiddenFields: true })).docs

  return {
    waits,
    call,
    postJson,
    subscribe: (input: object, network = '203.0.113.7') =>
      postJson('/subscribe', input, { 'x-forwarded-for': network }),
    /** The same past Payload's router, for very many. */
    subscribeFast: async (input: object, network: string): Promise<{ status: number }> => {
      const req = await createLocalReq({}, payload)
      const request = new Request('http://site.example/api/subscribe', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': network },
        body: JSON.stringify(input),
      })
      return endpoint.handler(Object.assign(req, { headers: request.headers, body: request.body }))
    },
    postForm: (path: string, fields: Record<string, string> | [string, string][]) =>
      call(path, {
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '203.0.113.7' },
        body: new URLSearchParams(fields).toString(),
      }),
    confirm: (token: string) => postJson('/confirm', { token }),

    subscribers: () => all('subscribers'),
    consents: () => all('consents'),
    mails: () => all('transactional-mails'),
    /** The token of the newest mail that asks to confirm. */
    newestToken: async (): Promise<string> => {
      const asking = (await all('transactional-mails')).filter(({ kind }) => kind === 'confirm-subscription')
      return /confirm\?token=([\w.-]+)/.exec(JSON.stringify(asking.at(-1)?.mail))?.[1] ?? ''
    },

    suppress: (email: string, reason: SuppressionReason) =>
      payload.create({
        collection: 'suppressions',
        data: {
          addressHash: addressHash({ secret: deps.secret, email }),
          email: reason === 'erased' ? null : email,
          reason,
          suppressedAt: '2026-01-01T00:00:00.000Z',
        },
      }),
    suppressions: () => all('suppressions'),
    setSite: async (data: Partial<Site>) => {
      await payload.updateGlobal({ slug: 'site', data })
      forgetPublic()
    },
    setClock: (now: Date | null) => {
      deps.clock = { now: () => now ?? new Date() }
    },
    /** As if the times of all limits had run out. */
    endLimits: () => payload.db.deleteMany({ collection: 'rate-limits', where: {} }),
    clear: async () => {
      for (const collection of [
        'rate-limits',
        'consents',
        'transactional-mails',
        'suppressions',
        'subscribers',
        'topics',
      ] as const)
        await payload.db.deleteMany({ collection, where: {} })
      waits.length = 0
      deps.clock = { now: () => new Date() }
      forgetPublic()
    },
  }
}

export type Joining = ReturnType<typeof joining>
