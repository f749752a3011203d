import type { FieldHook, JSONField } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Campaign } from '../../../payload-types.ts'

/** What a campaign says of recipients whose servers ask to come later. */
export interface Postponed {
  /** No more than MOST_POSTPONED. */
  count: number
  /** ISO 8601: when the first of them is tried again. */
  nextTryAt: string
}

export const POSTPONED_SCHEMA: ReturnType<NonNullable<JSONField['typescriptSchema']>[number]> = {
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['count', 'nextTryAt'],
  properties: { count: { type: 'number' }, nextTryAt: { type: 'string' } },
}

/** Runs only where the field is asked for, and asks the database only for one that is being submitted. */
export const showPostponed: FieldHook<Campaign> = async ({ data, req }): Promise<Postponed | null> => {
  if (data?.id === undefined || (data.status && !isMailed(data.status))) return null
  const { store, clock } = depsOf(req.payload)
  const postponed = await store.readPostponed({ campaignId: String(data.id), now: clock.now() })
  return postponed && { ...postponed, nextTryAt: postponed.nextTryAt.toISOString() }
}

const isMailed = (status: Campaign['status']) => status === 'canary' || status === 'submitting'
