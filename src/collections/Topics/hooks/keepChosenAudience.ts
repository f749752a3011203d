import type { CollectionBeforeDeleteHook, PayloadRequest } from 'payload'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import type { Article } from '../../../payload-types.ts'
import { CHANNELS, OPEN_STATUSES, sendsMail } from '../../../plans/model.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * A topic that an article is still to be mailed to stays. Deleting it would take it off the article, and an article
 * without chosen topics goes to everybody.
 * @throws 409 that names the articles.
 */
export const keepChosenAudience: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const waiting = await articlesToBeMailedTo({ topic: id, req })
  if (waiting.length === 0) return
  const articles = waiting.slice(0, 5).join(', ')
  throw refusal({
    req,
    code: 'topic_is_audience',
    status: 409,
    text: {
      en: `This topic is the audience of what is still to be mailed (${articles}). Choose other topics in its newsletter tab first; where it is planned, have the plan use that text, or cancel it.`,
      sv: `Ämnet är målgrupp för det som ännu inte har skickats (${articles}). Välj andra ämnen under fliken Nyhetsbrev först; är den planerad, låt planen använda den texten eller avboka den.`,
    },
  })
}

/** The titles of the articles, as published, as planned or as the newest draft, that name the topic and whose audience is not fixed. */
async function articlesToBeMailedTo({
  topic,
  req,
}: {
  topic: string | number
  req: PayloadRequest
}): Promise<string[]> {
  const { payload } = req
  const found = await Promise.all(
    [false, true].map((draft) =>
      payload.find({
        collection: 'articles',
        where: { 'newsletter.topics': { in: [topic] } },
        select: { title: true },
        draft,
        trash: true,
        depth: 0,
        pagination: false,
        overrideAccess: true,
        req,
      }),
    ),
  )
  const planned = await plannedFor({ topic, req })
  const titles = new Map(
    [...found.flatMap(({ docs }) => docs), ...planned].map((doc) => [doc.id, doc.title || `#${doc.id}`]),
  )
  if (titles.size === 0) return []
  const { docs: settled } = await payload.find({
    collection: 'campaigns',
    where: {
      and: [
        { article: { in: [...titles.keys()] } },
        { status: { in: ['canary', 'submitting', 'submitted', 'cancelled'] } },
        // An undone campaign still needs its topics: publishing the article again mails it.
        { undoneAt: { exists: false } },
      ],
    },
    select: { article: true },
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  for (const { article } of settled) titles.delete(typeof article === 'object' ? article.id : article)
  return [...titles.values()]
}

/** The articles of which a version that names the topic is planned: their newest text may name others. */
async function plannedFor({
  topic,
  req,
}: {
  topic: string | number
  req: PayloadRequest
}): Promise<Pick<Article, 'id' | 'title'>[]> {
  const { payload } = req
  const all = { depth: 0, pagination: false, overrideAccess: true, req } as const
  const { docs: plans } = await payload.find({
    ...{ collection: 'plans', ...all, select: { version: true } },
    where: { status: { in: [...OPEN_STATUSES] }, channels: { in: CHANNELS.filter(sendsMail) } },
  })
  const versions = plans.flatMap(({ version }) => toDocumentId({ payload, text: version ?? '' }) ?? [])
  if (versions.length === 0) return []
  const { docs } = await payload.findVersions({
    ...{ collection: 'articles', ...all, select: { parent: true, version: { title: true } } },
    where: { id: { in: versions }, 'version.newsletter.topics': { in: [topic] } },
  })
  return docs.map(({ parent, version }) => ({ id: parent as Article['id'], title: version.title }))
}
