import { FAULT_NAMES } from '../faults/namedFaults.ts'

/** A flag: what follows it (null: nothing), what it is for, and what it is when it is left out. */
export interface Flag {
  value: string | null
  help: string
  usual?: string
}

/** Every flag of `npm run emulator`, in the order of the help. */
export const FLAGS = {
  port: { value: 'N', help: 'on 127.0.0.1; 0: any free one', usual: '4010' },
  key: { value: 'KEY', help: 'the only API key that is let in', usual: 'any' },
  domains: { value: 'A,B', help: 'the domains that mail may be from', usual: 'any' },
  latency: { value: 'MS', help: 'what every call takes', usual: '0' },
  'per-second': { value: 'N|none', help: 'calls a second, as the headers tell', usual: '10' },
  'enforce-rate': { value: null, help: 'answer more than that 429' },
  daily: { value: 'N', help: 'mails a day, until 00:00 UTC', usual: 'no quota' },
  monthly: { value: 'N', help: 'mails a month', usual: 'no quota' },
  'fault-next': { value: 'A,B', help: 'faults of the next calls, one each (names: below)' },
  'fault-every': { value: 'NAME', help: 'a fault of every call' },
  'fault-rate': { value: '0.05', help: 'the part of the calls that meets a fault by chance', usual: '0' },
  'fault-kinds': { value: 'A,B', help: 'of these kinds, in turn', usual: 'all but the quotas' },
  'hang-ms': { value: 'MS', help: 'how long a fault by chance leaves a caller hanging', usual: '2000' },
  'slow-ms': { value: 'MS', help: 'how much longer a slow call takes', usual: '500' },
  seed: { value: 'N', help: 'of the faults by chance and the shuffled webhooks', usual: 'another each time' },
  'webhook-url': { value: 'URL', help: 'where webhooks are posted', usual: 'nowhere' },
  'webhook-secret': { value: 'whsec_…', help: 'what they are signed with', usual: 'one that is printed' },
  'no-webhooks': { value: null, help: 'post none, whatever --webhook-url says' },
  'webhook-delay': { value: 'MS', help: 'from an event to its webhook', usual: '0' },
  'webhook-backoff': { value: 'MS,MS', help: 'before each new attempt', usual: '1000,5000,30000' },
  'duplicate-webhooks': { value: 'N', help: 'post each so often, under the same svix-id', usual: '1' },
  'reorder-webhooks': { value: null, help: 'post them in shuffled order' },
  keep: { value: 'N', help: 'mails, calls and webhooks that stay to be looked at', usual: '5000' },
  'drop-bodies': { value: null, help: 'keep no mail, only how many each address got' },
  help: { value: null, help: 'this' },
} as const satisfies Record<string, Flag>

/** What `--help` prints. */
export function helpText(): string {
  const lines = Object.entries<Flag>(FLAGS).map(([name, { value, help, usual }]) => {
    const flag = `--${name}${value === null ? '' : ` ${value}`}`
    return `  ${flag.padEnd(26)} ${help}${usual === undefined ? '' : ` (${usual})`}`
  })
  return [
    'A local Resend: npm run emulator -- [flags]',
    '',
    ...lines,
    '',
    'Faults by name:',
    `  ${FAULT_NAMES.slice(0, 7).join(', ')},`,
    `  ${FAULT_NAMES.slice(7).join(', ')}`,
    '',
    'More in emulator/README.md: the page, control over HTTP, which address gets which event.',
    '',
  ].join('\n')
}
