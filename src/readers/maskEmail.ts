import { shownEmail } from '../subscribers/emailAddress.ts'

/**
 * An address as its owner knows it again and a stranger does not learn it: `anna.berg@example.com` becomes
 * `a…@example.com`.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return at < 1 ? '…' : `${first}…${shownEmail(email).slice(at)}`
}
