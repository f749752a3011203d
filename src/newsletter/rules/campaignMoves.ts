import type { CampaignStatus } from '../model.ts'

/** What staff may ask of a campaign: from which states, and where it leads. */
export const CONTROLS = {
  pause: { from: ['submitting'], to: 'paused' },
  resume: { from: ['paused'], to: 'onward' },
  cancel: { from: ['scheduled', 'preparing', 'submitting', 'paused', 'failed'], to: 'cancelled' },
  retry: { from: ['failed'], to: 'onward' },
} as const satisfies Record<
  string,
  { from: readonly CampaignStatus[]; to: 'paused' | 'cancelled' | 'onward' }
>

export type Control = keyof typeof CONTROLS
