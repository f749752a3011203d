import type { CanarySetting } from '../newsletter/model.ts'
import { CANARY_MINUTES, CANARY_PERCENT } from '../newsletter/rules/canary.ts'
import type { Site } from '../payload-types.ts'

/** What the site's settings say of canaries; null: there are to be none. */
export const canarySetting = ({ canary }: Pick<Site, 'canary'>): CanarySetting | null =>
  canary?.isOn
    ? {
        percent: canary.percent ?? CANARY_PERCENT.unset,
        minutes: canary.minutes ?? CANARY_MINUTES.unset,
      }
    : null
