import type { TransactionalMailStatus } from '../../newsletter/model.ts'
import { REQUEUED_FROM } from '../../newsletter/rules/transitions.ts'
import type { TransactionalMail } from '../../payload-types.ts'

const SHOWN = [
  'status',
  'email',
  'reason',
  'detail',
  'settledAt',
] as const satisfies (keyof TransactionalMail)[]

/** What the admin shows of a transactional mail, as the API gives it. */
export type MailDoc = Pick<TransactionalMail, 'id' | (typeof SHOWN)[number]>

/** The query that asks the API for a MailDoc. */
export const SHOWN_OF_MAIL = ['depth=0', ...SHOWN.map((name) => `select[${name}]=true`)].join('&')

/** How it stands: its status, or `waiting`: pending, and what was tried so far did not succeed. */
export type MailState = TransactionalMailStatus | 'waiting'

export const mailStateOf = ({ status, reason }: Pick<MailDoc, 'status' | 'reason'>): MailState =>
  status === 'pending' && reason ? 'waiting' : status

/** Whether staff may have it handed over once more. */
export const mayGoAgain = ({ status }: Pick<MailDoc, 'status'>): boolean =>
  REQUEUED_FROM.some((from) => from === status)

/** How often to ask how a mail stands, in milliseconds; null: what is known does not grow old by itself. */
export const whilePending = (mail: MailDoc | null): number | null =>
  mail?.status === 'pending' ? 2000 : null
