import type { Payload, PayloadRequest } from 'payload'
import { linkAsker } from '../adapters/preflight/askLink.ts'
import { readIncomingFacts, readLocalFacts, readPublicFacts } from '../adapters/preflight/readFacts.ts'
import { toDocumentId } from '../content/toDocumentId.ts'
import { depsOf } from '../deps.ts'
import { checkSenderDomain } from '../doctor/checks/senderDomain.ts'
import { networkPortsOf } from '../doctor/networkPorts.ts'
import { UNSEEN_AFTER_MS } from '../newsletter/rules/pulse.ts'
import { DEFAULT_LOCALE, LOCALES } from '../newsletter/model.ts'
import type { Article } from '../payload-types.ts'
import type { LocalFacts } from './model.ts'
import { lookAgain, type SecondLookPorts } from './lookAgain.ts'
import type { PreflightPorts } from './ports.ts'

/** The real ones. */
export function preflightPortsOf(payload: Payload): PreflightPorts {
  const { env, store, mailer, drafts, renderer, randomId, clock } = depsOf(payload)
  const { dns } = networkPortsOf(payload)
  return {
    ...neighboursOf(payload),
    readLocalFacts: (id) => readLocalFacts({ payload, env, drafts, renderer, randomId, clock }, id),
    async readState() {
      const [{ workerSeenAt }, domain, lastBounces] = await Promise.all([
        store.readPulse({ now: clock.now() }),
        readDomain(payload),
        readLastBounces(payload),
      ])
      const isWorkerSeen =
        workerSeenAt !== null && clock.now().getTime() - workerSeenAt.getTime() < UNSEEN_AFTER_MS
      return { mailer: mailer.name, domain, isWorkerSeen, lastBounces }
    },
    askDns: (domain) => checkSenderDomain({ dns, domain, mailer: env.mailer.kind }),
    askLink: linkAsker(),
    clock,
    inTime,
  }
}

/** What the local rules judge of an article as its readers see it; null when they see none. */
export const publishedFactsOf = (payload: Payload, articleId: string): Promise<LocalFacts | null> => {
  const { env, clock } = depsOf(payload)
  return readPublicFacts({ payload, env, clock }, articleId)
}

/** Those of the second look; see lookAgain. */
function secondLookPortsOf(payload: Payload): SecondLookPorts {
  const { env, mailer, clock } = depsOf(payload)
  const { askProvider, tryMailServer } = neighboursOf(payload)
  return {
    readPublicFacts: (articleId) => readPublicFacts({ payload, env, clock }, articleId),
    readSender: async () => ({ mailer: mailer.name, domain: await readDomain(payload) }),
    readPassed: (campaignId) => readPassed({ payload, campaignId }),
    askProvider,
    tryMailServer,
    inTime,
  }
}

function neighboursOf(payload: Payload): Pick<PreflightPorts, 'askProvider' | 'tryMailServer'> {
  const { provider, mailServer } = networkPortsOf(payload)
  return {
    askProvider: provider && (async () => (await provider.askAboutKey()).answer),
    tryMailServer: mailServer && (() => mailServer.tryLogin()),
  }
}

/** Less than the three seconds that all of it may take. */
const PATIENCE_MS = 2_500

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null)
  })
  try {
    return await Promise.race([answer, end])
  } finally {
    clearTimeout(timer)
  }
}

async function readDomain(payload: Payload): Promise<string | null> {
  const { senderEmail } = await payload.findGlobal({
    slug: 'site',
    select: { senderEmail: true },
    depth: 0,
    overrideAccess: true,
  })
  return senderEmail?.split('@')[1]?.trim().toLowerCase() || null
}

async function readPassed({
  payload,
  campaignId,
}: {
  payload: Payload
  campaignId: string
}): Promise<readonly string[]> {
  const id = toDocumentId({ payload, text: campaignId })
  const campaign =
    id === null
      ? null
      : await payload.findByID({
          collection: 'campaigns',
          id,
          select: { override: true },
          depth: 0,
          overrideAccess: true,
          disableErrors: true,
        })
  return campaign?.override?.checks ?? []
}

async function readLastBounces(payload: Payload) {
  const { docs } = await payload.find({
    collection: 'campaigns',
    where: { firstEventAt: { exists: true } },
    select: { counts: true },
    sort: '-createdAt',
    limit: 1,
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  const counts = docs[0]?.counts
  return counts ? { bounced: counts.bounced ?? 0, submitted: counts.submitted ?? 0 } : null
}

/** The facts of an article that this request is about to publish; see readIncomingFacts. */
export const incomingFactsOf = (
  { payload, locale }: PayloadRequest,
  incoming: { id: string | number | null; data: Partial<Article> },
): Promise<LocalFacts> => {
  const { env, clock } = depsOf(payload)
  const known = [...LOCALES, 'all' as const].find((name) => name === locale) ?? DEFAULT_LOCALE
  return readIncomingFacts({ payload, env, clock }, { ...incoming, locale: known })
}

/** See Flow.lookAgain. */
export const lookAgainAt = (payload: Payload, mailing: Parameters<typeof lookAgain>[1]) =>
  lookAgain(secondLookPortsOf(payload), mailing)
