import type { Problem } from '../newsletter/model.ts'
import type { Clock, Log } from '../newsletter/ports.ts'
import { LATE, triedTooOften } from './model.ts'
import type { PlannedArticles, Plans } from './ports.ts'

/** Longer than any publishing takes. */
const LEASE_MS = 5 * 60_000

/** A plan that could not run for so long asks first: its moment may be over. */
const LATE_AFTER_MS = 24 * 60 * 60_000

/** A database that was busy at the set time, say: tried again a minute later, for half an hour. */
const RETRY_AFTER_MS = 60_000
const MOST_TRIES = 30

export interface PlanRunner {
  plans: Plans
  articles: PlannedArticles
  clock: Clock
  log: Log
  randomId: () => string
  /** Whether staff have not seen that the database was restored: what is due may have happened before. */
  isRestored: () => Promise<boolean>
}

/**
 * Carries out one plan whose time has come. It can be repeated after a crash at any point.
 * @returns whether there was one.
 */
export async function runDuePlan({
  plans,
  articles,
  clock,
  log,
  randomId,
  isRestored,
}: PlanRunner): Promise<boolean> {
  if (await isRestored()) return false
  const now = clock.now()
  const plan = await plans.claimDue({
    now,
    token: randomId(),
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  })
  if (!plan) return false
  const ask = async (status: 'late' | 'failed', problem: Problem) => {
    await plans.ask({ ...plan, status, problem })
    log(`plan.${status}`, { plan: plan.id, code: problem.code })
  }
  try {
    // One that ends the process with each try, say.
    if (plan.tries > MOST_TRIES) throw new Error('It was tried too often.')
    const isLate = now.getTime() - plan.dueAt.getTime() > LATE_AFTER_MS
    const carriedOut = await articles.carryOut(plan, { isLate })
    if (carriedOut.kind === 'problem') {
      const { problem } = carriedOut
      await ask(problem.code === LATE.code ? 'late' : 'failed', problem)
      return true
    }
    if (carriedOut.kind === 'done') await plans.finish({ ...plan, now: clock.now() })
    log(`plan.${carriedOut.kind}`, { plan: plan.id })
  } catch (error) {
    log('plan.try_failed', { plan: plan.id, tries: plan.tries, error: messageOf(error) })
    if (plan.tries >= MOST_TRIES) await ask('failed', triedTooOften(error))
    else await plans.retry({ ...plan, retryAt: new Date(clock.now().getTime() + RETRY_AFTER_MS) })
  }
  return true
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
