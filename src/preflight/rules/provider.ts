import { MAX_BOUNCED } from '../../newsletter/rules/guard.ts'
import type { CheckCode, Finding, Level, RemoteFacts } from '../model.ts'

/** Half of the share at which a mailing is stopped. */
const MANY_BOUNCES = MAX_BOUNCED / 2

export const providerRules = (facts: RemoteFacts): Finding[] => [
  ...keyRules(facts),
  ...domainRules(facts),
  linksRule(facts),
  {
    code: 'worker',
    level: facts.isWorkerSeen ? 'ok' : 'warning',
    evidence: [],
    place: 'server',
  },
  bouncesRule(facts),
]

/** What a mail server says that a mailing waits for: it goes on as soon as it can. */
const PASSES_BY_ITSELF = ['unreachable', 'server_busy']

function keyRules({ mailer, key, mailServer, domain }: RemoteFacts): Finding[] {
  const finding = (code: CheckCode, level: Level, evidence: string[] = []): Finding => ({
    ...{ code, level, evidence },
    place: 'server',
  })
  if (mailer === 'smtp') {
    if (!mailServer) return [finding('mail_server', 'not_run')]
    const { problem } = mailServer
    if (!problem) return [finding('mail_server', 'ok')]
    const level = PASSES_BY_ITSELF.includes(problem.code) ? 'warning' : 'stop'
    return [finding('mail_server', level, [problem.message])]
  }
  if (mailer !== 'resend') return []
  // Resend tells how much of a quota is left in answers to mails alone.
  const quota = finding('quota', 'not_run')
  switch (key?.kind) {
    case 'refused':
      return [finding('provider_key', 'stop'), quota]
    case 'restricted':
      return [finding('provider_key', 'ok'), finding('sender_domain', 'not_run'), quota]
    case 'full': {
      const known = key.domains.find(({ name }) => name.toLowerCase() === domain)
      const isVerified = known?.status === 'verified'
      const evidence = domain ? [domain] : []
      return [
        finding('provider_key', 'ok'),
        finding('sender_domain', domain === null ? 'not_run' : isVerified ? 'ok' : 'stop', evidence),
        quota,
      ]
    }
    default:
      return [finding('provider_key', 'not_run'), quota]
  }
}

const DNS_CODES = new Map<string, CheckCode>([
  ['spf', 'spf'],
  ['spf-return-path', 'spf'],
  ['dkim', 'dkim'],
  ['dmarc', 'dmarc'],
])

/** As the doctor judges it; what could not be looked up says so. */
const domainRules = ({ dns, domain }: RemoteFacts): Finding[] =>
  [...new Set(DNS_CODES.values())].flatMap((code): Finding[] => {
    if (dns === null) return [{ code, level: 'not_run', evidence: [], place: 'server' }]
    const checks = dns.filter(({ name }) => DNS_CODES.get(name) === code)
    if (checks.length === 0) return []
    const bad = checks.filter(({ status }) => status !== 'ok')
    const isUnknown = bad.length > 0 && bad.every((check) => check.isUnknown)
    const level = isUnknown ? 'not_run' : bad.length > 0 ? 'warning' : 'ok'
    return [{ code, level, evidence: domain ? [domain] : [], place: 'server' } as const]
  })

/** Where no link answers at all it is this server that reaches none. */
function linksRule({ links }: RemoteFacts): Finding {
  const code = 'links_answer'
  const hasAnswers = links.some(({ answer }) => answer?.kind === 'answered')
  if (links.length > 0 && !hasAnswers && links.every(({ answer }) => answer?.kind !== 'private'))
    return { code, level: 'not_run', evidence: [], place: 'text' }
  const bad = links.flatMap(({ link, answer }) => {
    if (answer === null || (answer.kind === 'answered' && answer.status < 400)) return []
    const why = answer.kind === 'answered' ? String(answer.status) : answer.kind
    return [`${link.text || '–'} → ${link.url} (${why})`]
  })
  const isKnown = links.every(({ answer }) => answer !== null)
  return {
    code,
    level: bad.length > 0 ? 'warning' : isKnown ? 'ok' : 'not_run',
    evidence: bad,
    place: 'text',
  }
}

function bouncesRule({ lastBounces }: RemoteFacts): Finding {
  if (!lastBounces || lastBounces.submitted === 0)
    return { code: 'bounces', level: 'not_run', evidence: [], place: 'newsletter' }
  const share = lastBounces.bounced / lastBounces.submitted
  return {
    code: 'bounces',
    level: share >= MANY_BOUNCES ? 'warning' : 'ok',
    evidence: [`${(share * 100).toFixed(1)} %`],
    place: 'newsletter',
  }
}
