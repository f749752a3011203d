/**
 * What anonymous readers were shown a moment ago, so that a rush of readers costs one reading. It is forgotten as soon
 * as content changes in this process, and after a second anyway, for what another process (a worker that publishes on
 * time, a second web server) has changed. Nothing that depends on who is asking may be kept.
 */
const KEPT_MS = 1_000
const CAPACITY = 500

/** Gives what is kept under the key, or else loads it and keeps it. A failure is not kept. */
export function keepBriefly<Value>(key: string, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key)
  if (known && known.until > Date.now()) return known.value as Promise<Value>
  const value = load()
  kept.delete(key)
  kept.set(key, { value, until: Date.now() + KEPT_MS })
  dropOldest()
  value.catch(() => {
    if (kept.get(key)?.value === value) kept.delete(key)
  })
  return value
}

/** Whoever asks from now on gets what is true now, even while somebody still waits for what was true before. */
export const forgetPublic = (): void => kept.clear()

function dropOldest(): void {
  for (const key of kept.keys()) {
    if (kept.size <= CAPACITY) return
    kept.delete(key)
  }
}

interface Kept {
  value: Promise<unknown>
  until: number
}

/** One per process: the bundler gives each route its own copy of a module. */
const PUBLIC_CACHE: unique symbol = Symbol.for('utskick.publicCache')
const shared: typeof globalThis & { [PUBLIC_CACHE]?: Map<string, Kept> } = globalThis
const kept = (shared[PUBLIC_CACHE] ??= new Map<string, Kept>())
