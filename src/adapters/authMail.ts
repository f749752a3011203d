import type { EmailAdapter } from 'payload'
import type { Mailer } from '../newsletter/ports.ts'
export const authMail =
  ({ from }: { mailer: Mailer; from: string }): EmailAdapter =>
  () => ({
    name: 'utskick',
    defaultFromAddress: from,
    defaultFromName: 'Utskick',
    sendEmail: async () => undefined,
  })
