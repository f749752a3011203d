import { join } from 'node:path'
import type { Env } from '../../env.ts'
import type { Mailer } from '../../newsletter/ports.ts'
import { outboxMailer } from './outbox/outboxMailer.ts'
import { resendMailer } from './resend/resendMailer.ts'
import { smtpMailer } from './smtp/smtpMailer.ts'

/** The mailer that the environment names. */
export function createMailer({ env, dataDir }: { env: Env['mailer']; dataDir: string }): Mailer {
  const clock = { now: () => new Date() }
  switch (env.kind) {
    case 'outbox':
      return outboxMailer({ directory: join(dataDir, 'outbox'), clock })
    case 'resend':
      return resendMailer({
        ...{ apiKey: env.apiKey, baseUrl: env.baseUrl, clock },
        // Its events are taken only when they are signed.
        reportsEvents: env.webhookSecret !== null,
      })
    case 'smtp':
      return smtpMailer({ url: env.url })
  }
}
