import type { RecipientRule } from './api/readEmail.ts'
import type { Settings } from './settings.ts'

export interface EmulatorOptions {
  /** 0: any free one. */
  port?: number
  /** The one key that is let in; null: any. */
  apiKey?: string | null
  /** Domains that mail may be from; null: any. */
  verifiedDomains?: readonly string[] | null
  /** Why a recipient is refused, or null. Refuses anything @refused.example unless told otherwise. */
  refuse?: RecipientRule
  /** What the rate-limit headers tell; null: no limit, and no such headers. */
  perSecond?: number | null
  /** Whether more calls than that are answered 429. */
  isRateEnforced?: boolean
  /** Milliseconds that every call takes. */
  latencyMs?: number
  /** Quotas, webhooks and the rest of what can be set. */
  settings?: Partial<Settings>
  /** What webhooks are signed with: `whsec_…`. */
  webhookSecret?: string
  /** Of the random faults and the shuffled webhooks. */
  seed?: number
  /** How many mails, calls and webhooks stay to be looked at; all, unless told otherwise. Counted are all. */
  keepsMails?: number
  /** false: no mail is kept, only how many each address got; for runs of 100,000. */
  keepsBodies?: boolean
  now?: () => Date
}
