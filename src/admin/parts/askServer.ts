import { tagOf } from '../../saving/base.ts'

/** What came of it: the body of the answer; or the server's words, empty where it gave none. */
export type ServerAnswer<Body> = { isDone: true; body: Body } | { isDone: false; message: string }

/**
 * Asks the server to do something, as the person who is logged in.
 * @param options.version of the document that the person has seen: a newer one is not changed. None: whichever.
 */
export async function askServer<Body = unknown>({
  url,
  method,
  body,
  version,
}: {
  url: string
  method: 'POST' | 'PATCH' | 'DELETE'
  body?: object
  version?: string | undefined
}): Promise<ServerAnswer<Body>> {
  try {
    const response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        ...(version !== undefined && { 'If-Match': tagOf(version) }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return { isDone: true, body: answer as Body }
    const { errors = [] } = answer as { errors?: { message: string }[] }
    return { isDone: false, message: errors.map(({ message }) => message).join(' ') }
  } catch {
    return { isDone: false, message: '' }
  }
}
