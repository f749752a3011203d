import { connect } from 'node:net'

/** A request as its bytes go out: nothing of it is checked or corrected. */
export interface RawRequest {
  method: string
  target: string
  headers: [name: string, value: string][]
  body: Buffer | null
}

export interface RawAnswer {
  status: number
  type: string
  body: string
}

const PATIENCE_MS = 60_000

/** @returns null when the server closes the connection without an answer, or in the middle of one. */
export function sendRaw(baseUrl: string, request: RawRequest): Promise<RawAnswer | null> {
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const chunks: Buffer[] = []
    socket.setTimeout(PATIENCE_MS, () => {
      socket.destroy()
      reject(new Error(`No answer within ${PATIENCE_MS / 1000} s: ${describe(request)}`))
    })
    socket.on('data', (chunk) => chunks.push(chunk))
    // A connection that is reset after the answer has been read.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks), request)))
    socket.write(headOf(request, hostname))
    if (request.body) socket.write(request.body)
  })
}

export const describe = ({ method, target, headers, body }: RawRequest): string =>
  JSON.stringify([method, target.slice(0, 300), headers, body?.toString('latin1').slice(0, 200)])

function headOf({ method, target, headers, body }: RawRequest, host: string): Buffer {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)
  const all: [string, string][] = [
    ...(has('host') ? [] : ([['Host', host]] as [string, string][])),
    ...headers,
    ...(body && !has('content-length') && !has('transfer-encoding')
      ? ([['Content-Length', String(body.length)]] as [string, string][])
      : []),
    ['Connection', 'close'],
  ]
  const lines = all.map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function readAnswer(bytes: Buffer, request: RawRequest): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  // `100 Continue` comes before the answer.
  if (/^HTTP\/1\.1 1\d\d/.test(head)) return readAnswer(bytes.subarray(end + 4), request)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
  const isBodiless = request.method === 'HEAD' || status === 204 || status === 304
  const body = isBodiless ? Buffer.alloc(0) : bodyIn(head, bytes.subarray(end + 4))
  return (
    body && {
      status,
      type: /^content-type: *([^\r\n]*)/im.exec(head)?.[1] ?? '',
      body: body.toString('utf8'),
    }
  )
}

/** The first of an answer's bytes that are its body; null for one that is cut off (RFC 9112, section 6.3). */
function bodyIn(head: string, bytes: Buffer): Buffer | null {
  if (/^transfer-encoding: *chunked/im.test(head)) return joinChunks(bytes)
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) return bytes
  return bytes.length < Number(length) ? null : bytes.subarray(0, Number(length))
}

function joinChunks(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at)
    const length = line < 0 ? Number.NaN : parseInt(bytes.toString('latin1', at, line), 16)
    if (length === 0) return Buffer.concat(parts)
    if (!(length > 0) || line + 2 + length > bytes.length) return null
    parts.push(bytes.subarray(line + 2, line + 2 + length))
    at = line + 2 + length + 2
  }
}
