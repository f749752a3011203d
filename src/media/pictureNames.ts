/** What a picture's row says of its files. */
export interface PictureRow {
  filename?: string | null
  sizes?: Record<string, { filename?: string | null } | undefined> | null
  formerFiles?: FormerFile[] | null
}

/** A file that the picture had before it was replaced or cropped. */
export interface FormerFile {
  name: string
  /** When it was replaced, ISO 8601. */
  until: string
}

/** The files that it has now: the whole picture and its sizes. */
export const currentNames = ({ filename, sizes }: PictureRow): string[] => [
  ...new Set(
    [filename, ...Object.values(sizes ?? {}).map((size) => size?.filename)].filter(
      (name): name is string => typeof name === 'string' && name !== '',
    ),
  ),
]

/** All that its addresses ever ended with, as far as files are kept. */
export const everyName = (row: PictureRow): string[] => [
  ...new Set([...currentNames(row), ...(row.formerFiles ?? []).map(({ name }) => name)]),
]

/** How long former files stay for pages and feeds that were read before; those that a mail shows stay for good. */
export const FORMER_FILES_DAYS = 30

export const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * 86_400_000)
