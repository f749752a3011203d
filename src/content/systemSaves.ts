import { AsyncLocalStorage } from 'node:async_hooks'
import type { Override } from '../newsletter/model.ts'

/** One per process: the bundler gives each route its own copy of a module. */
const SCHEDULED: unique symbol = Symbol.for('utskick.scheduledRun')
const shared: typeof globalThis & { [SCHEDULED]?: AsyncLocalStorage<true> } = globalThis
const scheduled = (shared[SCHEDULED] ??= new AsyncLocalStorage<true>())

/** Runs what publishes because its time has come, not because somebody asks. */
export const asScheduled = <Result>(run: () => Promise<Result>): Promise<Result> => scheduled.run(true, run)

/** Whether nobody is there who could read a refusal: the time that an editor set has come. */
export const isScheduledRun = (): boolean => scheduled.getStore() === true

const TAKING_BACK = 'utskick.takingBack'

/** The context of saves that take an undone publication back: no click publishes there, even if a version is published. */
export const TAKING_BACK_CONTEXT = { [TAKING_BACK]: true }

export const isTakingBack = (context: Record<string, unknown>): boolean => context[TAKING_BACK] === true

const OVERRIDE = 'utskick.override'

/** The context of a save with which an admin publishes although preflight says stop. */
export const overrideContext = (override: Override) => ({ [OVERRIDE]: override })

export const overrideOf = (context: Record<string, unknown>): Override | null =>
  (context[OVERRIDE] as Override | undefined) ?? null

const PLANNING = 'utskick.planning'

/** The context of a save that keeps a text to be published later: it is judged as if it was published now. */
export const planningContext = () => ({ [PLANNING]: true })

/** Whether a save publishes, now or at a time. */
export const isToBePublished = (
  data: { _status?: string | null },
  context: Record<string, unknown>,
): boolean => data._status === 'published' || context[PLANNING] === true
