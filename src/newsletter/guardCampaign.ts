import type { EventStore, GuardedCampaign, GuardedNumbers } from './eventPorts.ts'
import type { Id, Problem } from './model.ts'
import type { Flow } from './ports.ts'
import { canaryProblem } from './rules/canary.ts'
import { guardProblem, isWithinLimits } from './rules/guard.ts'

type Guarding = { events: Pick<EventStore, 'readGuard' | 'countSubmitted' | 'pauseByGuard'> } & Pick<
  Flow,
  'clock' | 'log'
>

/**
 * Stops a campaign before the provider stops the sender: canary or submitting -> paused when too many of its mails bounced or were
 * complained about. Asked at each such event, with each batch that is settled, and when the campaign goes on. Its mails are
 * counted only when a number of them that is known for sure does not say that all is well.
 */
export async function guardCampaign({ events, clock, log }: Guarding, id: Id): Promise<void> {
  const campaign = await events.readGuard(id)
  const found = campaign && (await findReason(events, { id, campaign }))
  if (!found) return
  const isPaused = await events.pauseByGuard({ id, ...found, now: clock.now() })
  if (isPaused) log('campaign.paused_by_guard', { campaign: id, problem: found.problem.code })
}

interface Reason {
  problem: Problem
  numbers: GuardedNumbers
}

async function findReason(
  events: Guarding['events'],
  { id, campaign }: { id: Id; campaign: GuardedCampaign },
): Promise<Reason | null> {
  const { status, guarded, canary } = campaign
  const withSubmitted = async () => ({ ...campaign.numbers, submitted: await events.countSubmitted(id) })
  if (status === 'canary' && canary) {
    // While it is mailed, a bounce is one of all that it will have.
    const numbers = canary.isMailed ? await withSubmitted() : { ...campaign.numbers, submitted: canary.mails }
    const problem = canaryProblem(numbers)
    return problem && { problem, numbers }
  }
  if (status !== 'submitting' || isWithinLimits(campaign)) return null
  const numbers = await withSubmitted()
  const problem = guardProblem({ numbers, guarded })
  return problem && { problem, numbers }
}
