import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Answer, ApiCall } from '../model.ts'
import { apiError } from './answers.ts'

interface Entry {
  id: string
  email: string
  origin: 'bounce' | 'complaint' | 'manual'
  source_id: string | null
  created_at: string
}

/** The account's suppression list. It keeps nobody from being mailed here: addresses have fates of their own. */
export interface SuppressionList {
  /** Answers a call of /suppressions; null when it is none. */
  answer: (call: ApiCall) => Answer | null
  forget: () => void
}

const addition = z.object({ email: z.email() })

/** https://resend.com/docs/api-reference/suppressions, but for the batches. */
export function startSuppressions({ now }: { now: () => Date }): SuppressionList {
  const entries = new Map<string, Entry>()
  const find = (idOrEmail: string) =>
    entries.get(idOrEmail.toLowerCase()) ?? [...entries.values()].find(({ id }) => id === idOrEmail)

  const add = (body: unknown): Answer => {
    const parsed = addition.safeParse(body)
    if (!parsed.success)
      return apiError({ status: 422, name: 'validation_error', message: 'Invalid `email` field.' })
    const email = parsed.data.email.toLowerCase()
    const known = entries.get(email)
    const id = known?.id ?? randomUUID()
    if (!known)
      entries.set(email, {
        ...{ id, email, origin: 'manual', source_id: null },
        created_at: now().toISOString(),
      })
    return { status: 201, body: { object: 'suppression', id } }
  }

  const remove = (entry: Entry): Answer => {
    entries.delete(entry.email)
    return { status: 200, body: { object: 'suppression', id: entry.id, deleted: true } }
  }

  return {
    answer: ({ method, path, body }) => {
      if (path === '/suppressions') {
        if (method === 'POST') return add(body())
        const data = [...entries.values()]
        return method === 'GET'
          ? { status: 200, body: { object: 'list', has_more: false, data } }
          : WRONG_METHOD
      }
      const name = /^\/suppressions\/([^/]+)$/.exec(path)?.[1]
      if (name === undefined) return null
      if (method !== 'GET' && method !== 'DELETE') return WRONG_METHOD
      const entry = find(decodeURIComponent(name))
      if (!entry) return apiError({ status: 404, name: 'not_found', message: 'Suppression not found' })
      return method === 'GET' ? { status: 200, body: { object: 'suppression', ...entry } } : remove(entry)
    },
    forget: () => entries.clear(),
  }
}

const WRONG_METHOD = apiError({ status: 405, name: 'method_not_allowed' })
