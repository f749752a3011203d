import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { overrideContext } from '../../../content/systemSaves.ts'
import { campaignsOf } from '../../../deps.ts'
import { OVERRIDE_TEXTS, overrideField, readOverride } from '../../../endpoints/override.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import type { CampaignStatus, Id, Override } from '../../../newsletter/model.ts'
import type { Article, Plan } from '../../../payload-types.ts'
import { CHANNELS, sendsMail, visibilityOf, type Channels } from '../../../plans/model.ts'
import { planArticle, timeField, TIME_TEXTS } from '../../Plans/endpoints/planArticle.ts'
import { readNewest, readTopics, refuseMailed, topicsField, TOPICS_TEXTS } from './publication.ts'

export interface PublishAnswer {
  /** As it is now. */
  article: Pick<Article, 'id' | '_status' | 'updatedAt'>
  /** The article's campaign, as it stands now; null where it has none. */
  campaign: { id: Id; status: CampaignStatus } | null
  /** What was planned; null where it was published at once. */
  plan: Plan | null
}

const TEXTS = {
  noChannels: {
    en: 'channels: site, site_and_mail or mail.',
    sv: 'channels: site, site_and_mail eller mail.',
  },
  ...TOPICS_TEXTS,
  ...TIME_TEXTS,
  ...OVERRIDE_TEXTS,
  noMail: {
    en: 'topics and override belong to a newsletter: channels is site_and_mail or mail then.',
    sv: 'topics och override hör till ett nyhetsbrev: då är channels site_and_mail eller mail.',
  },
}
const nameOf = (name: keyof typeof TEXTS) => name

const QUESTION = z
  .strictObject({
    channels: z.enum(CHANNELS, nameOf('noChannels')),
    at: timeField.optional(),
    topics: topicsField.optional(),
    override: overrideField.optional(),
  })
  .refine(({ channels, topics, override }) => channels !== 'site' || (!topics && !override), nameOf('noMail'))

/**
 * `POST /api/articles/:id/publish` {channels: `site`|`site_and_mail`|`mail`, at?, topics?: [id], override?: {checks: [code], reason}} by an
 * editor -> 200 PublishAnswer. It publishes the newest draft, to the site alone or with its newsletter, which is held first
 * (site.holdSeconds), or to those alone whom it is mailed to (visibility: mail_only). With `at` it plans that (a moment with an offset, or a time by the clock of the site; see src/plans). `topics`
 * replaces the newsletter's; none in it: everybody. `override`, by an admin, passes stops of preflight; the campaign keeps it. As for
 * any save, `?locale=` names the language whose fields must be filled in, and `If-Match` the version. 400, 401, 403, 404; 409
 * `already_mailed` when the newsletter has gone or is going out, 409 `save_stale`, 409 `plan_exists`, 409 `is_public`; 422 `newsletter_stopped` with
 * what preflight says.
 */
export const publishEndpoint: Endpoint = {
  path: '/:id/publish',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { at, override, ...asked } = await readJsonBody(req, QUESTION, TEXTS)
    const publication = { ...asked, override: readOverride(req, override) }
    const plan =
      at === undefined
        ? await publishNow(req, { id, ...publication }).then(() => null)
        : await planArticle(req, {
            ...{ article: id, action: 'publish', ...publication, topics: asked.topics },
            ...{ time: at, path: 'at' },
          })
    const { _status, updatedAt } = await readNewest(req, id)
    const campaign = await campaignsOf(req).find(String(id))
    return Response.json({
      article: { id, _status, updatedAt },
      campaign: campaign && { id: campaign.id, status: campaign.status },
      plan,
    } satisfies PublishAnswer)
  },
}

async function publishNow(
  req: PayloadRequest,
  {
    id,
    channels,
    topics,
    override,
  }: {
    id: Article['id']
    channels: Channels
    topics?: string[] | undefined
    override: Override | null
  },
): Promise<void> {
  const send = sendsMail(channels)
  if (send) await refuseMailed(req, { id, isPlanned: false })
  if (override) Object.assign(req.context, overrideContext(override))
  await req.payload.update({
    collection: 'articles',
    id,
    data: {
      _status: 'published',
      visibility: visibilityOf(channels),
      newsletter: { send, ...(topics && { topics: readTopics(req, topics) }) },
    },
    depth: 0,
    overrideAccess: false,
    req,
  })
}
