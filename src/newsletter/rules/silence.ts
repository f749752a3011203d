/** So long after it began, a campaign of which the provider has told nothing says so. */
export const SILENT_AFTER_MS = 60 * 60_000

/** Of so few mails it may well be that nothing was told. */
export const SILENT_FROM = 20

/**
 * Whether a provider that should tell what becomes of the mails tells nothing: then nobody knows what was delivered.
 * @param campaign.firstEventAt when the provider first told of it; null: never.
 */
export function isSilent({
  startedAt,
  submitted,
  firstEventAt,
  now,
}: {
  startedAt: Date | null
  submitted: number
  firstEventAt: Date | null
  now: Date
}): boolean {
  if (firstEventAt !== null || startedAt === null || submitted <= SILENT_FROM) return false
  return now.getTime() - startedAt.getTime() >= SILENT_AFTER_MS
}
