import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Payload } from 'payload'
import { ASIDE } from '../../media/pictureFiles.ts'

/**
 * Whether the file of an image or of a PDF is still there: a mail must not lead to one that is gone from the disk. Only
 * what this process itself would serve can be told; of files elsewhere it is assumed.
 */
export function hasFileIn({
  payload,
  baseUrl,
}: {
  payload: Payload
  baseUrl: string
}): (url: string) => boolean {
  const foldersOf = (slug: 'media' | 'files'): [string, string[]] => {
    const { disableLocalStorage, staticDir } = payload.collections[slug].config.upload
    const isHere = !disableLocalStorage && staticDir
    return [
      `${baseUrl}${payload.config.routes.api}/${slug}/file/`,
      isHere ? [staticDir, join(staticDir, ASIDE)] : [],
    ]
  }
  const ours = [foldersOf('media'), foldersOf('files')]
  return (url) => {
    const [start = '', folders = []] = ours.find(([address]) => url.startsWith(address)) ?? []
    if (folders.length === 0) return true
    const [path = ''] = url.slice(start.length).split('?')
    const name = basename(decodeURIComponent(path))
    return folders.some((folder) => existsSync(join(folder, name)))
  }
}
