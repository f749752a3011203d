import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Payload } from 'payload'
import { ASIDE } from '../../media/pictureFiles.ts'

/**
 * Whether the file of an image is still there: a mail must not show the frame of one that is gone from the disk. Only
 * what this process itself would serve can be told; of files elsewhere it is assumed.
 */
export function hasFileIn({
  payload,
  baseUrl,
}: {
  payload: Payload
  baseUrl: string
}): (url: string) => boolean {
  const { upload } = payload.collections.media.config
  const ours = `${baseUrl}${payload.config.routes.api}/media/file/`
  return (url) => {
    if (upload.disableLocalStorage || !upload.staticDir || !url.startsWith(ours)) return true
    const [path = ''] = url.slice(ours.length).split('?')
    const name = basename(decodeURIComponent(path))
    return [upload.staticDir, join(upload.staticDir, ASIDE)].some((folder) => existsSync(join(folder, name)))
  }
}
