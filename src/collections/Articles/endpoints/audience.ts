import type { Endpoint, PayloadRequest, Where } from 'payload'
import { requireEditor } from '../../../access/requireEditor.ts'
import { canarySetting } from '../../../content/canarySetting.ts'
import { countAudience } from '../../../content/countAudience.ts'
import { missingForMailing, type MissingSetting } from '../../../content/missingForMailing.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { depsOf } from '../../../deps.ts'
import type { CanarySetting, Locale } from '../../../newsletter/model.ts'
import type { Mailer } from '../../../newsletter/ports.ts'
import { canarySize } from '../../../newsletter/rules/canary.ts'
import { refusal } from '../../../refusals/refusal.ts'

/** How many subscribers get no mail, each counted for one reason. */
export interface LeftOut {
  /** They are active, and follow none of the chosen topics. */
  otherTopics: number
  /** They are active and follow one of them, and take a break. */
  paused: number
  pending: number
  unsubscribed: number
  suppressed: number
}

/** What publishing would do at this moment. */
export interface AudienceAnswer {
  recipients: number
  /** How many of them read in which language. */
  locales: Record<Locale, number>
  /** Null where the request does not ask for it. */
  leftOut: LeftOut | null
  /** Settings without which the mailing would fail. */
  missing: MissingSetting[]
  mailer: Mailer['name']
  /** For how long it can be undone after the click. */
  holdSeconds: number
  /** Of its first part: about how many get it, and how long the rest waits; null: it goes to everybody at once. */
  canary: { mails: number; minutes: number } | null
}

/**
 * `GET /api/articles/audience?topics=1,2&leftOut=true` for editors -> AudienceAnswer: to how many active subscribers, in no pause, a newsletter to
 * these topics (none: everybody) would go now; 400 for what is no id. The campaign takes its own snapshot when it starts.
 */
export const audienceEndpoint: Endpoint = {
  path: '/audience',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const topics = String(req.query.topics ?? '')
      .split(',')
      .filter((id) => id !== '')
    if (topics.some((text) => toDocumentId({ payload: req.payload, text }) === null))
      throw refusal({
        req,
        code: 'parameter_invalid',
        status: 400,
        text: {
          en: 'topics: the ids of topics, separated by commas.',
          sv: 'topics: ämnenas id, åtskilda av kommatecken.',
        },
      })
    const tellsLeftOut = req.query.leftOut === 'true'
    return Response.json(await readAudience(req, { topics, tellsLeftOut }), {
      headers: { 'Cache-Control': 'no-store' },
    })
  },
}

/** @param asked.topics the ids of topics; none: everybody. */
export async function readAudience(
  req: PayloadRequest,
  { topics, tellsLeftOut }: { topics: string[]; tellsLeftOut: boolean },
): Promise<AudienceAnswer> {
  const { payload } = req
  const { clock, mailer } = depsOf(payload)
  const [site, locales] = await Promise.all([
    payload.findGlobal({ slug: 'site', depth: 0, overrideAccess: false, req }),
    countAudience({ payload, topics, now: clock.now(), req }),
  ])
  const recipients = Object.values(locales).reduce((sum, count) => sum + count, 0)
  return {
    recipients,
    locales,
    leftOut: tellsLeftOut ? await countLeftOut(req, { topics, recipients }) : null,
    missing: missingForMailing(site),
    mailer: mailer.name,
    holdSeconds: site.holdSeconds,
    canary: mailer.reportsEvents ? canaryOf({ setting: canarySetting(site), recipients }) : null,
  }
}

function canaryOf({ setting, recipients }: { setting: CanarySetting | null; recipients: number }) {
  const mails = setting ? canarySize({ audience: recipients, percent: setting.percent }) : 0
  return setting && mails > 0 ? { mails, minutes: setting.minutes } : null
}

async function countLeftOut(
  req: PayloadRequest,
  { topics, recipients }: { topics: string[]; recipients: number },
): Promise<LeftOut> {
  const count = async (where: Where) =>
    (await req.payload.count({ collection: 'subscribers', where, overrideAccess: false, req })).totalDocs
  const [active, following, pending, unsubscribed, suppressed] = await Promise.all([
    count({ status: { equals: 'active' } }),
    count({ status: { equals: 'active' }, ...(topics.length > 0 && { topics: { in: topics } }) }),
    count({ status: { equals: 'pending' } }),
    count({ status: { equals: 'unsubscribed' } }),
    count({ status: { equals: 'suppressed' } }),
  ])
  // Somebody may join between two of the counts.
  const otherTopics = Math.max(0, active - following)
  const paused = Math.max(0, following - recipients)
  return { otherTopics, paused, pending, unsubscribed, suppressed }
}
