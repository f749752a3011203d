import { createHash } from 'node:crypto'
import { keepBriefly } from '../../../content/publicCache.ts'
import { isKnownTag } from '../../../web/isKnownTag.ts'

/** What everybody gets at an address. */
export interface PublicContent {
  status: 200 | 301 | 302 | 404
  body: string
  headers: Record<string, string>
}

/**
 * Answers with what is the same for everybody, made once for all who ask at the same moment. Whoever has it already
 * gets 304 (RFC 9110, section 13.1.2).
 * @param key names the content: only what it depends on, never the address as it came in.
 */
export async function publicAnswer({
  request,
  key,
  make,
}: {
  request: Request
  key: string
  make: () => Promise<PublicContent>
}): Promise<Response> {
  const { status, body, headers, etag } = await keepBriefly(key, async () => withTag(await make()))
  // To be kept, and asked about each time: what has been unpublished is gone at once.
  const answerHeaders = { ...headers, ETag: etag, 'Cache-Control': 'public, no-cache' }
  if (status === 200 && isKnownTag(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers: answerHeaders })
  return new Response(body, { status, headers: answerHeaders })
}

const withTag = (content: PublicContent) => ({
  ...content,
  etag: `"${createHash('sha256').update(content.body).digest('base64url').slice(0, 27)}"`,
})
