/** What to log of a failed write. Not its message: a database puts what was to be written into it. */
export function codeOf(error: unknown): string {
  const causes = [error, error instanceof Error ? error.cause : undefined]
  const coded = causes.find((cause) => typeof cause === 'object' && cause !== null && 'code' in cause)
  if (coded && typeof coded === 'object' && 'code' in coded) return String(coded.code)
  return error instanceof Error ? error.name : 'unknown'
}
