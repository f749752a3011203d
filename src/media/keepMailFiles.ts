import type { Clock, Log } from '../newsletter/ports.ts'
import { MAIL_SIZES, makeMailFiles, type MailFile, type MailSize } from './mailFiles.ts'
import type { PictureFiles } from './pictureFiles.ts'
import { currentNames, daysFrom, FORMER_FILES_DAYS, type PictureRow } from './pictureNames.ts'
import type { PictureRows, StoredMailSizes } from './ports.ts'

/** A picture whose files for mail are missing, or show another part of it. */
export interface PictureForMail extends PictureRow {
  id: string | number
  filename: string
  focalX?: number | null
  focalY?: number | null
}

/**
 * Makes the files for mail of a picture that is stored. Those that it had stay at their addresses, which mails show. Cut
 * off at any point, the worker does it again.
 * @returns what its row says of them then.
 * @throws what the database and the disk throw; a file that cannot be read is logged, and has none.
 */
export async function keepMailFiles(
  { rows, files, clock, log }: { rows: PictureRows; files: PictureFiles; clock: Clock; log: Log },
  picture: PictureForMail,
): Promise<StoredMailSizes> {
  const made = await makeFrom({ files, picture }).catch((error: unknown) => {
    if (mayPass(error)) throw error
    log('media.no_mail_files', { media: picture.id, filename: picture.filename, error: String(error) })
    return {} as Partial<Record<MailSize, MailFile | null>>
  })
  const sizes = Object.fromEntries(
    await Promise.all(
      MAIL_SIZES.map(async (size) => [size, await store({ files, file: made[size] ?? null, picture, size })]),
    ),
  ) as StoredMailSizes
  const now = clock.now()
  const former = currentNames({ sizes: only(picture.sizes) }).map((name) => ({
    name,
    until: now.toISOString(),
  }))
  const lookAt = daysFrom(now, FORMER_FILES_DAYS)
  await rows.noteMailSizes({ id: picture.id, filename: picture.filename, now, sizes, former, lookAt })
  return sizes
}

/** What the disk says, such as that it is full, but not that the file is gone; what sharp says of a file stays so. */
const mayPass = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code !== 'ENOENT'

async function makeFrom({ files, picture }: { files: PictureFiles; picture: PictureForMail }) {
  const data = await files.read(picture.filename)
  return makeMailFiles({ data, focalPoint: { x: picture.focalX ?? 50, y: picture.focalY ?? 50 } })
}

async function store({
  files,
  file,
  picture,
  size,
}: {
  files: PictureFiles
  file: MailFile | null
  picture: PictureForMail
  size: MailSize
}): Promise<StoredMailSizes[MailSize]> {
  if (!file) return { filename: null, width: null, height: null, filesize: null, mimeType: null, url: null }
  const { data, width, height } = file
  const stem = picture.filename.replace(/\.[^.]*$/, '')
  const filename = files.freeName(`${stem}-${size}-${width}x${height}.jpg`)
  await files.replace({ name: filename, data })
  return { filename, width, height, filesize: data.length, mimeType: 'image/jpeg', url: null }
}

const only = (sizes: PictureRow['sizes']): PictureRow['sizes'] =>
  Object.fromEntries(MAIL_SIZES.map((size) => [size, sizes?.[size]]))
