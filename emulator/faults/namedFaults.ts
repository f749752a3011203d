import type { Fault } from '../model.ts'

/** Faults that are met so often that they have names: for flags, for the page, and for `"next": ["drop-after"]`. */
export const NAMED_FAULTS = {
  'error-before': { kind: 'error', when: 'before', status: 500, name: 'internal_server_error' },
  'error-after': { kind: 'error', when: 'after', status: 500, name: 'internal_server_error' },
  unavailable: { kind: 'error', when: 'before', status: 503, name: 'service_unavailable' },
  'drop-before': { kind: 'drop', when: 'before' },
  'drop-after': { kind: 'drop', when: 'after' },
  'hang-before': { kind: 'hang', when: 'before' },
  'hang-after': { kind: 'hang', when: 'after' },
  slow: { kind: 'slow', ms: 500 },
  'garbage-before': { kind: 'garbage', when: 'before' },
  'garbage-after': { kind: 'garbage', when: 'after' },
  'rate-limited': {
    kind: 'error',
    when: 'before',
    status: 429,
    name: 'rate_limit_exceeded',
    headers: { 'retry-after': '1' },
  },
  'daily-quota': { kind: 'error', when: 'before', status: 429, name: 'daily_quota_exceeded' },
  'monthly-quota': { kind: 'error', when: 'before', status: 429, name: 'monthly_quota_exceeded' },
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof NAMED_FAULTS

export const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[]

/** What a random fault is unless told otherwise: all but the quotas, which would end the mailing. */
export const PASSING_FAULTS = FAULT_NAMES.filter((name) => !name.endsWith('-quota'))

/** The name of a fault for counts and lists: its own, or its status and when it comes. */
export function faultName(fault: Fault): string {
  if (fault.kind === 'slow') return 'slow'
  if (fault.kind !== 'error') return `${fault.kind}-${fault.when}`
  const named = FAULT_NAMES.find((name) => {
    const known: Fault = NAMED_FAULTS[name]
    return (
      known.kind === 'error' &&
      known.when === fault.when &&
      known.status === fault.status &&
      known.name === fault.name
    )
  })
  return named ?? `${fault.status}-${fault.when}`
}
