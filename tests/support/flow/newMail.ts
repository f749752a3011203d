import { NO_LEASE, type TransactionalMailRow } from '../../../src/adapters/store/memory/rows.ts'
import type { FrozenMail } from '../../../src/newsletter/model.ts'
import { SEEDED_AT } from './storeRig.ts'

/** A mail as it is kept until it is handed over. */
export const frozenMail = (change: Partial<FrozenMail> = {}): FrozenMail => ({
  from: { email: 'utskick@example.com', name: 'Provet' },
  to: { email: 'anna@example.com', name: null },
  replyTo: 'svar@example.com',
  subject: 'Ämnet, "citerat"',
  html: '<p>Texten & mer</p>',
  text: 'Texten & mer',
  headers: { 'Auto-Submitted': 'auto-generated' },
  ...change,
})

/** The row of one that nobody has tried yet, due since the first of the month. */
export const newMail = (name: string): Omit<TransactionalMailRow, 'id'> => ({
  kind: 'confirm-subscription',
  status: 'pending',
  reason: null,
  detail: null,
  providerId: null,
  settledAt: null,
  mail: frozenMail(),
  idempotencyKey: `mail-${name}`,
  attempts: 0,
  dueAt: SEEDED_AT,
  validUntil: null,
  inDoubtSince: null,
  calledWith: null,
  problemSince: null,
  ...NO_LEASE,
})
