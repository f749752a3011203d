import { createHash } from 'node:crypto'
import type { Draw, Id } from '../model.ts'

/** As long as a link key is (newLinkKey). */
const KEY_LENGTH = 24

/** So many of its characters are compared: they tell 16 million people apart. */
export const DRAWN_LENGTH = 6
const DRAWS = 16 ** DRAWN_LENGTH

/**
 * Draws so many of an audience, about: link keys are random, so that a share of them sorts before a threshold. Which characters
 * are looked at follows from the campaign, so that other people are in the next canary.
 */
export function drawCanary({
  campaignId,
  size,
  audience,
}: {
  campaignId: Id
  size: number
  audience: number
}): Draw {
  const offset =
    createHash('sha256').update(`canary ${campaignId}`).digest().readUInt32BE() %
    (KEY_LENGTH - DRAWN_LENGTH + 1)
  const share = Math.min(Math.round((size / audience) * DRAWS), DRAWS - 1)
  return { offset, threshold: share.toString(16).padStart(DRAWN_LENGTH, '0') }
}

/** Somebody without a key (a row of an earlier version) is in the rest. */
export const isDrawn = (linkKey: string | null | undefined, { offset, threshold }: Draw): boolean =>
  Boolean(linkKey) && String(linkKey).slice(offset, offset + DRAWN_LENGTH) < threshold
