import { z } from 'zod'

const count = z.int().nonnegative()
const settings = z.strictObject({
  /** Milliseconds that every call takes. */
  latencyMs: z.number().min(0).max(600_000),
  /** What the rate-limit headers tell; null: no limit, and no such headers. */
  perSecond: z.int().positive().nullable(),
  /** Whether more calls than that are answered 429. */
  isRateEnforced: z.boolean(),
  /** E-mails a day (UTC) and a month (UTC); null: no such quota. */
  dailyQuota: count.nullable(),
  monthlyQuota: count.nullable(),
  /** How far the clock of keys and quotas is ahead of the real one; webhooks are signed with the real time. */
  clockOffsetMs: z.number(),
  /** Where webhooks are posted; null: nowhere. */
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  /** How often each webhook is posted, under the same svix-id. */
  webhookCopies: z.int().min(1).max(100),
  isWebhookOrderShuffled: z.boolean(),
  /** Milliseconds from an event to its first webhook. */
  webhookDelayMs: z.number().min(0).max(600_000),
  /** Milliseconds before each new attempt after an answer that is not 2xx; after the last it is given up. */
  webhookBackoffMs: z.array(z.number().min(0)).max(20),
})

/** What can be set while the emulator runs. Its parts read it at every call. */
export type Settings = z.infer<typeof settings>

/** Resend tells its own backoff (5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h); that is too slow for a dev kit. */
export const DEFAULT_SETTINGS: Settings = {
  latencyMs: 0,
  perSecond: 10,
  isRateEnforced: false,
  dailyQuota: null,
  monthlyQuota: null,
  clockOffsetMs: 0,
  webhookUrl: null,
  webhookCopies: 1,
  isWebhookOrderShuffled: false,
  webhookDelayMs: 0,
  webhookBackoffMs: [1_000, 5_000, 30_000],
}

/** Sets what a body from outside names and leaves the rest. Gives a sentence, and sets nothing, when it is not right. */
export function changeSettings({ current, body }: { current: Settings; body: unknown }): string | null {
  const parsed = settings.partial().safeParse(body)
  if (!parsed.success) return z.prettifyError(parsed.error)
  Object.assign(current, parsed.data)
  return null
}
