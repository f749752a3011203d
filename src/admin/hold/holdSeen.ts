const SEEN = 'utskick.holdSeen'

/** Whoever notices that a mailing has begun its hold tells the banner, which otherwise asks from time to time. */
export const tellHoldSeen = (): void => void window.dispatchEvent(new Event(SEEN))

export function onHoldSeen(run: () => void): () => void {
  window.addEventListener(SEEN, run)
  return () => window.removeEventListener(SEEN, run)
}
