import type { Id, Locale, Problem } from '../newsletter/model.ts'
import { stoppedBy } from '../newsletter/rules/waitsForPublishing.ts'
import type { KeyAnswer } from '../doctor/ports.ts'
import { UNPUBLISHED } from '../newsletter/startCampaign.ts'
import { sentenceOf } from './messages.ts'
import type { Finding, LocalFacts, RemoteFacts } from './model.ts'
import type { PreflightPorts } from './ports.ts'
import { providerRules } from './rules/provider.ts'
import { judgeLocally } from './runPreflight.ts'

export interface SecondLookPorts extends Pick<PreflightPorts, 'askProvider' | 'tryMailServer' | 'inTime'> {
  /** Of the article as readers see it. Null when they see none any more. */
  readPublicFacts: (articleId: Id) => Promise<LocalFacts | null>
  /** What the worker knows without a look. */
  readSender: () => Promise<Pick<RemoteFacts, 'mailer' | 'domain'>>
  /** The checks that an admin has passed for this campaign. */
  readPassed: (campaignId: Id) => Promise<readonly string[]>
}

/**
 * What speaks against mailing a campaign when its hold has ended: of its text, its size and its provider. Links are not
 * fetched, and nobody waits for a provider that is silent: a check that does not run stops nothing.
 * @param input.bytes of the html of each language's mail.
 * @returns null when nothing that anybody knows of does, or an admin has passed it.
 */
export async function lookAgain(
  ports: SecondLookPorts,
  { campaignId, articleId, bytes }: { campaignId: Id; articleId: Id; bytes: Record<Locale, number> },
): Promise<Problem | null> {
  const [facts, passed, remote] = await Promise.all([
    ports.readPublicFacts(articleId),
    ports.readPassed(campaignId),
    askProvider(ports),
  ])
  // Unpublished or deleted since the worker has read it.
  if (!facts) return UNPUBLISHED
  const findings = [...judgeLocally({ ...facts, bytes }), ...providerRules(remote)]
  const stops = findings.filter(
    ({ code, level }) => level === 'stop' && !SETTLED_ELSEWHERE.includes(code) && !passed.includes(code),
  )
  const [first] = stops
  if (!first) return null
  return {
    code: stoppedBy(first.code),
    message: [...stops.map((stop) => sentenceOf(stop, 'en')), WAY_OUT].join(' '),
  }
}

const WAY_OUT = 'Mend it, then publish the article again or resume the campaign.'

/** A site without a sender fails its campaign (startCampaign), and an empty audience mails nobody. */
const SETTLED_ELSEWHERE: Finding['code'][] = ['sender', 'audience']

async function askProvider({
  askProvider: ask,
  tryMailServer,
  readSender,
  inTime,
}: SecondLookPorts): Promise<RemoteFacts> {
  const [sender, key, mailServer]: [
    Pick<RemoteFacts, 'mailer' | 'domain'>,
    KeyAnswer | null,
    RemoteFacts['mailServer'],
  ] = await Promise.all([
    readSender(),
    ask && inTime(ask()),
    tryMailServer && inTime(tryMailServer().then((problem) => ({ problem }))),
  ])
  return { ...sender, key, mailServer, dns: null, links: [], isWorkerSeen: true, lastBounces: null }
}
