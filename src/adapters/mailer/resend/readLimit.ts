import type { CallLimit } from '../../../newsletter/model.ts'

/**
 * What an answer's headers tell of the limit (`ratelimit-limit`: calls a second,
 * https://resend.com/docs/api-reference/rate-limit). A call that was taken without naming one comes from where there is
 * none; a failure may come from a gateway before the provider, and leaves what was known, unless it asks to wait where
 * none was known.
 */
export function readLimit({
  headers,
  isTaken,
  known,
}: {
  headers: Record<string, string>
  isTaken: boolean
  known: CallLimit
}): CallLimit {
  const perSecond = Number.parseInt(headers['ratelimit-limit'] ?? '', 10)
  if (perSecond > 0) return { kind: 'limited', perSecond }
  if (isTaken) return { kind: 'none' }
  return 'retry-after' in headers && known.kind === 'none' ? { kind: 'unknown' } : known
}
