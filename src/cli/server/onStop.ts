import { processEnvironment } from '../../env.ts'

const LOOK_EVERY_MS = 500

/**
 * Calls `stop` once, when this process is asked to end: by SIGTERM or SIGINT, or because the shell in which npm runs us
 * has ended. npm passes a signal on to that shell, which ends and passes nothing on to us.
 */
export function onStop(stop: () => void): void {
  let isStopping = false
  const stopOnce = () => {
    if (!isStopping) stop()
    isStopping = true
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stopOnce)
  if (processEnvironment().npm_lifecycle_event === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stopOnce()
  }, LOOK_EVERY_MS).unref()
}
