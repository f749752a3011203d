import type { Id, Problem } from './model.ts'
import type { Flow } from './ports.ts'

/** scheduled or preparing -> failed or paused: what staff see, and can mend. */
export async function stopPreparing<Content>(
  { store, clock, log }: Flow<Content>,
  { id, token, to, problem }: { id: Id; token: string; to: 'failed' | 'paused'; problem: Problem },
): Promise<void> {
  await store.stopPreparing({ id, token, to, problem, now: clock.now() })
  log('campaign.stopped', { campaign: id, to, problem: problem.code })
}
