const CHANGED = 'utskick.plansChanged'

/** Whoever makes or changes a plan tells what shows plans, which otherwise asks from time to time. */
export const tellPlansChanged = (): void => void window.dispatchEvent(new Event(CHANGED))

export function onPlansChanged(run: () => void): () => void {
  window.addEventListener(CHANGED, run)
  return () => window.removeEventListener(CHANGED, run)
}
