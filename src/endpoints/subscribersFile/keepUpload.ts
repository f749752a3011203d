import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PayloadRequest } from 'payload'
import { MAX_IMPORT_BYTES } from '../../web/bodyLimits.ts'
import { refusal } from '../../refusals/refusal.ts'

/**
 * Writes a body to a file of its own that nobody else on the machine reads. Whoever gets its path removes it; the nightly
 * sweep removes what a crash left.
 * @throws 400 without a body, 413 when it is longer than `maxBytes`; nothing is left then.
 */
export async function keepUpload({
  req,
  directory,
  maxBytes = MAX_IMPORT_BYTES,
}: {
  req: Pick<PayloadRequest, 'body' | 'i18n'>
  directory: string
  maxBytes?: number
}): Promise<string> {
  const { body } = req
  if (!body) throw refusal({ req, code: 'file_empty', status: 400, text: EMPTY })
  await mkdir(directory, { recursive: true })
  const path = join(directory, `${randomUUID()}.csv`)
  const file = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const chunk of chunksOf(body)) {
      size += chunk.byteLength
      if (size > maxBytes)
        throw refusal({ req, code: 'file_too_large', status: 413, text: tooLong(maxBytes) })
      await file.write(chunk)
    }
    if (size === 0) throw refusal({ req, code: 'file_empty', status: 400, text: EMPTY })
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  await file.close()
  return path
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel()
  }
}

const EMPTY = {
  en: 'The file is empty. Send the CSV file as the body of the request.',
  sv: 'Filen är tom. Skicka CSV-filen som anropets kropp.',
}

const tooLong = (maxBytes: number) => ({
  en: `The file is longer than ${maxBytes / 1024 / 1024} MB: split it, or import it with npm run cli -- import-subscribers.`,
  sv: `Filen är större än ${maxBytes / 1024 / 1024} MB: dela den, eller importera den med npm run cli -- import-subscribers.`,
})
