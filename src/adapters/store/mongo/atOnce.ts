/** Writes of which some may be under way at once. */
interface Writes {
  /** Begins one as soon as there is room. Throws what an earlier one has thrown. */
  start: (write: () => Promise<unknown>) => Promise<void>
  /** Waits for all. Throws what the first of them has thrown. */
  end: () => Promise<void>
}

export function atOnce(limit: number): Writes {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  const throwFirst = () => {
    if (failures.length > 0) throw failures[0]
  }
  return {
    start: async (write) => {
      while (running.size >= limit) await Promise.race(running)
      throwFirst()
      const written: Promise<void> = write()
        .then(
          () => undefined,
          (error: unknown) => void failures.push(error),
        )
        .finally(() => running.delete(written))
      running.add(written)
    },
    end: async () => {
      await Promise.all(running)
      throwFirst()
    },
  }
}
