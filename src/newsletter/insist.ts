import type { Flow } from './ports.ts'

/**
 * Writes down an answer that we have, whatever it takes: with a mailer without keys its mails would else become uncertain
 * for a database that stumbled. The lease is kept meanwhile, so that `write` must be one that can be done twice.
 * @param onFailure is told the kind of the error before each further try.
 * @throws what the last try throws.
 */
export async function insist<Content>(
  { sleep }: Pick<Flow<Content>, 'sleep'>,
  { write, onFailure }: { write: () => Promise<void>; onFailure: (error: string) => void },
): Promise<void> {
  for (const pauseMs of PAUSES_MS)
    try {
      return await write()
    } catch (error) {
      onFailure(error instanceof Error ? error.name : 'unknown')
      await sleep(pauseMs)
    }
  return write()
}

/** Between the tries. */
const PAUSES_MS = [200, 1_000, 5_000]
