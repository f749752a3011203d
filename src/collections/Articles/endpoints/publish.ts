import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { overrideContext } from '../../../content/systemSaves.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { campaignsOf } from '../../../deps.ts'
import { OVERRIDE_TEXTS, overrideField, readOverride } from '../../../endpoints/override.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import type { CampaignStatus, Id } from '../../../newsletter/model.ts'
import { mailsWhatIsPublished } from '../../../newsletter/scheduleCampaign.ts'
import type { Article } from '../../../payload-types.ts'
import { refusal } from '../../../refusals/refusal.ts'

export interface PublishAnswer {
  /** As it is now. */
  article: Pick<Article, 'id' | '_status' | 'updatedAt'>
  /** The article's campaign, as it stands now; null where it has none. */
  campaign: { id: Id; status: CampaignStatus } | null
}

/** More topics than any site has. */
const MOST_TOPICS = 100

const TEXTS = {
  noChannels: {
    en: 'channels: site or site_and_mail.',
    sv: 'channels: site eller site_and_mail.',
  },
  badTopics: { en: 'topics: a list of the ids of topics.', sv: 'topics: en lista med ämnenas id.' },
  ...OVERRIDE_TEXTS,
  noMail: {
    en: 'topics and override belong to a newsletter: channels is site_and_mail then.',
    sv: 'topics och override hör till ett nyhetsbrev: då är channels site_and_mail.',
  },
}
const nameOf = (name: keyof typeof TEXTS) => name

const QUESTION = z
  .strictObject({
    channels: z.enum(['site', 'site_and_mail'], nameOf('noChannels')),
    topics: z
      .array(z.union([z.string(), z.int()]).transform(String), nameOf('badTopics'))
      .max(MOST_TOPICS, nameOf('badTopics'))
      .optional(),
    override: overrideField.optional(),
  })
  .refine(({ channels, topics, override }) => channels !== 'site' || (!topics && !override), nameOf('noMail'))

/**
 * `POST /api/articles/:id/publish` {channels: `site`|`site_and_mail`, topics?: [id], override?: {checks: [code], reason}} by an
 * editor -> 200 PublishAnswer. It publishes the newest draft, to the site alone or with its newsletter, which is held first
 * (site.holdSeconds). `topics` replaces the newsletter's; none in it: everybody. `override`, by an admin, passes stops of
 * preflight; the campaign keeps it. As for any save, `?locale=` names the language whose fields must be filled in, and `If-Match`
 * the version. 400, 401, 403, 404; 409 `already_mailed` when the newsletter has gone or is going out, 409 `save_stale`; 422
 * `newsletter_stopped` with what preflight says.
 */
export const publishEndpoint: Endpoint = {
  path: '/:id/publish',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { channels, topics, ...asked } = await readJsonBody(req, QUESTION, TEXTS)
    const override = readOverride(req, asked.override)
    if (channels === 'site_and_mail') await refuseMailed(req, id)
    if (override) Object.assign(req.context, overrideContext(override))
    const send = channels === 'site_and_mail'
    const article = await req.payload.update({
      collection: 'articles',
      id,
      data: {
        _status: 'published',
        newsletter: { send, ...(topics && { topics: readTopics(req, topics) }) },
      },
      depth: 0,
      overrideAccess: false,
      req,
    })
    const campaign = await campaignsOf(req).find(String(id))
    return Response.json({
      article: { id, _status: article._status, updatedAt: article.updatedAt },
      campaign: campaign && { id: campaign.id, status: campaign.status },
    } satisfies PublishAnswer)
  },
}

/** @throws 400 */
function readTopics(req: PayloadRequest, topics: string[]): number[] {
  const ids = topics.map((text) => toDocumentId({ payload: req.payload, text }))
  if (ids.includes(null))
    throw refusal({ req, code: 'body_invalid', status: 400, text: TEXTS.badTopics, data: { path: 'topics' } })
  return ids as number[]
}

/** @throws 409 */
async function refuseMailed(req: PayloadRequest, id: Article['id']): Promise<void> {
  const campaign = await campaignsOf(req).find(String(id))
  if (mailsWhatIsPublished(campaign)) return
  throw refusal({
    req,
    code: 'already_mailed',
    status: 409,
    text: {
      en: 'The newsletter of this article has gone out or is going out, and goes once. To publish a correction on the site, publish with channels: site.',
      sv: 'Artikelns nyhetsbrev har gått ut eller är på väg, och det går en gång. Publicera med channels: site för att rätta texten på webbplatsen.',
    },
    data: { campaign: campaign?.id, status: campaign?.status },
  })
}
