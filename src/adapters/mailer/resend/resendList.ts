import { Resend } from 'resend'
import type { ProviderList } from '../../../suppressions/ports.ts'
import { apiUrl } from './apiUrl.ts'

const CALL_TIMEOUT_MS = 15_000

/** Resend's suppression list (https://resend.com/docs/api-reference/suppressions). Needs a key with full access. */
export function resendList({ apiKey, baseUrl }: { apiKey: string; baseUrl: string | null }): ProviderList {
  const resend = new Resend(apiKey, { baseUrl: apiUrl(baseUrl) })
  return {
    tell: async ({ email, what }) => {
      // The key goes to nobody whom Resend would point to.
      const options = { signal: AbortSignal.timeout(CALL_TIMEOUT_MS), redirect: 'error' } as const
      const { error } =
        what === 'suppress'
          ? await resend.suppressions.add({ email }, options)
          : await resend.suppressions.remove(email, options)
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
