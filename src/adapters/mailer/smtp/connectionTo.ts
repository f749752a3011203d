/** For each step before the message: to connect, to greet, to answer a command. */
export const TIMEOUT_MS = 30_000
/** From the message on: a server that scans it takes its time (RFC 5321, 4.5.3.2.6). */
export const FINAL_ANSWER_MS = 10 * 60_000

const LONGEST_CONNECT_MS = 10_000

/**
 * How nodemailer is to connect. A user and a password go over TLS only: a server that offers none, or somebody on the way who
 * hides that it does, gets neither. `?requireTLS=false` in the address allows it all the same.
 */
export function connectionTo({ url, timeoutMs }: { url: string; timeoutMs: number }) {
  const { username, searchParams } = new URL(url)
  const isPlainAllowed = searchParams.get('requireTLS') === 'false'
  return {
    url,
    connectionTimeout: Math.min(LONGEST_CONNECT_MS, timeoutMs),
    greetingTimeout: Math.min(LONGEST_CONNECT_MS, timeoutMs),
    ...(username !== '' && !isPlainAllowed && { requireTLS: true }),
  }
}
