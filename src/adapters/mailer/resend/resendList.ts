import { Resend } from 'resend'
import type { ProviderList } from '../../../suppressions/ports.ts'

const PRODUCTION_URL = 'https://api.resend.com'
const CALL_TIMEOUT_MS = 15_000

/** Resend's suppression list (https://resend.com/docs/api-reference/suppressions). Needs a key with full access. */
export function resendList({ apiKey, baseUrl }: { apiKey: string; baseUrl: string | null }): ProviderList {
  const resend = new Resend(apiKey, { baseUrl: (baseUrl ?? PRODUCTION_URL).replace(/\/+$/, '') })
  return {
    tell: async ({ email, what }) => {
      // The key goes to nobody whom Resend would point to.
      const options = { signal: AbortSignal.timeout(CALL_TIMEOUT_MS), redirect: 'error' } as const
      const path = '/suppressions'
      const { error } =
        what === 'suppress'
          ? await resend.post(path, { email }, options)
          : await resend.delete(`${path}/${encodeURIComponent(email)}`, undefined, options)
      if (!error) return { kind: 'done' }
      if (what === 'lift' && error.statusCode === 404) return { kind: 'done' }
      return { kind: kindOf(error.statusCode), code: error.name }
    },
  }
}

/** No status: no answer came. 401, 403: the key may only send, or is none. */
function kindOf(status: number | null): 'impossible' | 'later' | 'closed' {
  if (status === 400 || status === 422) return 'impossible'
  return status !== null && status >= 500 ? 'later' : 'closed'
}
