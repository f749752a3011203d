import { Resend } from 'resend'
import { z } from 'zod'
import { apiUrl } from '../mailer/resend/apiUrl.ts'
import type { Clock } from '../../newsletter/ports.ts'
import type { ClockReading, KeyAnswer, Provider } from '../../doctor/ports.ts'

const TIMEOUT_MS = 8_000
/** A Date header leaves out the parts of a second. */
const HALF_A_SECOND_MS = 500

const domains = z.object({ data: z.array(z.object({ name: z.string(), status: z.string() })) })
const refusal = z.object({
  statusCode: z.number().nullish().catch(null),
  name: z.string().catch(''),
  message: z.string().catch(''),
})

/** Asks Resend for the domains: that changes nothing, and a key that may only send is told so. */
export const resendProvider = ({
  apiKey,
  baseUrl,
  clock,
}: {
  apiKey: string
  baseUrl: string | null
  clock: Clock
}): Provider => {
  const resend = new Resend(apiKey, { baseUrl: apiUrl(baseUrl) })
  return {
    async askAboutKey() {
      const askedAt = clock.now()
      // The key goes to nobody whom the answer would point to.
      const options = { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' } as const
      const { data, error, headers } = await resend.get('/domains', options)
      const theirs = new Date(headers?.date ?? '')
      return {
        answer: error ? classify(error) : readDomains(data),
        clock: Number.isNaN(theirs.getTime())
          ? null
          : readingOf({ theirs, askedAt, answeredAt: clock.now() }),
      }
    },
  }
}

const readingOf = (reading: Omit<ClockReading, 'source'>): ClockReading => ({
  ...reading,
  source: 'Resend',
  theirs: new Date(reading.theirs.getTime() + HALF_A_SECOND_MS),
})

function readDomains(data: unknown): KeyAnswer {
  const read = domains.safeParse(data)
  return read.success ? { kind: 'full', domains: read.data.data } : { kind: 'strange' }
}

/** https://resend.com/docs/api-reference/errors; a network fault has no status. */
function classify(error: unknown): KeyAnswer {
  const read = refusal.safeParse(error)
  if (!read.success) return { kind: 'strange' }
  const { statusCode: status, name, message } = read.data
  if (name === 'restricted_api_key') return { kind: 'restricted' }
  if (status === null || status === undefined || status >= 500) return { kind: 'unreachable' }
  if (status === 429) return { kind: 'limited' }
  if (status === 401 || name === 'invalid_api_key' || /api key/i.test(message)) return { kind: 'refused' }
  return { kind: 'strange' }
}
