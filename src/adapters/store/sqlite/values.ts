import type { Value } from '@libsql/client'

/** Payload keeps times as ISO text, which sorts as time does. */
export const iso = (date: Date): string => date.toISOString()

export const later = (date: Date, ms: number): string => new Date(date.getTime() + ms).toISOString()

export const text = (value: Value | undefined): string => String(value)

export const textOrNull = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

export const dateOrNull = (value: Value | undefined): Date | null =>
  value === null || value === undefined ? null : new Date(String(value))

export const json = <T>(value: Value | undefined): T | null =>
  value === null || value === undefined ? null : (JSON.parse(String(value)) as T)

/** What ends a campaign's problem, within SET. */
export const NO_PROBLEM = 'problem_code = NULL, problem_message = NULL, problem_at = NULL'
