import type { CollectionBeforeChangeHook, CollectionBeforeOperationHook } from 'payload'
import { newStoredName, titleOf } from '../../../files/fileNames.ts'
import type { File as StoredFile } from '../../../payload-types.ts'
import { MAX_FILE_BYTES } from '../../../web/bodyLimits.ts'
import { fileRefusal } from '../refusals.ts'

/** The first bytes of every PDF (ISO 32000, 7.5.2), and what stands near its end. */
const HEAD = '%PDF-'
const END = '%%EOF'
const END_WITHIN_BYTES = 1024

/**
 * Before Payload reads a file: it is a PDF by its bytes, whatever the browser calls it, and it gets a name that nobody can
 * guess. Of the data only the title is taken. A file is never replaced: mails and pages lead to it.
 * @throws 400, 413 with the reason.
 */
export const takeFile: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'create' && operation !== 'update') return args
  // Access is asked after this hook; a stranger's file is refused there, unread.
  if (!args.overrideAccess && !req.user) return args
  const { file } = req
  const given = 'data' in args && args.data ? (args.data as Record<string, unknown>) : {}
  delete req.query?.uploadEdits
  if (operation === 'update') {
    if (file) throw fileRefusal({ code: 'file_stays', req })
    return { ...args, data: 'title' in given ? { title: given.title } : {} }
  }
  if (!file) throw fileRefusal({ code: 'no_file', req })
  const { data } = file
  if (data.length > MAX_FILE_BYTES) throw fileRefusal({ code: 'file_too_large', req })
  if (data.subarray(0, HEAD.length).toString('latin1') !== HEAD) throw fileRefusal({ code: 'not_pdf', req })
  const isWhole = data.subarray(-END_WITHIN_BYTES).includes(END)
  if (!isWhole) throw fileRefusal({ code: 'unreadable', req })
  req.file = { ...file, name: newStoredName(file.name), mimetype: 'application/pdf', size: data.length }
  const title = typeof given.title === 'string' ? given.title.trim() : ''
  return { ...args, data: { title: title || titleOf(file.name) } }
}

/** A change keeps the file, whatever the data say of it, and a title that was emptied is the former one. */
export const keepFile: CollectionBeforeChangeHook<StoredFile> = ({ data, originalDoc, operation }) => {
  if (operation === 'create' || !originalDoc) return data
  const { filename, mimeType, filesize, url, title } = originalDoc
  return { ...data, filename, mimeType, filesize, url, title: data.title?.trim() || title }
}
