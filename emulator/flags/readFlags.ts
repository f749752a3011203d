import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { FaultPlan } from '../faults/faults.ts'
import { FAULT_NAMES } from '../faults/namedFaults.ts'
import { readFaults } from '../faults/readFaults.ts'
import type { EmulatorOptions } from '../options.ts'
import type { Settings } from '../settings.ts'
import { SECRET } from '../webhooks/sign.ts'
import { FLAGS, type Flag } from './flags.ts'

export type ReadFlags =
  | { kind: 'help' }
  | { kind: 'mistake'; message: string }
  | { kind: 'start'; options: EmulatorOptions & { seed: number }; faults: FaultPlan }

/** A number in a range; said as a whole, so that the message needs no more. */
const number = ({ min = 0, max = 1e9, isWhole = true } = {}) =>
  z
    .string()
    .refine(
      (text) => (isWhole ? /^\d+$/ : /^\d*\.?\d+$/).test(text) && Number(text) >= min && Number(text) <= max,
      {
        error: ({ input }) =>
          `must be a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}, not "${String(input)}"`,
      },
    )
    .transform(Number)
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))
const faultName = z.enum(FAULT_NAMES, { error: ({ input }) => `knows no fault "${String(input)}"` })
const on = z.boolean().default(false)

const flags = z.object({
  port: number({ max: 65_535 }).default(4010),
  key: z.string().min(1, 'must not be empty').optional(),
  domains: list.optional(),
  latency: number({ max: 600_000 }).optional(),
  'per-second': z
    .string()
    .transform((text) => (text === 'none' ? '0' : text))
    .pipe(number())
    .optional(),
  'enforce-rate': on,
  daily: number().optional(),
  monthly: number().optional(),
  'fault-next': list.pipe(z.array(faultName)).optional(),
  'fault-every': faultName.optional(),
  'fault-rate': number({ max: 1, isWhole: false }).default(0),
  'fault-kinds': list.pipe(z.array(faultName)).optional(),
  'hang-ms': number({ max: 600_000 }).optional(),
  'slow-ms': number({ max: 600_000 }).optional(),
  seed: number({ max: 2 ** 31 }).optional(),
  'webhook-url': z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
    .optional(),
  'webhook-secret': z.string().regex(SECRET, 'must be whsec_ and a key in base64').optional(),
  'no-webhooks': on,
  'webhook-delay': number({ max: 600_000 }).optional(),
  'webhook-backoff': list.pipe(z.array(number())).optional(),
  'duplicate-webhooks': number({ min: 1, max: 100 }).optional(),
  'reorder-webhooks': on,
  keep: number().default(5_000),
  'drop-bodies': on,
})
type Values = z.infer<typeof flags>

/** Reads the command line. */
export function readFlags(argv: readonly string[]): ReadFlags {
  const raw = parse(argv)
  if ('mistake' in raw) return { kind: 'mistake', message: raw.mistake }
  if (raw.values.help === true) return { kind: 'help' }
  const parsed = flags.safeParse(raw.values)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { kind: 'mistake', message: `--${String(issue?.path[0])} ${issue?.message ?? ''}` }
  }
  const options = optionsOf(parsed.data)
  const faults = faultsOf({ values: parsed.data, seed: options.seed })
  return 'mistake' in faults
    ? { kind: 'mistake', message: faults.mistake }
    : { kind: 'start', options, faults }
}

function parse(argv: readonly string[]): { values: Record<string, unknown> } | { mistake: string } {
  const options = Object.fromEntries(
    Object.entries<Flag>(FLAGS).map(([name, { value }]) => [
      name,
      { type: value === null ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    return { values: parseArgs({ args: [...argv], options }).values }
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
}

function optionsOf(values: Values): EmulatorOptions & { seed: number } {
  const secret = values['webhook-secret']
  return {
    port: values.port,
    apiKey: values.key ?? null,
    verifiedDomains: values.domains ?? null,
    ...(secret !== undefined && { webhookSecret: secret }),
    seed: values.seed ?? Math.floor(Math.random() * 2 ** 31),
    keepsMails: values.keep,
    keepsBodies: !values['drop-bodies'],
    settings: settingsOf(values),
  }
}

function settingsOf(values: Values): Partial<Settings> {
  const perSecond = values['per-second']
  const given: { [Name in keyof Settings]?: Settings[Name] | undefined } = {
    latencyMs: values.latency,
    perSecond: perSecond === 0 ? null : perSecond,
    isRateEnforced: values['enforce-rate'],
    dailyQuota: values.daily,
    monthlyQuota: values.monthly,
    webhookUrl: values['no-webhooks'] ? null : values['webhook-url'],
    webhookDelayMs: values['webhook-delay'],
    webhookBackoffMs: values['webhook-backoff'],
    webhookCopies: values['duplicate-webhooks'],
    isWebhookOrderShuffled: values['reorder-webhooks'],
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function faultsOf({ values, seed }: { values: Values; seed: number }): FaultPlan | { mistake: string } {
  const rate = values['fault-rate']
  const kinds = values['fault-kinds']
  const hangMs = values['hang-ms']
  const slowMs = values['slow-ms']
  const random = {
    rate,
    ...(kinds && { kinds }),
    ...(hangMs !== undefined && { hangMs }),
    ...(slowMs !== undefined && { slowMs }),
  }
  const body = {
    next: values['fault-next'] ?? [],
    every: values['fault-every'] ?? null,
    random: rate > 0 ? random : null,
  }
  const read = readFaults({ body, seed })
  if ('mistake' in read) return read
  return { next: read.next, every: read.every ?? null, random: read.random ?? null }
}
