import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { PayloadRequest } from 'payload'
import { isStoredName } from '../../files/filePaths.ts'
import { refusal } from '../../refusals/refusal.ts'
import { isKnownTag } from '../../web/isKnownTag.ts'

const NO_FILE = { sv: 'Filen finns inte.', en: 'There is no such file.' }

/** A day, and not in caches that people share: the address is all that keeps a file of a draft from others. */
const FILE_CACHE = 'private, max-age=86400'

/** A PDF can carry scripts and forms: it gets no rights of the site, and tells nobody the address that it came from. */
const HARD_HEADERS = {
  'Content-Type': 'application/pdf',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** Payload's answers for a part of a file. */
export function hardenFile({ headers }: { headers: Headers }): Headers {
  for (const [name, value] of Object.entries(HARD_HEADERS)) headers.set(name, value)
  headers.set('Content-Disposition', 'inline')
  // Not on the answer to a part that the file does not have.
  if (!headers.get('Content-Range')?.includes('*')) headers.set('Cache-Control', FILE_CACHE)
  return headers
}

/**
 * `GET /api/files/file/:filename`, for whoever knows the name. One that is no name of a file answers 404, the same for all;
 * what the client has already (`If-None-Match`, RFC 9110, 13.1.2) 304. Payload answers for a part of a file.
 */
export async function serveFile(
  req: PayloadRequest,
  { params: { filename } }: { params: { filename: string } },
): Promise<Response | void> {
  const path = join(
    /* turbopackIgnore: true */ req.payload.collections.files.config.upload.staticDir ?? '',
    isStoredName(filename) ? filename : 'none',
  )
  const found = isStoredName(filename) ? await stat(path).catch(() => null) : null
  if (!found?.isFile()) throw refusal({ req, code: 'not_there', status: 404, text: NO_FILE })
  if (req.headers.has('range')) return
  const etag = `"${found.size.toString(36)}-${found.mtime.getTime().toString(36)}"`
  const headers = {
    ...HARD_HEADERS,
    'Cache-Control': FILE_CACHE,
    ETag: etag,
    'Last-Modified': found.mtime.toUTCString(),
  }
  if (isKnownTag(req.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const about = {
    'Content-Length': String(found.size),
    'Content-Disposition': `inline; filename="${filename}"`,
    'Accept-Ranges': 'bytes',
  }
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream
  return new Response(body, { headers: { ...headers, ...about } })
}
