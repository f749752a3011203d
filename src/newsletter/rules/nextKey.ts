/**
 * The idempotency key of a batch whose tries were surely not taken, and whose bytes are fixed anew: a provider refuses
 * other bytes under a key that it has seen. It is written into the row together with the unsealing, so that a try takes
 * its key from the row and never makes one.
 * @param key the one that the batch has.
 * @param attempts how often it was claimed so far: no two keys of a batch are the same.
 * @returns at most 256 characters.
 */
export const nextKey = ({ key, attempts }: { key: string; attempts: number }): string =>
  `${key.replace(/-try-\d+$/, '')}-try-${attempts + 1}`
