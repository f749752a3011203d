const PREFERENCES_LINK_MS = 90 * 86_400_000

/** Until when a link to the preferences works that is made now: one that is forwarded or kept does not open them for ever. */
export const preferencesLinkUntil = (now: Date): Date => new Date(now.getTime() + PREFERENCES_LINK_MS)

/**
 * Whether such a link was made before its reader changed the address: then it lies in a mailbox that need not be theirs any
 * more. Links tell seconds: one of the very second of the change works.
 * @param link.expiresAt as the link says.
 */
export function isFromBeforeChange({
  expiresAt,
  addressChangedAt,
}: {
  expiresAt: Date
  addressChangedAt: Date
}): boolean {
  const madeAt = expiresAt.getTime() - PREFERENCES_LINK_MS
  return Math.floor(madeAt / 1000) < Math.floor(addressChangedAt.getTime() / 1000)
}
