import type { Env } from '../../env.ts'
import { ok, warn, type Check } from '../model.ts'
import type { Dns } from '../ports.ts'
import { checkDkim } from './dkim.ts'
import { checkDmarc } from './dmarc.ts'
import { checkReturnPathSpf, checkSpf } from './spf.ts'

/**
 * What the sender's domain says of who may send for it: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC).
 * @param input.domain null when no sender is set.
 */
export async function checkSenderDomain({
  dns,
  domain,
  mailer,
}: {
  dns: Dns
  domain: string | null
  mailer: Env['mailer']['kind']
}): Promise<Check[]> {
  if (mailer === 'outbox')
    return [ok({ name: 'sender-domain', message: 'Not looked up: no mail leaves this machine.' })]
  if (domain === null)
    return [
      warn({
        name: 'sender-domain',
        message: 'Not looked up: no sender is set.',
        remedy: 'Set the sender’s address in the admin: Site, The newsletter.',
      }),
    ]
  const checks =
    mailer === 'resend'
      ? [
          checkSpf({ dns, domain, isNeeded: false }),
          checkReturnPathSpf({ dns, domain }),
          checkDkim({ dns, domain }),
        ]
      : [checkSpf({ dns, domain, isNeeded: true })]
  return Promise.all([...checks, checkDmarc({ dns, domain })])
}
