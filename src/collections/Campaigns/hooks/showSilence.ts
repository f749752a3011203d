import type { FieldHook, JSONField } from 'payload'
import { depsOf } from '../../../deps.ts'
import { isSilent } from '../../../newsletter/rules/silence.ts'
import type { Campaign } from '../../../payload-types.ts'

/** What a campaign of which the provider tells nothing says of itself: what is to be set up. */
export interface Silence {
  /** Where the provider is to post its events. */
  webhookUrl: string
  /** Whether the secret that its events are signed with is set. */
  hasSecret: boolean
}

export const SILENCE_SCHEMA: ReturnType<NonNullable<JSONField['typescriptSchema']>[number]> = {
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['webhookUrl', 'hasSecret'],
  properties: { webhookUrl: { type: 'string' }, hasSecret: { type: 'boolean' } },
}

/** Only where the mailer is one that tells: of the others nobody expects events. */
export const showSilence: FieldHook<Campaign> = async ({ data, req }): Promise<Silence | null> => {
  const { env, store, clock } = depsOf(req.payload)
  if (data?.id === undefined || data.firstEventAt || env.mailer.kind !== 'resend') return null
  // By the system: what was asked for may leave out what it takes to tell.
  const campaign = await req.payload.findByID({
    collection: 'campaigns',
    id: data.id,
    select: { startedAt: true, firstEventAt: true, finishedAt: true, counts: true },
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
  if (!campaign?.startedAt || campaign.firstEventAt) return null
  const facts = { startedAt: new Date(campaign.startedAt), firstEventAt: null, now: clock.now() }
  // However many they are: then there is nothing to count.
  if (!isSilent({ ...facts, submitted: Infinity })) return null
  // Of one that has finished they are kept: a list of campaigns counts no deliveries.
  const kept = campaign.finishedAt ? campaign.counts : null
  const { submitted } = kept ?? (await store.countDeliveries(String(data.id)))
  if (!isSilent({ ...facts, submitted: submitted ?? 0 })) return null
  return {
    webhookUrl: `${env.serverUrl}/api/webhooks/resend`,
    hasSecret: env.mailer.webhookSecret !== null,
  }
}
