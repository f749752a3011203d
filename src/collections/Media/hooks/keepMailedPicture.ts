import type { CollectionAfterDeleteHook, CollectionBeforeDeleteHook } from 'payload'
import { mailedPicturesOf, pictureFilesOf } from '../../../deps.ts'
import { everyName, type PictureRow } from '../../../media/pictureNames.ts'
import { pictureRefusal } from '../refusals.ts'

/**
 * A picture that a mail shows is not deleted, and neither are its former files: the mail lies in its readers' mailboxes.
 * @throws 409 with the reason and what may be done instead.
 */
export const keepMailedPicture: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const found = await req.payload.findByID({
    collection: 'media',
    id,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
  if (!found) return
  const names = everyName(found as PictureRow)
  if ((await mailedPicturesOf(req.payload).shown(names)).length > 0)
    throw pictureRefusal({ code: 'mailed', req })
  namesOf(req.context).set(String(id), names)
}

/** Payload removes the files that the picture has; those that it had go with them. */
export const removeFormerFiles: CollectionAfterDeleteHook = async ({ id, req }) => {
  await pictureFilesOf(req.payload).remove(namesOf(req.context).get(String(id)) ?? [])
}

function namesOf(context: Record<string, unknown>): Map<string, string[]> {
  if (!(context.pictureNames instanceof Map)) context.pictureNames = new Map<string, string[]>()
  return context.pictureNames as Map<string, string[]>
}
