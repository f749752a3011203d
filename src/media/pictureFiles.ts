import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

/** The files of the pictures, by their names; each name is the end of a public address. */
export interface PictureFiles {
  read: (name: string) => Promise<Buffer>
  /** The whole new file or the whole old one, whenever the machine stops. */
  replace: (file: { name: string; data: Buffer }) => Promise<void>
  /** Puts copies aside of those that are there. */
  setAside: (names: readonly string[]) => Promise<void>
  /** Puts back what was set aside and has gone meanwhile, and lets go of the other copies. */
  putBack: (names: readonly string[]) => Promise<void>
  remove: (names: readonly string[]) => Promise<void>
  /** Where the file is now; null for a name that is none, or of no file. */
  find: (name: string) => Promise<string | null>
  /** A free name like this one for a file that is about to be made. */
  freeName: (name: string) => string
}

/** Copies wait beside the files while Payload replaces them; a crash leaves them there, and they are served from there. */
export const ASIDE = 'aside'

/** What a file system takes as a name of a file here: no path, no control character, at most 255 bytes. */
const isName = (name: string): boolean =>
  name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name) && Buffer.byteLength(name) <= 255 && name !== ''

export function pictureFilesIn(directory: string): PictureFiles {
  const current = (name: string) => join(directory, name)
  const aside = (name: string) => join(directory, ASIDE, name)
  const find = async (name: string): Promise<string | null> => {
    if (!isName(name)) return null
    for (const path of [current(name), aside(name)]) if (await isFile(path)) return path
    return null
  }
  return {
    read: async (name) => readFile(/* turbopackIgnore: true */ (await find(name)) ?? current(name)),
    replace: ({ name, data }) => writeWhole({ path: current(name), data }),
    async setAside(names) {
      await mkdir(join(directory, ASIDE), { recursive: true })
      for (const name of names.filter(isName))
        if (await isFile(current(name))) await copyWhole(current(name), aside(name))
    },
    async putBack(names) {
      for (const name of names.filter(isName)) {
        if (!(await isFile(aside(name)))) continue
        if (await isFile(current(name))) await rm(aside(name), { force: true })
        else await rename(aside(name), current(name))
      }
    },
    async remove(names) {
      for (const path of names.filter(isName).flatMap((name) => [current(name), aside(name)]))
        await rm(path, { force: true })
    },
    find,
    freeName(name) {
      const dot = name.lastIndexOf('.')
      const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
      for (let number = 0; ; number += 1) {
        const candidate = number === 0 ? name : `${stem}-${number}${extension}`
        if (![current(candidate), aside(candidate)].some((path) => existsSync(path))) return candidate
      }
    },
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const beside = `${to}.${randomUUID()}.part`
  await copyFile(from, beside)
  await rename(beside, to)
}

async function writeWhole({ path, data }: { path: string; data: Buffer }): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`
  try {
    await writeFile(beside, data, { flush: true })
    await rename(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
