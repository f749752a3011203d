import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PayloadRequest } from 'payload'
import { pictureFilesOf, pictureRowsOf } from '../../deps.ts'
import { everyName } from '../../media/pictureNames.ts'
import { refusal } from '../../refusals/refusal.ts'
import { neutralPicture, typeOfName } from '../../media/neutralPicture.ts'

const NO_FILE = { sv: 'Bilden finns inte.', en: 'There is no such image.' }

/** Long enough for a page to be read, short enough for a picture that is shown again. */
const NEUTRAL_FOR_SECONDS = 60

/**
 * `GET /api/media/file/:filename` before Payload's own answer, which is left to give a file that is there. A picture that was
 * taken down answers with a neutral one, at every address that it has or had; what is not there with 404.
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
  const { upload } = payload.collections.media.config
  if (dirname(path) === upload.staticDir) return
  const data = await readFile(path)
  return new Response(new Uint8Array(data), {
    headers: { 'Content-Type': typeOfName(filename), 'Content-Length': String(data.length) },
  })
}

async function answerNeutral(filename: string): Promise<Response> {
  const type = typeOfName(filename)
  const data = await neutralPicture(type)
  return new Response(new Uint8Array(data), {
    headers: {
      'Content-Type': type,
      'Content-Length': String(data.length),
      'Cache-Control': `public, max-age=${NEUTRAL_FOR_SECONDS}`,
    },
  })
}
