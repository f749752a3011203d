/**
 * Waits, but no longer than until one of the signals is aborted. With plain listeners that are taken away again:
 * AbortSignal.any keeps an entry in a long-lived signal for each signal that was made of it (Node 20).
 */
export function sleepUntil({ ms, signals }: { ms: number; signals: AbortSignal[] }): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    for (const signal of signals) signal.addEventListener('abort', wake)
    if (signals.some(({ aborted }) => aborted)) wake()
  })
}
