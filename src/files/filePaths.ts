/** A stored name: whoever knows it may fetch the file, so its last part cannot be guessed. */
const STORED = /^[a-z0-9]+(?:-[a-z0-9]+)*-[A-Za-z0-9_-]{22}\.pdf$/
const LONGEST_NAME = 120

/** Under which files are served; docs/adr/0018. */
export const FILES_PATH = '/api/files/file/'

export const isStoredName = (name: string): boolean => name.length <= LONGEST_NAME && STORED.test(name)

/** The path of a file on the site. */
export const pathOfFile = (name: string): string => `${FILES_PATH}${name}`

/** The stored name at the end of a file's path or address, whatever site that is of; null for one that is none of a file. */
export function nameInUrl(url: string): string | null {
  const start = url.lastIndexOf(FILES_PATH)
  const name = start < 0 ? '' : url.slice(start + FILES_PATH.length)
  return isStoredName(name) ? name : null
}
