import type { Payload } from 'payload'
import type { ArticleContent, ArticleMailContent } from '../../../emails/props.ts'
import { canarySetting } from '../../content/canarySetting.ts'
import { LOCALES, type Edition, type Id, type Locale } from '../../newsletter/model.ts'
import type { Draft, MailingSource, UnsavedText } from '../../newsletter/ports.ts'
import { EDITION_TOO_OLD } from '../../newsletter/rules/problems.ts'
import { isForgotten } from '../../newsletter/followUp.ts'
import { listIdFor } from '../../newsletter/rules/headers.ts'
import { payloadCampaigns } from './campaignOfArticle.ts'
import { findArticle } from './findArticle.ts'
import { hasFileIn } from './hasFile.ts'
import { readContent } from './readContent.ts'
import { readSender, readSenderOrStandIn, siteProblem } from './sender.ts'

/**
 * The article as its readers can read it now, in the language of each locale or the one that it is there in, with all that
 * a mailing needs. Nothing of a newer draft is in it.
 */
export async function readForMailing({
  payload,
  baseUrl,
  secret,
  edition,
  now,
}: {
  payload: Payload
  baseUrl: string
  secret: string
  edition: Edition
  now: Date
}): Promise<MailingSource<ArticleContent>> {
  const article = await findArticle({
    payload,
    articleId: edition.articleId,
    where: { _status: { equals: 'published' } },
  })
  if (!article) return { kind: 'unpublished' }
  if (edition.number > 1 && (await isTooOld({ payload, edition, now }))) return TOO_OLD
  const sender = await readSender(payload)
  if ('missing' in sender) return { kind: 'incomplete', problem: siteProblem(sender.missing) }
  const content = await readContents({ payload, baseUrl, secret, article, sender, edition })
  if (!content) return { kind: 'unpublished' }
  return {
    kind: 'ready',
    content,
    sender: { name: sender.name, email: sender.email, replyTo: sender.replyTo },
    listId: listIdFor(baseUrl),
    baseUrl,
    canary: await readCanary(payload),
    topicIds: (article.newsletter?.topics ?? []).map((topic) =>
      String(typeof topic === 'object' ? topic.id : topic),
    ),
  }
}

const readCanary = async (payload: Payload) =>
  canarySetting(
    await payload.findGlobal({ slug: 'site', select: { canary: true }, depth: 0, overrideAccess: true }),
  )

/** It waited for so long that nobody may know any more who got the article before. */
const TOO_OLD = {
  kind: 'incomplete',
  problem: {
    code: EDITION_TOO_OLD,
    message:
      'It is not known any more who got this article before, so that some would get it twice. Cancel this mailing.',
  },
} as const

async function isTooOld({ payload, edition, now }: { payload: Payload; edition: Edition; now: Date }) {
  const campaigns = payloadCampaigns({ payload })
  const earlier = (await campaigns.editions(edition.articleId)).filter(
    ({ number }) => number < edition.number,
  )
  return isForgotten(earlier, { now, memoryMs: await campaigns.memoryMs() })
}

/** The newest draft of an article, with what is unsaved of it, as readForMailing would read it, were it published at `now`. */
export async function readDraft({
  payload,
  baseUrl,
  secret,
  articleId,
  now,
  unsaved,
}: {
  payload: Payload
  baseUrl: string
  secret: string
  articleId: Id
  now: Date
  unsaved: UnsavedText | null
}): Promise<Draft<ArticleContent> | null> {
  const article = await findArticle({ payload, articleId, draft: true, unsaved })
  if (!article) return null
  const { sender, missing } = await readSenderOrStandIn({ payload, baseUrl })
  const contents = await readContents({
    ...{ payload, baseUrl, secret, article, sender, draftAt: now, unsaved },
    edition: { number: 1, audience: 'everybody' },
  })
  if (!contents) return null
  return {
    content: contents,
    sender: { name: sender.name, email: sender.email, replyTo: sender.replyTo },
    missing,
    preheaders: { sv: contents.sv.preheader, en: contents.en.preheader },
    listId: listIdFor(baseUrl),
    baseUrl,
  }
}

/** What the mail shows in each locale; null when the article was unpublished between two of our readings. */
async function readContents({
  payload,
  baseUrl,
  ...input
}: Pick<
  Parameters<typeof readContent>[0],
  'payload' | 'article' | 'sender' | 'secret' | 'edition' | 'draftAt' | 'unsaved'
> & {
  baseUrl: string
}): Promise<ArticleContent | null> {
  const hasFile = hasFileIn({ payload, baseUrl })
  const contents = await Promise.all(
    LOCALES.map(async (locale) => {
      const place = { baseUrl, locale, hasFile, isMail: true }
      return [locale, await readContent({ payload, place, ...input })] as const
    }),
  )
  return isComplete(contents) ? (Object.fromEntries(contents) as ArticleContent) : null
}

type Contents = (readonly [Locale, ArticleMailContent])[]

const isComplete = (contents: (readonly [Locale, ArticleMailContent | null])[]): contents is Contents =>
  contents.every(([, content]) => content !== null)
