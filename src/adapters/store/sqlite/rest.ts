import { setTimeout } from 'node:timers/promises'

const REST_MS = 5

/**
 * Between two statements of a long piece of work. libsql holds the whole process up during a statement, and SQLite lets
 * one process write at a time: without a rest leases would run out meanwhile, and an editor's save find no gap.
 */
export const rest = (): Promise<void> => setTimeout(REST_MS)
