import { LOCALES, type Id } from '../newsletter/model.ts'
import type { Finding, LocalFacts, RemoteFacts, WrittenLink } from './model.ts'
import type { PreflightPorts } from './ports.ts'
import { audienceRules } from './rules/audience.ts'
import { isPrivate, linkRules } from './rules/links.ts'
import { fileRules, pictureRules } from './rules/pictures.ts'
import { providerRules } from './rules/provider.ts'
import { senderRules } from './rules/sender.ts'
import { textRules } from './rules/text.ts'

export interface Preflight {
  ranAt: Date
  /** Whether no rule says stop. It is no promise: see the checks that did not run. */
  canSend: boolean
  findings: Finding[]
}

/** More links than these nobody waits for. */
const MOST_LINKS = 50
const AT_ONCE = 8

/** What follows from the database and the mail alone: a stop here refuses to publish with a newsletter. */
export const judgeLocally = (facts: LocalFacts): Finding[] => [
  ...senderRules(facts),
  ...audienceRules(facts),
  ...linkRules(facts),
  ...textRules(facts),
  ...pictureRules(facts),
  ...fileRules(facts),
]

/**
 * Looks at an article as its newsletter would be, and at what mailing it needs. It writes nothing.
 * @param input.asksNeighbours also the provider, name servers and the links.
 * @returns null when there is no such article.
 */
export async function runPreflight(
  ports: PreflightPorts,
  { articleId, asksNeighbours }: { articleId: Id; asksNeighbours: boolean },
): Promise<Preflight | null> {
  const facts = await ports.readLocalFacts(articleId)
  if (!facts) return null
  const remote = asksNeighbours ? providerRules(await askNeighbours(ports, facts)) : []
  const findings = [...judgeLocally(facts), ...remote]
  return {
    ranAt: ports.clock.now(),
    canSend: findings.every(({ level }) => level !== 'stop'),
    findings,
  }
}

async function askNeighbours(ports: PreflightPorts, facts: LocalFacts): Promise<RemoteFacts> {
  const { readState, askProvider, tryMailServer, askDns, askLink, inTime } = ports
  const state = await readState()
  const [key, mailServer, dns, links] = await Promise.all([
    askProvider && inTime(askProvider()),
    tryMailServer && inTime(tryMailServer().then((problem) => ({ problem }))),
    inTime(askDns(state.domain)),
    askLinks({ askLink, inTime, links: webLinksOf(facts) }),
  ])
  return { ...state, key, mailServer, dns, links }
}

/** Some at a time, so that the process has a hand free for others; what has not answered in the end is not known. */
async function askLinks({
  askLink,
  inTime,
  links,
}: Pick<PreflightPorts, 'askLink' | 'inTime'> & {
  links: (WrittenLink & { url: string })[]
}): Promise<RemoteFacts['links']> {
  const asked: RemoteFacts['links'] = links.map((link) => ({ link, answer: null }))
  const waiting = asked.slice(0, MOST_LINKS)
  const askOn = async (): Promise<void> => {
    const next = waiting.shift()
    if (!next) return
    next.answer = await askLink(next.link.url ?? '')
    return askOn()
  }
  await inTime(Promise.all(Array.from({ length: AT_ONCE }, askOn)))
  return asked.map((entry) => ({ ...entry }))
}

/** Those of the web that the other rules have nothing to say of, each once. */
function webLinksOf({ texts }: LocalFacts): (WrittenLink & { url: string })[] {
  const links = new Map<string, WrittenLink & { url: string }>()
  for (const locale of LOCALES)
    for (const link of texts[locale]?.links ?? []) {
      const { url } = link
      if (url !== null && link.isAddress && /^https?:/i.test(url) && !isPrivate(url))
        links.set(url.replace(/#.*$/, ''), { ...link, url })
    }
  return [...links.values()]
}
