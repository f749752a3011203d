import { updateByIDOperation } from 'payload'
import type { Collection, Payload, PayloadRequest } from 'payload'
import { planningContext } from '../../content/systemSaves.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id } from '../../newsletter/model.ts'
import { sendsMail, visibilityOf, type Channels } from '../../plans/model.ts'
import type { FreezeVersion } from '../../plans/ports.ts'
import { inSaveTurn, newestVersion } from './versions.ts'

/**
 * See FreezeVersion. An autosave writes over the newest version where that is one too: a version that is to stay is saved by a
 * save that is none. It is judged as if it was published now.
 */
export const freezeVersion =
  (req: PayloadRequest): FreezeVersion =>
  async ({ articleId, channels, topicIds }, withVersion) => {
    const { payload } = req
    const id = toDocumentId({ payload, text: articleId }) ?? articleId
    return inSaveTurn({ payload, id, req }, async () => {
      const { context } = req
      req.context = { ...context, ...planningContext() }
      await updateByIDOperation({
        collection: validatingDrafts(payload.collections.articles),
        id,
        data: publicationData({ payload, channels, topicIds }),
        draft: true,
        depth: 0,
        overrideAccess: false,
        req,
      })
      req.context = context
      const version = await newestVersion({ payload, id, req })
      if (!version) throw new Error(`Article ${id} has no version after it was saved.`)
      return withVersion(version.id)
    })
  }

/** Payload judges a draft where its collection says so. */
const validatingDrafts = (collection: Collection): Collection => ({
  ...collection,
  config: {
    ...collection.config,
    versions: {
      ...(collection.config.versions as object),
      drafts: { ...(collection.config.versions?.drafts as object), validate: true },
    },
  } as Collection['config'],
})

/** What an article says of where it is published. */
const publicationData = ({
  payload,
  channels,
  topicIds,
}: {
  payload: Payload
  channels: Channels
  topicIds: readonly Id[] | null
}) => ({
  visibility: visibilityOf(channels),
  newsletter: {
    send: sendsMail(channels),
    ...(topicIds && { topics: topicIds.map((text) => toDocumentId({ payload, text }) as number) }),
  },
})
