/** Of a request: what Next and Payload hand on. */
export interface WithBody {
  headers: Headers
  body?: ReadableStream<Uint8Array> | null | undefined
}

/**
 * The body as it came in, whether or not it says before how long it is.
 * @param limit.longest in bytes.
 * @returns null when it is longer; no more of it is read then.
 * @throws what the connection throws when the caller goes.
 */
export async function readBody(
  { headers, body }: WithBody,
  { longest }: { longest: number },
): Promise<string | null> {
  if (Number(headers.get('content-length') ?? 0) > longest) return null
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    length += read.value.length
    if (length > longest) {
      await reader?.cancel()
      return null
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}
