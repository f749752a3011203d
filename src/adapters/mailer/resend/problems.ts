import type { Problem } from '../../../newsletter/model.ts'

/** What staff read about Resend, with what to do. The codes never change their meaning. */
export const keyRefused: Problem = {
  code: 'key_refused',
  message:
    'Resend refuses the API key. Make one with sending access at resend.com/api-keys and set RESEND_API_KEY to it.',
}
export const domainNotVerified: Problem = {
  code: 'sender_refused',
  message:
    'Resend does not take mail from the sender address in the site’s settings. Verify its domain at resend.com/domains, or choose an address on a domain that is verified.',
}
export const monthlyQuotaUsed: Problem = {
  code: 'monthly_quota_exceeded',
  message: 'The month’s quota at Resend is used up. Raise the plan at resend.com/settings/billing, or wait.',
}
export const dailyQuotaUsed: Problem = {
  code: 'daily_quota_exceeded',
  message:
    'The day’s quota at Resend is used up. It goes on after midnight UTC, or sooner with a larger plan.',
}
export const rateLimited: Problem = {
  code: 'rate_limit_exceeded',
  message: 'Resend asks to be called less often. It goes on in a moment.',
}
export const stillRunning: Problem = {
  code: 'call_in_progress',
  message: 'Resend is still busy with the same batch from an earlier try. It goes on in a moment.',
}
export const keyReused: Problem = {
  code: 'batch_changed',
  message:
    'Resend says that this batch differs from its first try. That is a fault in Utskick (has PAYLOAD_SECRET or the version changed meanwhile?); nothing is sent twice.',
}
export const unreadableAnswer: Problem = {
  code: 'answer_unreadable',
  message: 'What answered is not Resend’s API. Look at RESEND_BASE_URL. The same batch is tried again.',
}
export const noAnswer: Problem = {
  code: 'no_answer',
  message: 'Resend was called and did not answer. The same batch is tried again; nobody gets it twice.',
}
export const unreachable: Problem = {
  code: 'unreachable',
  message: 'Resend cannot be reached. Look at the network and at RESEND_BASE_URL. It goes on by itself then.',
}
export const faultAtProvider = (status: number): Problem => ({
  code: 'provider_fault',
  message: `Resend answers with a fault of its own (${status}). The same batch is tried again; nobody gets it twice.`,
})
export const callRefused = ({ status, words }: { status: number; words: string }): Problem => ({
  code: 'call_refused',
  message: `Resend refuses the call (${status}): ${words}`,
})
