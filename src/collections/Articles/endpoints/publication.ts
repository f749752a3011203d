import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { campaignsOf } from '../../../deps.ts'
import { isWaitingForArticle, mailsWhatIsPublished } from '../../../newsletter/scheduleCampaign.ts'
import type { Article } from '../../../payload-types.ts'
import { refusal } from '../../../refusals/refusal.ts'

/** More topics than any site has. */
const MOST_TOPICS = 100

/** What `topicsField` may be refused for; see readJsonBody. */
export const TOPICS_TEXTS = {
  badTopics: { en: 'topics: a list of the ids of topics.', sv: 'topics: en lista med ämnenas id.' },
}
const BAD_TOPICS = 'badTopics' satisfies keyof typeof TOPICS_TEXTS

/** [id]: whom a newsletter goes to. */
export const topicsField = z
  .array(z.union([z.string(), z.int()]).transform(String), BAD_TOPICS)
  .max(MOST_TOPICS, BAD_TOPICS)

/** @throws 400 */
export function readTopics(req: PayloadRequest, topics: string[]): number[] {
  const ids = topics.map((text) => toDocumentId({ payload: req.payload, text }))
  if (ids.includes(null))
    throw refusal({
      req,
      code: 'body_invalid',
      status: 400,
      text: TOPICS_TEXTS.badTopics,
      data: { path: 'topics' },
    })
  return ids as number[]
}

/**
 * What is published now is mailed by the campaign that has mailed nobody yet; a plan begins one of its own.
 * @throws 409
 */
export async function refuseMailed(
  req: PayloadRequest,
  { id, isPlanned }: { id: Article['id']; isPlanned: boolean },
): Promise<void> {
  const campaign = await campaignsOf(req).find(String(id))
  if (campaign === null || (isPlanned ? isWaitingForArticle : mailsWhatIsPublished)(campaign)) return
  throw refusal({
    req,
    code: 'already_mailed',
    status: 409,
    text: {
      en: 'The newsletter of this article has gone out or is going out. To correct the text, publish the article again (PATCH with _status: published). To mail it to more people, or a correction, use POST /api/campaigns/:id/follow-up.',
      sv: 'Artikelns nyhetsbrev har gått ut eller är på väg. Publicera artikeln igen (PATCH med _status: published) för att rätta texten. Använd POST /api/campaigns/:id/follow-up för att skicka den till fler, eller en rättelse.',
    },
    data: { campaign: campaign.id, status: campaign.status },
  })
}

/** The newest draft, as it was saved last. */
export const readNewest = (req: PayloadRequest, id: Article['id']) =>
  req.payload.findByID({
    collection: 'articles',
    id,
    draft: true,
    select: { _status: true, updatedAt: true },
    depth: 0,
    overrideAccess: false,
    req,
  })
