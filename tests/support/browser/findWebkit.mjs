import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The browser that WebKitWebDriver drives, where Debian puts it; undefined when there is none. */
export const findMiniBrowser = () =>
  foldersIn('/usr/lib')
    .flatMap(foldersIn)
    .filter((folder) => /\/webkit2gtk-[\d.]+$/.test(folder))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find((file) => existsSync(file))

/**
 * WebKit for tests that look at mails as Apple Mail does.
 * @returns {string | null} what to do when it is not here; null when it is
 */
export function missingWebkit() {
  const isThere = ['WebKitWebDriver', 'Xvfb'].every(isOnPath) && findMiniBrowser() !== undefined
  return isThere ? null : 'apt-get install webkit2gtk-driver xvfb'
}

const isOnPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

function foldersIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
}
