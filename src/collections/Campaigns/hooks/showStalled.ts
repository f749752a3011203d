import type { FieldHook, JSONField, PayloadRequest } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Problem } from '../../../newsletter/model.ts'
import { isMoving, stalledSince, waitsUntil } from '../../../newsletter/rules/progress.ts'
import type { Campaign } from '../../../payload-types.ts'

/** What a campaign that should move and does not says of itself. */
export interface Stalled {
  /** ISO 8601: when something last happened. */
  since: string
  lastError: Problem | null
}

export const STALLED_SCHEMA: ReturnType<NonNullable<JSONField['typescriptSchema']>[number]> = {
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['since', 'lastError'],
  properties: {
    since: { type: 'string' },
    lastError: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['code', 'message'],
      properties: { code: { type: 'string' }, message: { type: 'string' } },
    },
  },
}

/**
 * Whether the campaign is stalled: runs only where the field is asked for, and asks the database only for one that should
 * move, so that lists stay cheap.
 */
export const showStalled: FieldHook<Campaign> = async ({ data, req }): Promise<Stalled | null> => {
  if (data?.id === undefined || (data.status && !isMoving(data.status))) return null
  const campaign = await readProgress({ req, id: data.id })
  if (!campaign || !isMoving(campaign.status)) return null
  const { store, clock } = depsOf(req.payload)
  const id = String(campaign.id)
  const since = stalledSince({
    status: campaign.status,
    movedAt: meantToLast(campaign) ?? new Date(campaign.movedAt ?? campaign.createdAt),
    lastSettledAt: await store.lastSettledAt(id),
    next: await store.readNextBatch(id),
    now: clock.now(),
  })
  if (!since) return null
  const { code, message } = campaign.problem ?? {}
  return { since: since.toISOString(), lastError: code ? { code, message: message ?? code } : null }
}

const meantToLast = ({ status, dueAt, canary }: Pick<Campaign, 'status' | 'dueAt' | 'canary'>) =>
  waitsUntil({
    status,
    dueAt: new Date(dueAt),
    canaryWaitsUntil: canary?.waitsUntil ? new Date(canary.waitsUntil) : null,
  })

/** By the system: `movedAt` is told to nobody, and what was asked for may leave the rest out. */
const readProgress = ({ req, id }: { req: PayloadRequest; id: Campaign['id'] }) =>
  req.payload.findByID({
    collection: 'campaigns',
    id,
    select: { status: true, movedAt: true, dueAt: true, createdAt: true, problem: true, canary: true },
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
