import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import type { PayloadRequest } from 'payload'
import { pictureFilesOf, pictureRowsOf } from '../../deps.ts'
import { everyName } from '../../media/pictureNames.ts'
import { refusal } from '../../refusals/refusal.ts'
import { neutralPicture, typeOfName } from '../../media/neutralPicture.ts'
import { isKnownTag } from '../../web/isKnownTag.ts'

const NO_FILE = { sv: 'Bilden finns inte.', en: 'There is no such image.' }

/** A day: another picture has another address, but one that is taken down must go from caches too. */
export const PICTURE_CACHE = 'public, max-age=86400'
/** Long enough for a page to be read, short enough for a picture that is shown again. */
const NEUTRAL_CACHE = 'public, max-age=60'

/**
 * `GET /api/media/file/:filename`. A picture that was taken down answers with a neutral one, at every address that it has or
 * had; what is not there with 404; what the client has already (`If-None-Match`, RFC 9110, 13.1.2) with 304. Payload answers
 * for a part of a file that is where it keeps them.
 */
export async function servePicture(
  req: PayloadRequest,
  { params: { filename } }: { params: { filename: string } },
): Promise<Response | void> {
  const { payload } = req
  const takenDown = await pictureRowsOf(payload).findTakenDown()
  if (takenDown.some((row) => everyName(row).includes(filename))) return answerNeutral(filename)
  const path = await pictureFilesOf(payload).find(filename)
  if (path === null) throw refusal({ req, code: 'not_there', status: 404, text: NO_FILE })
  if (req.headers.has('range') && dirname(path) === payload.collections.media.config.upload.staticDir) return
  const { size, mtime } = await stat(path)
  const etag = `"${size.toString(36)}-${mtime.getTime().toString(36)}"`
  const headers = { 'Cache-Control': PICTURE_CACHE, ETag: etag, 'Last-Modified': mtime.toUTCString() }
  if (isKnownTag(req.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const about = {
    'Content-Type': typeOfName(filename),
    'Content-Length': String(size),
    'Accept-Ranges': 'bytes',
  }
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream
  return new Response(body, { headers: { ...headers, ...about } })
}

async function answerNeutral(filename: string): Promise<Response> {
  const type = typeOfName(filename)
  const data = await neutralPicture(type)
  return new Response(new Uint8Array(data), {
    headers: { 'Content-Type': type, 'Content-Length': String(data.length), 'Cache-Control': NEUTRAL_CACHE },
  })
}
