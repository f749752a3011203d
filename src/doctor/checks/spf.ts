import { fail, ok, warn, type Check } from '../model.ts'
import type { Dns } from '../ports.ts'
import { dnsUnreachable } from './unreachable.ts'

/** What Resend sends from. */
const RESEND_SERVERS = 'amazonses.com'

/** @param input.isNeeded whether bounces go to the domain itself: else another name answers for the servers. */
export async function checkSpf({
  dns,
  domain,
  isNeeded,
}: {
  dns: Dns
  domain: string
  isNeeded: boolean
}): Promise<Check> {
  const name = 'spf'
  const found = await readSpf({ dns, asked: domain })
  if (found.kind === 'unreachable') return dnsUnreachable({ name, asked: domain })
  if (found.records.length > 1) return twoRecords({ name, asked: domain })
  if (found.records.length === 1) return ok({ name, message: `${domain} has an SPF record.` })
  if (!isNeeded) return ok({ name, message: `${domain} has no SPF record, and needs none for Resend.` })
  return fail({
    name,
    message: `${domain} has no SPF record.`,
    remedy: 'Add the TXT record that the mail server’s provider names.',
  })
}

/** Where bounces go with Resend unless one chose another name; its servers are checked against that name. */
export async function checkReturnPathSpf({ dns, domain }: { dns: Dns; domain: string }): Promise<Check> {
  const name = 'spf-return-path'
  const asked = `send.${domain}`
  const remedy = 'Add the record that resend.com/domains names, unless another return path was chosen there.'
  const found = await readSpf({ dns, asked })
  if (found.kind === 'unreachable') return dnsUnreachable({ name, asked })
  const [record, ...more] = found.records
  if (more.length > 0) return twoRecords({ name, asked })
  if (record === undefined) return warn({ name, message: `${asked} has no SPF record.`, remedy })
  if (!record.toLowerCase().includes(RESEND_SERVERS))
    return warn({ name, message: `The SPF record of ${asked} does not name Resend’s servers.`, remedy })
  return ok({ name, message: `The SPF record of ${asked} names Resend’s servers.` })
}

/** RFC 7208, section 4.5: with two of them there is none. */
const twoRecords = ({ name, asked }: { name: string; asked: string }) =>
  fail({
    name,
    message: `${asked} has more than one SPF record, so none counts.`,
    remedy: 'Make one of them.',
  })

async function readSpf({
  dns,
  asked,
}: {
  dns: Dns
  asked: string
}): Promise<{ kind: 'unreachable' } | { kind: 'read'; records: string[] }> {
  const answer = await dns.txt(asked)
  if (answer.kind === 'unreachable') return answer
  const records = answer.kind === 'found' ? answer.records : []
  return { kind: 'read', records: records.filter((record) => /^v=spf1(?: |$)/i.test(record)) }
}
