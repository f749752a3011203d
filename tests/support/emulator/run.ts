/**
 * The emulator as a process: prints its address and stays until it is told to end.
 * node --conditions=production --import tsx tests/support/emulator/run.ts [--port 4010] [--key re_test] [--per-second 10]
 */
import { parseArgs } from 'node:util'
import { startResendEmulator } from './startResendEmulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    key: { type: 'string' },
    domains: { type: 'string' },
    'per-second': { type: 'string', default: '10' },
    'enforce-rate': { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    'drop-bodies': { type: 'boolean', default: false },
  },
})
const emulator = await startResendEmulator({
  port: Number(values.port),
  apiKey: values.key ?? null,
  verifiedDomains: values.domains?.split(',') ?? null,
  perSecond: Number(values['per-second']),
  isRateEnforced: values['enforce-rate'],
  latencyMs: Number(values.latency),
  keepsBodies: !values['drop-bodies'],
})
process.stdout.write(`${emulator.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void emulator.stop().then(() => process.exit(0)))
