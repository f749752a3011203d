import type { Answer } from '../model.ts'
import type { Settings } from '../settings.ts'
import { apiError } from './answers.ts'

export interface Quotas {
  /** Counts so many e-mails; or, when they are more than a quota leaves, counts none and gives the refusal. */
  take: (emails: number) => Answer | null
  /** E-mails counted since 00:00 UTC and since the first of the month. */
  used: () => { day: number; month: number }
  /** What Resend tells of them on every answer (https://resend.com/docs/api-reference/rate-limit): how much is used. */
  headers: () => Record<string, string>
  forget: () => void
}

/** The e-mails of the day and of the month, by the emulator's clock, in UTC. */
export function startQuotas({ settings, now }: { settings: Settings; now: () => Date }): Quotas {
  const day = { period: '', used: 0 }
  const month = { period: '', used: 0 }
  const turn = () => {
    const today = now().toISOString().slice(0, 10)
    if (day.period !== today) Object.assign(day, { period: today, used: 0 })
    const thisMonth = today.slice(0, 7)
    if (month.period !== thisMonth) Object.assign(month, { period: thisMonth, used: 0 })
  }
  return {
    take: (emails) => {
      turn()
      const { dailyQuota, monthlyQuota } = settings
      if (monthlyQuota !== null && month.used + emails > monthlyQuota) return monthlyExceeded
      if (dailyQuota !== null && day.used + emails > dailyQuota) return dailyExceeded
      day.used += emails
      month.used += emails
      return null
    },
    used: () => {
      turn()
      return { day: day.used, month: month.used }
    },
    headers: () => {
      turn()
      return {
        ...(settings.dailyQuota !== null && { 'x-resend-daily-quota': String(day.used) }),
        ...(settings.monthlyQuota !== null && { 'x-resend-monthly-quota': String(month.used) }),
      }
    },
    forget: () => {
      day.used = 0
      month.used = 0
    },
  }
}

const dailyExceeded = apiError({ status: 429, name: 'daily_quota_exceeded' })
const monthlyExceeded = apiError({ status: 429, name: 'monthly_quota_exceeded' })
