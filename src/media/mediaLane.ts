import type { Payload } from 'payload'
import { depsOf, mailedPicturesOf, pictureFilesOf, pictureRowsOf } from '../deps.ts'
import type { Clock, Log } from '../newsletter/ports.ts'
import type { Lane } from '../newsletter/work.ts'
import { keepMailFiles } from './keepMailFiles.ts'
import { daysFrom, FORMER_FILES_DAYS } from './pictureNames.ts'
import { cleanPicture, PictureError } from './pictures.ts'
import type { PictureFiles } from './pictureFiles.ts'
import type { MailedPictures, PictureFacts, PictureRows } from './ports.ts'

const LOOK_EVERY_MS = 60_000

export interface Pictures {
  rows: PictureRows
  files: PictureFiles
  mailed: MailedPictures
  clock: Clock
  log: Log
}

/**
 * What a worker does for pictures, one at a time: it cleans those of an earlier version, makes the files for mail that are
 * missing, and lets former files go.
 */
export function mediaLane(payload: Payload): Lane {
  const { clock, log } = depsOf(payload)
  const pictures = {
    rows: pictureRowsOf(payload),
    files: pictureFilesOf(payload),
    mailed: mailedPicturesOf(payload),
    clock,
    log,
  }
  return { name: 'media', step: () => careForPicture(pictures), idleMs: LOOK_EVERY_MS }
}

/**
 * One picture. Cut off at any point, the next call does it again: the file is replaced as a whole before its row says so.
 * @returns whether there was one, so that there may be more.
 * @throws what the database and the disk throw, except that a file cannot be read.
 */
export async function careForPicture(pictures: Pictures): Promise<boolean> {
  return (await cleanOldest(pictures)) || (await makeMissing(pictures)) || (await letFormerGo(pictures))
}

async function cleanOldest(pictures: Pictures): Promise<boolean> {
  const found = await pictures.rows.findUncleaned()
  if (!found) return false
  await cleanStored(pictures, found)
  return true
}

async function makeMissing(pictures: Pictures): Promise<boolean> {
  const found = await pictures.rows.findWithoutMailSizes()
  if (!found) return false
  await keepMailFiles(pictures, found)
  return true
}

/**
 * Cleans the file of a picture that is stored already.
 * @returns what is known of the file then; null when it cannot be read, which its row says.
 * @throws what the database and the disk throw, except that a file cannot be read.
 */
export async function cleanStored(
  { rows, files, clock, log }: Omit<Pictures, 'mailed'>,
  { id, filename }: { id: string | number; filename: string },
): Promise<PictureFacts | null> {
  try {
    const data = await files.read(filename)
    const picture = await cleanPicture(data)
    if (!picture.data.equals(data)) await files.replace({ name: filename, data: picture.data })
    const { width, height } = picture
    const facts = { width, height, filesize: picture.data.length }
    await rows.noteCleaned({ id, filename, now: clock.now(), facts })
    return facts
  } catch (error) {
    const reason = reasonOf(error)
    if (!reason) throw error
    await rows.noteUnreadable({ id, reason })
    log('media.uncleanable', { media: id, filename, reason })
    return null
  }
}

/** Null for what may pass by itself, such as a full disk. */
function reasonOf(error: unknown): string | null {
  if (error instanceof PictureError) return error.code
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : null
}

async function letFormerGo({ rows, files, mailed, clock, log }: Pictures): Promise<boolean> {
  const now = clock.now()
  const found = await rows.findWithFormer(now)
  if (!found) return false
  const isOver = ({ until }: { until: string }) => new Date(until) <= daysFrom(now, -FORMER_FILES_DAYS)
  const old = found.formerFiles.filter(isOver).map(({ name }) => name)
  const shown = new Set(await mailed.shown(old))
  const gone = new Set(old.filter((name) => !shown.has(name)))
  await files.remove([...gone])
  const formerFiles = found.formerFiles.filter(({ name }) => !gone.has(name))
  const lookAt = formerFiles.length > 0 ? daysFrom(now, FORMER_FILES_DAYS) : null
  await rows.keepFormer({ id: found.id, formerFiles, lookAt })
  if (gone.size > 0) log('media.former_removed', { media: found.id, removed: gone.size })
  return true
}
