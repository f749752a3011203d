/** So many refusals alike say that it is not the recipients whom the provider refuses. */
export const REFUSED_ALIKE = 12

/**
 * Whether the provider refuses a campaign altogether, and not these recipients.
 * @param counts.refused how many were refused for the same reason since the campaign went on last: who resumes it has seen the
 * ones before.
 */
export const isRefusedAltogether = ({
  refused,
  hasSubmitted,
}: {
  refused: number
  hasSubmitted: boolean
}): boolean => !hasSubmitted && refused >= REFUSED_ALIKE
