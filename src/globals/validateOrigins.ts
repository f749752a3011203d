/** @returns true, or a sentence that names the line that is no origin (scheme, host and port alone). */
export function validateOrigins(value: string | null | undefined): true | string {
  const wrong = readOrigins(value).find((line) => !isOrigin(line))
  return (
    wrong === undefined || `“${wrong}” is not an origin: write it as https://www.example.com, without a path.`
  )
}

/** The origins of the setting: one a line. */
export const readOrigins = (value: string | null | undefined): string[] =>
  (value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function isOrigin(text: string): boolean {
  try {
    const { origin, protocol } = new URL(text)
    return origin === text && /^https?:$/.test(protocol)
  } catch {
    return false
  }
}
