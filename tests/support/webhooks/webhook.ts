import { handleEndpoints } from 'payload'
import { signWebhook } from '../../../emulator/webhooks/sign.ts'
import type { TestDatabase } from '../databases.ts'
import { applyAll } from '../drain.ts'
import type { Answer } from '../rest.ts'

export const SECRET = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`

/** A Resend of the tests' own: nothing is ever called. */
export const RESEND = { MAILER: 'resend', RESEND_API_KEY: 're_test', RESEND_WEBHOOK_SECRET: SECRET }

export interface Told {
  id: string
  type: string
  at: string
  tags?: unknown
  to?: string[]
  data?: object
}

/** What Resend posts, as it documents it. */
export const bodyOf = ({ type, at, tags, to = ['anna@example.com'], data }: Told): string =>
  JSON.stringify({
    type,
    created_at: at,
    data: {
      created_at: at,
      email_id: 'e-1',
      message_id: '<e-1@example.com>',
      from: 'Provet <brev@example.com>',
      to,
      subject: 'Ämnet',
      ...(tags !== undefined && { tags }),
      ...data,
    },
  })

export const bounce = (type: 'Permanent' | 'Transient' | 'Undetermined', message = `${type} bounce`) => ({
  bounce: { type, subType: 'General', message },
})

/** Posts to the real endpoint what is signed; the parts of the signature may be named. */
export async function post(
  { payload, key }: Pick<TestDatabase, 'payload' | 'key'>,
  {
    id,
    body,
    secret = SECRET,
    signedAt = new Date(),
    headers = {},
    signedBody = body,
  }: {
    id: string
    body: string
    secret?: string
    signedAt?: Date
    headers?: Record<string, string>
    signedBody?: string
  },
): Promise<Answer> {
  const signed = { ...signWebhook({ id, at: signedAt, body: signedBody, secret }), ...headers }
  const response = await handleEndpoints({
    config: payload.config,
    payloadInstanceCacheKey: key,
    request: new Request(`${payload.config.serverURL}/api/webhooks/resend`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...Object.fromEntries(Object.entries(signed).filter(([, value]) => value !== '')),
      },
      body,
    }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** Posts an event, and lets a worker apply what waits. */
export async function tell(database: Pick<TestDatabase, 'payload' | 'key'>, told: Told): Promise<Answer> {
  const answer = await post(database, { id: told.id, body: bodyOf(told) })
  await applyAll(database.payload)
  return answer
}
