import { describe, expect, it } from '@jest/globals'
import { FLAGS, helpText } from '../../../emulator/flags/flags.ts'
import { readFlags } from '../../../emulator/flags/readFlags.ts'

const read = (line: string) => readFlags(line.split(' ').filter((word) => word !== ''))

describe('the command line', () => {
  it('needs no flag', () => {
    expect(read('')).toEqual({
      kind: 'start',
      options: {
        port: 4010,
        apiKey: null,
        verifiedDomains: null,
        seed: expect.any(Number),
        keepsMails: 5_000,
        keepsBodies: true,
        settings: { isRateEnforced: false, isWebhookOrderShuffled: false },
      },
      faults: { next: [], every: null, random: null },
    })
  })

  it('sets everything', () => {
    const line = `--port 0 --key re_x --domains a.se,b.se --latency 100 --per-second 2 --enforce-rate --daily 100
      --monthly 3000 --fault-next drop-after,slow --fault-every rate-limited --fault-rate .05 --fault-kinds slow
      --hang-ms 10 --slow-ms 20 --seed 42 --webhook-url http://localhost:3000/hook --webhook-secret whsec_YWJj
      --webhook-delay 5 --webhook-backoff 1,2 --duplicate-webhooks 2 --reorder-webhooks --keep 7 --drop-bodies`
    expect(read(line.replace(/\s+/g, ' '))).toEqual({
      kind: 'start',
      options: {
        port: 0,
        apiKey: 're_x',
        verifiedDomains: ['a.se', 'b.se'],
        webhookSecret: 'whsec_YWJj',
        seed: 42,
        keepsMails: 7,
        keepsBodies: false,
        settings: {
          latencyMs: 100,
          perSecond: 2,
          isRateEnforced: true,
          dailyQuota: 100,
          monthlyQuota: 3_000,
          webhookUrl: 'http://localhost:3000/hook',
          webhookDelayMs: 5,
          webhookBackoffMs: [1, 2],
          webhookCopies: 2,
          isWebhookOrderShuffled: true,
        },
      },
      faults: {
        next: [
          { kind: 'drop', when: 'after' },
          { kind: 'slow', ms: 500 },
        ],
        every: expect.objectContaining({ status: 429, name: 'rate_limit_exceeded' }),
        random: { rate: 0.05, seed: 42, kinds: ['slow'], hangMs: 10, slowMs: 20 },
      },
    })
  })

  it.each(['--per-second none', '--per-second 0'])('%s is no limit', (line) => {
    expect(read(line)).toMatchObject({ options: { settings: { perSecond: null } } })
  })

  it('--no-webhooks is stronger than an address', () => {
    const options = { settings: { webhookUrl: null } }
    expect(read('--webhook-url http://localhost:3000/hook --no-webhooks')).toMatchObject({ options })
  })

  it.each([
    ['--port x', '--port must be a whole number from 0 to 65535, not "x"'],
    ['--port 70000', '--port must be a whole number from 0 to 65535, not "70000"'],
    ['--daily -1', expect.stringContaining('--daily')],
    ['--per-second many', '--per-second must be a whole number from 0 to 1000000000, not "many"'],
    ['--fault-rate 2', '--fault-rate must be a number from 0 to 1, not "2"'],
    ['--fault-every explode', '--fault-every knows no fault "explode"'],
    ['--fault-next slow,explode', '--fault-next knows no fault "explode"'],
    ['--webhook-url ftp://a', '--webhook-url must be an address that begins with http:// or https://'],
    ['--webhook-secret abc', '--webhook-secret must be whsec_ and a key in base64'],
    ['--bogus', expect.stringContaining('--bogus')],
    ['more', expect.stringContaining('more')],
  ])('%s is said to be wrong', (line, message) => {
    expect(read(line)).toEqual({ kind: 'mistake', message })
  })

  it('--help tells of every flag', () => {
    expect(read('--help --port x')).toEqual({ kind: 'help' })
    expect(Object.keys(FLAGS).filter((name) => !helpText().includes(`--${name}`))).toEqual([])
  })
})
