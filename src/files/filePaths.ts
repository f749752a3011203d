/** A stored name: whoever knows it may fetch the file, so its last part cannot be guessed. */
const STORED = /^[a-z0-9]+(?:-[a-z0-9]+)*-[A-Za-z0-9_-]{22}\.pdf$/
const LONGEST_NAME = 120

/** Under which files are served; docs/adr/0018. */
export const FILES_PATH = '/api/files/file/'

export const isStoredName = (name: string): boolean => name.length <= LONGEST_NAME && STORED.test(name)

/** The path of a file on the site. */
export const pathOfFile = (name: string): string => `${FILES_PATH}${name}`

/** Null for an address that is none of a stored file. */
export function nameInPath(path: string): string | null {
  const name = path.startsWith(FILES_PATH) ? path.slice(FILES_PATH.length) : ''
  return isStoredName(name) ? name : null
}
