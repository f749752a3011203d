import { fail, ok, type Check } from '../model.ts'
import type { Dns } from '../ports.ts'
import { dnsUnreachable } from './unreachable.ts'

/** The record of the domain, else that of a domain above it (RFC 7489, section 6.6.3). */
export async function checkDmarc({ dns, domain }: { dns: Dns; domain: string }): Promise<Check> {
  const name = 'dmarc'
  for (const asked of withParents(domain)) {
    const answer = await dns.txt(`_dmarc.${asked}`)
    if (answer.kind === 'unreachable') return dnsUnreachable({ name, asked: `_dmarc.${asked}` })
    const all = answer.kind === 'found' ? answer.records : []
    const [record, ...more] = all.filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/i.test(text))
    if (more.length > 0)
      return fail({
        name,
        message: `_dmarc.${asked} has more than one DMARC record, so none counts.`,
        remedy: 'Make one of them.',
      })
    if (record !== undefined) return describe({ name, asked, record, isParent: asked !== domain })
  }
  return fail({
    name,
    message: `${domain} has no DMARC record: Gmail, Yahoo and Outlook ask for one.`,
    remedy: `Add a TXT record at _dmarc.${domain}, to begin with: v=DMARC1; p=none`,
  })
}

function describe({
  name,
  asked,
  record,
  isParent,
}: {
  name: string
  asked: string
  record: string
  isParent: boolean
}): Check {
  const policy = (isParent ? tagOf(record, 'sp') : undefined) ?? tagOf(record, 'p')
  if (policy && /^(?:none|quarantine|reject)$/i.test(policy))
    return ok({ name, message: `_dmarc.${asked} says ${policy.toLowerCase()}.` })
  return fail({
    name,
    message: `The record of _dmarc.${asked} names no policy.`,
    remedy: 'Write p=none, p=quarantine or p=reject after v=DMARC1;',
  })
}

const tagOf = (record: string, tag: string) =>
  new RegExp(`(?:^|;)\\s*${tag}\\s*=\\s*([^;\\s]+)`, 'i').exec(record)?.[1]

/** `news.example.com` -> itself and `example.com`. */
function withParents(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => labels.slice(index).join('.'))
}
