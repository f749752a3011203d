import {
  type CollectionBeforeChangeHook,
  type CollectionBeforeDeleteHook,
  type PayloadRequest,
} from 'payload'
import { isEditor } from '../../../access/isEditor.ts'
import { isPublishedNow } from '../../../content/isPublishedNow.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * Whatever the way (save, autosave, restore, bulk, trash, schedule), an author's write never ends published, and never
 * changes what is. Access alone does not hold that: Payload asks it of the newest draft, which an editor's autosave
 * makes of a published article too. Writes without a user are the system's own.
 * @throws 403
 */
export const keepAuthorsToDrafts: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (isAuthor(req) && data._status === 'published')
    throw refusal({
      req,
      code: 'authors_write_drafts',
      status: 403,
      text: {
        en: 'An author writes drafts; ask an editor to publish this article.',
        sv: 'En skribent skriver utkast; be en redaktör att publicera artikeln.',
      },
    })
  if (originalDoc?.id !== undefined) await refusePublished({ id: originalDoc.id, req })
  return data
}

/** The same for deleting. @throws 403 */
export const keepAuthorsFromDeleting: CollectionBeforeDeleteHook = ({ id, req }) =>
  refusePublished({ id, req })

const isAuthor = (req: PayloadRequest) => Boolean(req.user) && !isEditor({ req })

async function refusePublished({ id, req }: { id: number | string; req: PayloadRequest }): Promise<void> {
  if (isAuthor(req) && (await isPublishedNow({ id, req })))
    throw refusal({
      req,
      code: 'article_is_published',
      status: 403,
      text: {
        en: 'This article is published; ask an editor to change it.',
        sv: 'Artikeln är publicerad; be en redaktör att ändra den.',
      },
    })
}
