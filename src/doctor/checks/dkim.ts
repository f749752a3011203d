import { fail, ok, type Check } from '../model.ts'
import type { Dns } from '../ports.ts'
import { dnsUnreachable } from './unreachable.ts'

/** The key that Resend signs with; an empty one was taken back (RFC 6376, section 3.6.1). */
export async function checkDkim({ dns, domain }: { dns: Dns; domain: string }): Promise<Check> {
  const name = 'dkim'
  const asked = `resend._domainkey.${domain}`
  const answer = await dns.txt(asked)
  if (answer.kind === 'unreachable') return dnsUnreachable({ name, asked })
  const records = answer.kind === 'found' ? answer.records : []
  if (records.some((record) => /(?:^|;)\s*p\s*=\s*[^\s;]/i.test(record)))
    return ok({ name, message: `${asked} has a key.` })
  return fail({
    name,
    message: records.length > 0 ? `${asked} has no key in its record.` : `${asked} has no record.`,
    remedy: 'Add the TXT record that resend.com/domains names.',
  })
}
