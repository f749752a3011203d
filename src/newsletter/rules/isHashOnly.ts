import { HASH_ONLY_REASONS, type HashOnlyReason, type SuppressionReason } from '../model.ts'

/** Whether an address is known by nothing but its hash, and its owner, and nobody else, may bring it back by confirming. */
export const isHashOnly = (reason: SuppressionReason): reason is HashOnlyReason =>
  HASH_ONLY_REASONS.some((known) => known === reason)
