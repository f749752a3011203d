import type { MailSize } from './mailFiles.ts'
import type { FormerFile, PictureRow } from './pictureNames.ts'
import type { PictureForMail } from './keepMailFiles.ts'

/** What mails were made of: campaigns that are rendered, and mails to one person. */
export interface MailedPictures {
  /** Those of these file names that the html of any mail refers to. */
  shown: (names: readonly string[]) => Promise<string[]>
}

type Id = string | number

/** What a file says of itself, in pixels and bytes. */
export interface PictureFacts {
  width: number
  height: number
  filesize: number
}

/** What a row says of each file that is made for mail; nulls where there is none. */
export type StoredMailSizes = Record<
  MailSize,
  {
    filename: string | null
    width: number | null
    height: number | null
    filesize: number | null
    mimeType: string | null
    /** Payload says it when the row is read. */
    url: null
  }
>

/** What the worker does with the rows of pictures; each write leaves the rest of its row alone. */
export interface PictureRows {
  /** A picture of an earlier version that nobody has cleaned yet; null when there is none. */
  findUncleaned: () => Promise<{ id: Id; filename: string } | null>
  /** Only while it still has that file. */
  noteCleaned: (cleaned: { id: Id; filename: string; now: Date; facts: PictureFacts }) => Promise<void>
  noteUnreadable: (unreadable: { id: Id; reason: string }) => Promise<void>
  /** The names of the files that could not be cleaned, at most `limit`. */
  findUnreadable: (limit: number) => Promise<string[]>
  /** A clean picture whose files for mail nobody has made yet; null when there is none. */
  findWithoutMailSizes: () => Promise<PictureForMail | null>
  /** Only while it still has that file. */
  noteMailSizes: (noted: {
    id: Id
    filename: string
    now: Date
    sizes: StoredMailSizes
    /** Those that it had before: they join its former files, which are due for a look then. */
    former: FormerFile[]
    lookAt: Date
  }) => Promise<void>
  /** A picture whose former files are due for a look; null when there is none. */
  findWithFormer: (now: Date) => Promise<{ id: Id; formerFiles: FormerFile[] } | null>
  keepFormer: (kept: { id: Id; formerFiles: FormerFile[]; lookAt: Date | null }) => Promise<void>
  /** A later reason replaces the former; when and who stay as they were first. */
  takeDown: (taken: { id: Id; reason: string; at: Date; by: Id | null }) => Promise<void>
  /** All that were taken down, with every name that they have or had. */
  findTakenDown: () => Promise<PictureRow[]>
}
