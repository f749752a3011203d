/** What one part of the admin tells the others in the page, which otherwise ask the server from time to time. */
type Signal = 'plansChanged' | 'holdSeen' | 'personChanged'

const eventOf = (signal: Signal): string => `utskick.${signal}`

export const tell = (signal: Signal): void => void window.dispatchEvent(new Event(eventOf(signal)))

/** @returns what ends it. */
export function listen(signal: Signal, run: () => void): () => void {
  window.addEventListener(eventOf(signal), run)
  return () => window.removeEventListener(eventOf(signal), run)
}
