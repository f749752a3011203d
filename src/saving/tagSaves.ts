import type { Endpoint, PayloadHandler, SanitizedConfig } from 'payload'
import { isStaff } from '../access/isStaff.ts'
import { tagOf } from './base.ts'
import { isOrdered } from './orderSaves.ts'

/** Answers that are one document. */
const OF_DOCUMENTS = ['get /:id', 'patch /:id', 'post /', 'post /versions/:id', 'post /:id/duplicate']
const OF_GLOBALS = ['get /', 'post /']

/**
 * Gives staff the ETag of each document that several people write in: what If-Match of a save names.
 * @param config as Payload has made it. It is changed.
 */
export function tagSaves(config: SanitizedConfig): SanitizedConfig {
  for (const collection of config.collections)
    if (isOrdered(collection.slug) && collection.endpoints)
      collection.endpoints = collection.endpoints.map((endpoint) => tagged(endpoint, OF_DOCUMENTS))
  for (const global of config.globals)
    if (isOrdered(global.slug) && global.endpoints)
      global.endpoints = global.endpoints.map((endpoint) => tagged(endpoint, OF_GLOBALS))
  return config
}

const tagged = <Given extends Pick<Endpoint, 'method' | 'path' | 'handler'>>(
  endpoint: Given,
  which: string[],
): Given =>
  which.includes(`${endpoint.method} ${endpoint.path}`)
    ? { ...endpoint, handler: withTag(endpoint.handler) }
    : endpoint

const withTag =
  (handler: PayloadHandler): PayloadHandler =>
  async (req) => {
    const answer = await handler(req)
    if (!answer.ok || !isStaff({ req })) return answer
    const updatedAt = updatedAtIn(await answer.clone().json())
    if (updatedAt !== null) answer.headers.set('ETag', tagOf(updatedAt))
    return answer
  }

/** Payload answers with the document, or with it as `doc` or `result` beside a message. */
function updatedAtIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null
  if ('doc' in body) return updatedAtIn(body.doc)
  if ('result' in body) return updatedAtIn(body.result)
  return 'updatedAt' in body && typeof body.updatedAt === 'string' ? body.updatedAt : null
}
