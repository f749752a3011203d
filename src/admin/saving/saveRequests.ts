import type { StaleSave } from '../../saving/staleSave.ts'

/** A form's save of one document. */
export interface Save {
  /** The path of the document. */
  document: string
  isAutosave: boolean
}

/** @returns null for any other request, also for those that the admin makes of itself. */
export function readSave(url: URL, { body, method }: RequestInit): Save | null {
  const isForm = body instanceof FormData
  const isDocument =
    method?.toUpperCase() === 'PATCH' && /^\/api\/(?!payload-)[\w-]+\/\w+$/.test(url.pathname)
  const isGlobal = method?.toUpperCase() === 'POST' && /^\/api\/globals\/[\w-]+$/.test(url.pathname)
  if (!isForm || (!isDocument && !isGlobal)) return null
  return { document: url.pathname, isAutosave: url.searchParams.get('autosave') === 'true' }
}

/** The admin renews its session, and goes to the login page when it cannot. */
export const isRefresh = (url: URL): boolean => url.pathname === '/api/users/refresh-token'

/** Payload answers 403 also to who is not logged in. */
export const isRefusedToStrangers = ({ status }: Response): boolean => status === 401 || status === 403

/** The version that the form holds, as the server gave it: `updatedAt`. */
export function formVersion(body: RequestInit['body']): string | null {
  const data = body instanceof FormData ? body.get('_payload') : null
  return typeof data === 'string' ? textIn(parse(data), 'updatedAt') : null
}

/** The version that a save has made. */
export async function versionIn(answer: Response): Promise<string | null> {
  const body = await read(answer)
  return textIn(valueIn(body, 'doc') ?? valueIn(body, 'result'), 'updatedAt')
}

export function withBase(init: RequestInit, base: string): RequestInit {
  const headers = new Headers(init.headers)
  headers.set('If-Match', base)
  return { ...init, headers }
}

/** @returns null for a 409 of another kind. */
export async function staleIn(answer: Response): Promise<StaleSave | null> {
  const error = await errorIn(answer)
  return valueIn(error, 'code') === 'save_stale' ? (valueIn(error, 'data') as StaleSave) : null
}

export const messageIn = async (answer: Response): Promise<string | null> =>
  textIn(await errorIn(answer), 'message')

async function errorIn(answer: Response): Promise<unknown> {
  const errors = valueIn(await read(answer), 'errors')
  return Array.isArray(errors) ? errors[0] : null
}

/** The form reads the answer itself. */
const read = (answer: Response): Promise<unknown> =>
  answer
    .clone()
    .json()
    .catch(() => null)

const valueIn = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

function textIn(value: unknown, key: string): string | null {
  const text = valueIn(value, key)
  return typeof text === 'string' ? text : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * What this page has saved itself. A form that saves by itself may send the next save before it has heard which version the
 * last one made.
 */
export function ownVersions() {
  const made = new Map<string, Map<string, string>>()
  return {
    /** A save has made a version upon another, which the form may hear of later, or never. */
    note(document: string, { from, to }: { from: string | null; to: string | null }): void {
      if (from === null || to === null || from === to) return
      const known = made.get(document) ?? new Map<string, string>()
      made.set(document, known.set(from, to))
    },
    /** The newest version that a save of a form with this version builds upon; null for a form that tells none. */
    newest(document: string, version: string | null): string | null {
      if (version === null) return null
      const known = made.get(document)
      let newest = version
      for (let next = known?.get(newest); next !== undefined; next = known?.get(newest)) newest = next
      return newest
    },
    forget: () => made.clear(),
  }
}

/** Some who want to know. */
export function listeners<Value>() {
  const all = new Set<(value: Value) => void>()
  return {
    add: (listener: (value: Value) => void) => {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell: (value: Value) => all.forEach((listener) => listener(value)),
  }
}
