import type {
  CollectionAfterChangeHook,
  CollectionBeforeChangeHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'
import { depsOf, pictureFilesOf, pictureRowsOf } from '../../../deps.ts'
import { keepMailFiles } from '../../../media/keepMailFiles.ts'
import { cleanStored } from '../../../media/mediaLane.ts'
import { cleanPicture, PictureError, type Picture } from '../../../media/pictures.ts'
import {
  currentNames,
  daysFrom,
  FORMER_FILES_DAYS,
  type FormerFile,
  type PictureRow,
} from '../../../media/pictureNames.ts'
import type { Media } from '../../../payload-types.ts'
import { pictureRefusal } from '../refusals.ts'

/**
 * Before Payload reads a file: it is cleaned of everything but its picture, so that neither the whole picture nor a size
 * tells more. A file that replaces another takes a name of its own, and so does a cropped one: the former files stay at
 * their addresses, which mails show.
 * @throws 400, 413 with the reason.
 */
export const takePicture: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'create' && operation !== 'update') return args
  // Access is asked after this hook; a stranger's file is refused there, unread.
  if (!args.overrideAccess && !req.user) return args
  if (operation === 'update') await readFormer({ args, req })
  req.context.hasCleanFile = Boolean(req.file)
  // Payload would fetch a file from the address that the data name.
  if (
    !req.file &&
    operation === 'create' &&
    !args.overrideAccess &&
    !('duplicateFromID' in args && args.duplicateFromID)
  )
    throw pictureRefusal({ code: 'no_file', req })
  if (!req.file) return args
  const { data, type } = await clean({ data: req.file.data, req })
  req.file = { ...req.file, data, size: data.length, mimetype: type }
  return args
}

/** A focal point moves no pixel of the sizes that Payload makes: it is kept as data, and makeMailFiles cuts by it. */
async function readFormer({
  args,
  req,
}: {
  args: { id?: unknown; data?: Record<string, unknown> }
  req: PayloadRequest
}): Promise<void> {
  const edits = editsOf(req)
  const isCropped = Boolean(edits?.crop ?? edits?.widthInPixels ?? edits?.heightInPixels)
  if (edits?.focalPoint && args.data) {
    args.data.focalX = percent(edits.focalPoint.x) ?? args.data.focalX
    args.data.focalY = percent(edits.focalPoint.y) ?? args.data.focalY
    if (!isCropped && !req.file) delete req.query.uploadEdits
  }
  if (!req.file && !isCropped) return
  const { id } = args
  if (typeof id !== 'string' && typeof id !== 'number') throw pictureRefusal({ code: 'one_at_a_time', req })
  const former: Media | null = await req.payload.findByID({
    collection: 'media',
    id,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
  if (!former) return
  const files = pictureFilesOf(req.payload)
  await files.setAside(currentNames(former as PictureRow))
  if (!req.file && former.filename && former.mimeType) {
    const data = await files.read(former.filename)
    req.file = { name: former.filename, data, size: data.length, mimetype: former.mimeType }
  }
}

interface UploadEdits {
  crop?: unknown
  widthInPixels?: unknown
  heightInPixels?: unknown
  focalPoint?: { x?: unknown; y?: unknown }
}

const editsOf = (req: PayloadRequest): UploadEdits | undefined =>
  typeof req.query?.uploadEdits === 'object' && req.query.uploadEdits !== null
    ? req.query.uploadEdits
    : undefined

const percent = (value: unknown): number | undefined => {
  const number = Number(value)
  return value !== undefined && value !== '' && number >= 0 && number <= 100 ? Math.round(number) : undefined
}

/** @throws what staff are told. */
async function clean({ data, req }: { data: Buffer; req: PayloadRequest }): Promise<Picture> {
  try {
    return await cleanPicture(data)
  } catch (error) {
    throw error instanceof PictureError ? pictureRefusal({ code: error.code, req }) : error
  }
}

/** What Payload has removed of the former files is put back, and the row remembers their names. */
export const keepPicture: CollectionBeforeChangeHook<Media> = async ({
  data,
  originalDoc,
  operation,
  req,
}) => {
  const files = pictureFilesOf(req.payload)
  if (operation === 'create')
    return { ...data, cleanedAt: req.context.hasCleanFile ? new Date().toISOString() : null }
  const former = originalDoc ? currentNames(originalDoc as PictureRow) : []
  await files.putBack(former)
  if (!data.filename || data.filename === originalDoc?.filename) return data
  const now = new Date()
  const kept = (originalDoc?.formerFiles ?? []) as unknown as FormerFile[]
  return {
    ...data,
    cleanedAt: now.toISOString(),
    uncleanable: null,
    formerLookAt: daysFrom(now, FORMER_FILES_DAYS).toISOString(),
    formerFiles: [...kept, ...former.map((name) => ({ name, until: now.toISOString() }))],
  }
}

/** What came another way than as a file (by an address, as a duplicate) is cleaned as soon as it is stored. */
export const cleanNewPicture: CollectionAfterChangeHook<Media> = async ({ doc, operation, req }) => {
  if (operation !== 'create' || req.context.hasCleanFile || !doc.filename) return doc
  return { ...doc, ...(await cleanStored(picturesOf(req), { id: doc.id, filename: doc.filename })) }
}

/** A new file, and another focal point, need files for mail of their own. */
export const makeMailFiles: CollectionAfterChangeHook<Media> = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const { filename } = doc
  const isSame =
    operation === 'update' &&
    filename === previousDoc.filename &&
    doc.focalX === previousDoc.focalX &&
    doc.focalY === previousDoc.focalY
  if (isSame || !filename) return doc
  const stored = await keepMailFiles(picturesOf(req), { ...(doc as PictureRow & Media), filename })
  const folder = doc.url?.slice(0, doc.url.lastIndexOf('/'))
  const sizes = Object.entries(stored).map(([name, size]) => [
    name,
    { ...size, url: folder && size.filename ? `${folder}/${encodeURIComponent(size.filename)}` : null },
  ])
  return { ...doc, sizes: { ...doc.sizes, ...Object.fromEntries(sizes) } }
}

function picturesOf({ payload }: PayloadRequest) {
  const { clock, log } = depsOf(payload)
  return { rows: pictureRowsOf(payload), files: pictureFilesOf(payload), clock, log }
}
