/** What a block shows of a file: all that its readers need, as they may not read the file's row. */
export interface FileFacts {
  title: string
  /** A path of the site. */
  url: string
  bytes: number
}

/** The rows of the files. */
export interface FileRows {
  /** Of those that are there, by their ids. */
  findFacts: (ids: readonly string[]) => Promise<Map<string, FileFacts>>
}

/** Where a file is in use. */
export interface FileUses {
  /** Whether a mail that was made leads to it. */
  isMailed: (name: string) => Promise<boolean>
  /** The title of an article whose text, as it is published, planned, or saved last, shows it; null when none does. */
  findArticle: (name: string) => Promise<string | null>
}
