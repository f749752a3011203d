import type { AnsweringParts } from './api/answerCall.ts'
import { startKeys } from './api/keys.ts'
import { startQuotas, type Quotas } from './api/quotas.ts'
import { startRateLimit } from './api/rateLimit.ts'
import { refuseOneDomain } from './api/readEmail.ts'
import { startSuppressions } from './api/suppressions.ts'
import { startFaults, type Faults } from './faults/faults.ts'
import type { EmulatorOptions } from './options.ts'
import { startCallLog, type CallLog } from './received/callLog.ts'
import type { Counts } from './received/counts.ts'
import { startMailLog, type MailLog } from './received/mailLog.ts'
import { seededRandom } from './seededRandom.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import { EMULATOR_SECRET } from './webhooks/sign.ts'
import { startWebhooks, type Webhooks } from './webhooks/startWebhooks.ts'
import type { WebhookCounts } from './webhooks/webhookRecord.ts'

/** Calls and webhooks that stay listed when no mail is kept. */
const FEW = 1_000

/** Everything that an emulator is, but for the server. */
export interface Emulation {
  seed: number
  settings: Settings
  faults: Faults
  quotas: Quotas
  calls: CallLog
  mails: MailLog
  webhooks: Webhooks
  answering: AnsweringParts
  counts: () => Counts & { webhooks: WebhookCounts }
  /** Counts from nothing; what is kept stays. */
  countAnew: () => void
  /** Forgets all that was received, every key, fault and use of a quota. The settings stay. */
  reset: () => void
}

export function startEmulation(options: EmulatorOptions): Emulation {
  const {
    now: realNow = () => new Date(),
    seed = Math.floor(Math.random() * 2 ** 31),
    keepsBodies = true,
  } = options
  const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings, ...namedSettings(options) }
  const now = () => new Date(realNow().getTime() + settings.clockOffsetMs)
  const keepsMails = keepsBodies ? (options.keepsMails ?? Infinity) : 0
  const keeps = keepsBodies ? Infinity : FEW
  const secret = options.webhookSecret ?? EMULATOR_SECRET

  const faults = startFaults({ seed })
  const keys = startKeys({ now })
  const quotas = startQuotas({ settings, now })
  const suppressions = startSuppressions({ now })
  const calls = startCallLog({ keeps: options.keepsMails ?? keeps, now })
  const mails = startMailLog({ keeps: keepsMails })
  const webhooks = startWebhooks({
    settings,
    secret,
    random: seededRandom(seed),
    keeps: options.keepsMails ?? keeps,
    now: realNow,
  })
  const rules = {
    refuse: options.refuse ?? refuseOneDomain,
    verifiedDomains: options.verifiedDomains ?? null,
  }
  return {
    ...{ seed, settings, faults, quotas, calls, mails, webhooks },
    answering: {
      state: {
        ...{ apiKey: options.apiKey ?? null, rules, keys, quotas, suppressions, find: mails.find, now },
        accept: (more) => {
          mails.add(more)
          webhooks.announce(more)
        },
      },
      rateLimit: startRateLimit({ settings, now }),
      takeFault: faults.take,
      latencyMs: () => settings.latencyMs,
    },
    counts: () => ({ ...calls.counts(), ...mails.counts(), webhooks: webhooks.counts() }),
    countAnew: () => [calls, mails].forEach(({ countAnew }) => countAnew()),
    reset: () =>
      [faults, keys, quotas, suppressions, calls, mails, webhooks].forEach(({ forget }) => forget()),
  }
}

function namedSettings({ perSecond, isRateEnforced, latencyMs }: EmulatorOptions): Partial<Settings> {
  return {
    ...(perSecond !== undefined && { perSecond }),
    ...(isRateEnforced !== undefined && { isRateEnforced }),
    ...(latencyMs !== undefined && { latencyMs }),
  }
}
