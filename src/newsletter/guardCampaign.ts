import type { EventStore } from './eventPorts.ts'
import type { Id } from './model.ts'
import type { Flow } from './ports.ts'
import { guardProblem, isWithinLimits } from './rules/guard.ts'

type Guarding = { events: Pick<EventStore, 'readGuard' | 'countSubmitted' | 'pauseByGuard'> } & Pick<
  Flow,
  'clock' | 'log'
>

/**
 * Stops a campaign before the provider stops the sender: submitting -> paused when too many of its mails bounced or were
 * complained about. Asked at each such event, with each batch that is settled, and when the campaign goes on. Its mails are
 * counted only when a number of them that is known for sure does not say that all is well.
 */
export async function guardCampaign({ events, clock, log }: Guarding, id: Id): Promise<void> {
  const campaign = await events.readGuard(id)
  if (campaign?.status !== 'submitting' || isWithinLimits(campaign)) return
  const { guarded } = campaign
  const numbers = { ...campaign.numbers, submitted: await events.countSubmitted(id) }
  const problem = guardProblem({ numbers, guarded })
  if (!problem) return
  const isPaused = await events.pauseByGuard({ id, problem, numbers, now: clock.now() })
  if (isPaused) log('campaign.paused_by_guard', { campaign: id, problem: problem.code })
}
