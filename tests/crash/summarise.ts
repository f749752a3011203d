import type { CrashResult } from './crashCampaign.ts'

/** One row of the table: what was done to the campaign, and what came of it. */
export function summarise({ outcome, kills, calls, repeats, faults, seconds }: CrashResult) {
  const during = (phase: string) => kills.filter((kill) => kill.phase === phase).length
  return {
    kills: kills.length,
    booting: during('booting'),
    preparing: during('preparing'),
    sending: during('sending'),
    finishing: during('finishing'),
    over: during('over'),
    calls,
    repeats,
    faults: Object.values(faults).reduce((sum, count) => sum + count, 0),
    twice: outcome.mailedTwice.length,
    never: outcome.mailedNever.length,
    status: outcome.status,
    seconds: Math.round(seconds),
  }
}
