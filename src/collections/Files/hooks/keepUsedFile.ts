import type { CollectionBeforeDeleteHook } from 'payload'
import { fileUsesOf } from '../../../deps.ts'
import { fileRefusal } from '../refusals.ts'

/**
 * A file that a mail or an article leads to is not deleted.
 * @throws 409 with the reason and the remedy.
 */
export const keepUsedFile: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const found = await req.payload.findByID({
    collection: 'files',
    id,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
  if (!found?.filename) return
  const uses = fileUsesOf(req.payload)
  if (await uses.isMailed(found.filename)) throw fileRefusal({ code: 'file_mailed', req })
  const article = await uses.findArticle(found.filename)
  if (article !== null) throw fileRefusal({ code: 'file_shown', req, article })
}
