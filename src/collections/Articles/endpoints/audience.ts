import type { Endpoint, PayloadRequest } from 'payload'
import { requireEditor } from '../../../access/requireEditor.ts'
import { countAudience } from '../../../content/countAudience.ts'
import { missingForMailing, type MissingSetting } from '../../../content/missingForMailing.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { depsOf } from '../../../deps.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Mailer } from '../../../newsletter/ports.ts'
import { refusal } from '../../../refusals/refusal.ts'

/** What publishing would do at this moment. */
export interface AudienceAnswer {
  recipients: number
  /** How many of them read in which language. */
  locales: Record<Locale, number>
  /** Settings without which the mailing would fail. */
  missing: MissingSetting[]
  mailer: Mailer['name']
  /** For how long it can be undone after the click. */
  holdSeconds: number
}

/**
 * `GET /api/articles/audience?topics=1,2` for editors -> AudienceAnswer: to how many active subscribers, in no pause, a newsletter to
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
    return Response.json(await readAudience(req, topics), { headers: { 'Cache-Control': 'no-store' } })
  },
}

async function readAudience(req: PayloadRequest, topics: string[]): Promise<AudienceAnswer> {
  const { payload } = req
  const { clock, mailer } = depsOf(payload)
  const [site, locales] = await Promise.all([
    payload.findGlobal({ slug: 'site', depth: 0, overrideAccess: false, req }),
    countAudience({ payload, topics, now: clock.now(), req }),
  ])
  return {
    recipients: Object.values(locales).reduce((sum, count) => sum + count, 0),
    locales,
    missing: missingForMailing(site),
    mailer: mailer.name,
    holdSeconds: site.holdSeconds,
  }
}
