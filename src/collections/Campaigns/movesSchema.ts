import type { JSONField } from 'payload'
import { CAMPAIGN_STATUSES } from '../../newsletter/model.ts'
import { MOVE_CONTROLS } from '../../newsletter/rules/campaignMoves.ts'

type Schema = ReturnType<NonNullable<JSONField['typescriptSchema']>[number]>

const whole = (properties: Record<string, Schema>, type: Schema['type'] = ['object', 'null']): Schema => ({
  type,
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})

const text: Schema = { type: 'string' }
const number: Schema = { type: 'number' }
const orNull: Schema = { type: ['string', 'null'] }

/** What Payload's types say of a campaign's moves: see CampaignMove. */
export const MOVES_SCHEMA: Schema = {
  type: ['array', 'null'],
  items: whole(
    {
      at: text,
      to: { type: 'string', enum: [...CAMPAIGN_STATUSES] },
      control: { type: ['string', 'null'], enum: [...MOVE_CONTROLS, null] },
      by: orNull,
      byName: orNull,
      problem: whole({ code: text, message: text }),
      override: whole({ checks: { type: 'array', items: text }, reason: text }),
      counts: whole({
        recipients: number,
        submitted: number,
        rejected: number,
        excluded: number,
        uncertain: number,
      }),
    },
    'object',
  ),
}
