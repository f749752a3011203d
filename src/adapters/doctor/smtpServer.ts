import { createTransport, type NodemailerError } from 'nodemailer'
import type { MailServer } from '../../doctor/ports.ts'
import { classifyFailure } from '../mailer/smtp/classifyFailure.ts'
import { connectionTo } from '../mailer/smtp/connectionTo.ts'

const TIMEOUT_MS = 8_000

/** The SMTP server of SMTP_URL, called on as the mailer does. */
export const smtpServer = ({
  url,
  timeoutMs = TIMEOUT_MS,
}: {
  url: string
  timeoutMs?: number
}): MailServer => ({
  async tryLogin() {
    const transporter = createTransport({ ...connectionTo({ url, timeoutMs }), socketTimeout: timeoutMs })
    try {
      await transporter.verify()
      return null
    } catch (error) {
      const outcome = classifyFailure({ failure: error as NodemailerError, hasBegun: false })
      return outcome.kind === 'answered' ? null : outcome.problem
    } finally {
      transporter.close()
    }
  },
})
