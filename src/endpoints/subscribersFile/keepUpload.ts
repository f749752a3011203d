import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { APIError } from 'payload'

export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024

/**
 * Writes a body to a file of its own that nobody else on the machine reads. Whoever gets its path removes it; the nightly
 * sweep removes what a crash left.
 * @throws 400 without a body, 413 when it is longer than `maxBytes`; nothing is left then.
 */
export async function keepUpload({
  body,
  directory,
  maxBytes = MAX_UPLOAD_BYTES,
}: {
  body: ReadableStream<Uint8Array> | null | undefined
  directory: string
  maxBytes?: number
}): Promise<string> {
  if (!body) throw new APIError('Send the CSV file as the body of the request.', 400, null, true)
  await mkdir(directory, { recursive: true })
  const path = join(directory, `${randomUUID()}.csv`)
  const file = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const chunk of chunksOf(body)) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLong(maxBytes)
      await file.write(chunk)
    }
    if (size === 0) throw new APIError('The file is empty.', 400, null, true)
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

const tooLong = (maxBytes: number) =>
  new APIError(
    `The file is longer than ${maxBytes / 1024 / 1024} MB: part it, or import it with npm run cli -- import-subscribers.`,
    413,
    null,
    true,
  )
