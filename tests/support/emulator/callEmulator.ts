/** An e-mail as a caller of the API writes it. */
export const email = (to: unknown = 'a@example.com', over: object = {}) => ({
  from: 'Brev <brev@utskick.example>',
  to,
  subject: 'Hej',
  html: '<p>Hej</p>',
  ...over,
})

export interface EmulatorAnswer {
  status: number
  headers: Headers
  body: unknown
}

/** Calls the emulator: as a caller of the API does, or at its controls. */
export async function callEmulator({
  url,
  path = '/emails',
  method = 'POST',
  body,
  headers = {},
  timeoutMs = 10_000,
}: {
  url: string
  path?: string
  method?: string
  body?: unknown
  headers?: Record<string, string>
  timeoutMs?: number
}): Promise<EmulatorAnswer> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: 'Bearer re_test', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parsed(text) }
}

/** What became of a call, in a word: its status, or why there is none. */
export async function fateOfCall(call: Promise<EmulatorAnswer>): Promise<string> {
  try {
    const { status, body } = await call
    return typeof body === 'string' ? `${status} no JSON` : String(status)
  } catch (error) {
    return String(error).startsWith('TimeoutError') ? 'hung' : 'cut off'
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
