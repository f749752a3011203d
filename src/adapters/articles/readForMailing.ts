import type { Payload } from 'payload'
import type { ArticleContent, ArticleMailContent } from '../../../emails/props.ts'
import { LOCALES, type Id, type Locale } from '../../newsletter/model.ts'
import type { MailingSource } from '../../newsletter/ports.ts'
import { listIdFor } from '../../newsletter/rules/headers.ts'
import { findArticle } from './findArticle.ts'
import { hasFileIn } from './hasFile.ts'
import { readContent } from './readContent.ts'
import { readSender, siteProblem } from './sender.ts'

/**
 * The article as anybody can read it now, in the language of each locale or the one that it is there in, with all that
 * a mailing needs. Nothing of a newer draft is in it.
 */
export async function readForMailing({
  payload,
  baseUrl,
  articleId,
}: {
  payload: Payload
  baseUrl: string
  articleId: Id
}): Promise<MailingSource<ArticleContent>> {
  const article = await findArticle({ payload, articleId, where: { _status: { equals: 'published' } } })
  if (!article) return { kind: 'unpublished' }
  const sender = await readSender(payload)
  if ('missing' in sender) return { kind: 'incomplete', problem: siteProblem(sender.missing) }
  const hasFile = hasFileIn({ payload, baseUrl })
  const contents = await Promise.all(
    LOCALES.map(async (locale) => {
      const place = { baseUrl, locale, hasFile, isMail: true }
      return [locale, await readContent({ payload, article, place, sender })] as const
    }),
  )
  if (!isComplete(contents)) return { kind: 'unpublished' }
  return {
    kind: 'ready',
    content: Object.fromEntries(contents) as ArticleContent,
    sender: { name: sender.name, email: sender.email, replyTo: sender.replyTo },
    listId: listIdFor(baseUrl),
    baseUrl,
    topicIds: (article.newsletter?.topics ?? []).map((topic) =>
      String(typeof topic === 'object' ? topic.id : topic),
    ),
  }
}

type Contents = (readonly [Locale, ArticleMailContent])[]

/** Unpublished between two of our readings: then it is unpublished. */
const isComplete = (contents: (readonly [Locale, ArticleMailContent | null])[]): contents is Contents =>
  contents.every(([, content]) => content !== null)
