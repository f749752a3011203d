import type { CallLimit, Mail, Outcome } from '../../../newsletter/model.ts'
import type { Mailer } from '../../../newsletter/ports.ts'

export interface MemoryCall {
  key: string
  mails: readonly Mail[]
}

/** What the next call meets; `lost` takes the mails and loses the answer, `throws` is a mailer with a bug. */
export type ScriptedAnswer = Outcome | { kind: 'lost' } | { kind: 'throws'; error: Error }

export interface MemoryMailer extends Mailer {
  /** Every mail taken, in order, once each. */
  readonly mails: readonly Mail[]
  /** Every call, also those that a script answered. */
  readonly calls: readonly MemoryCall[]
  /** Scripts the answers of the next calls, first to last; `answered` takes the mails that its results accept. */
  answerNext: (...answers: ScriptedAnswer[]) => void
}

/**
 * A mailer that keeps its mails in memory and behaves as a provider with idempotency keys does: the same key with the
 * same mails gives the first answer again, with other mails it is refused.
 */
export function memoryMailer({
  batchSize = 100,
  repeatableMs = Number.MAX_SAFE_INTEGER,
  limit = { kind: 'none' },
  reportsEvents = false,
}: {
  batchSize?: number
  repeatableMs?: number
  limit?: CallLimit
  reportsEvents?: boolean
} = {}): MemoryMailer {
  const mails: Mail[] = []
  const calls: MemoryCall[] = []
  const script: ScriptedAnswer[] = []
  const taken = new Map<string, { bytes: string; outcome: Outcome }>()

  const take = ({ key, mails: given }: MemoryCall, outcome: Outcome = acceptAll(given, mails.length)) => {
    if (outcome.kind !== 'answered') return outcome
    mails.push(...given.filter((_, index) => outcome.results[index]?.kind === 'accepted'))
    if (repeatableMs > 0) taken.set(key, { bytes: JSON.stringify(given), outcome })
    return outcome
  }

  return {
    name: 'memory',
    account: 'memory',
    batchSize,
    repeatableMs,
    reportsEvents,
    connections: null,
    limit: () => limit,
    mails,
    calls,
    answerNext: (...answers) => void script.push(...answers),
    send: async (call) => {
      calls.push(call)
      const scripted = script.shift()
      if (scripted?.kind === 'throws') throw scripted.error
      if (scripted && scripted.kind !== 'answered' && scripted.kind !== 'lost') return scripted
      const before = taken.get(call.key)
      const outcome = before
        ? repeated(before, call)
        : take(call, scripted?.kind === 'answered' ? scripted : undefined)
      return scripted?.kind === 'lost' ? LOST : outcome
    },
    close: async () => undefined,
  }
}

const acceptAll = (mails: readonly Mail[], before: number): Outcome => ({
  kind: 'answered',
  results: mails.map((_, index) => ({ kind: 'accepted', providerId: `memory-${before + index + 1}` })),
})

const repeated = (before: { bytes: string; outcome: Outcome }, call: MemoryCall): Outcome =>
  before.bytes === JSON.stringify(call.mails) ? before.outcome : REUSED

const LOST: Outcome = {
  kind: 'unknown',
  problem: { code: 'answer_lost', message: 'The answer was lost on the way.' },
}
const REUSED: Outcome = {
  kind: 'conflict',
  problem: { code: 'key_reused', message: 'This key was used for other mails before.' },
}
