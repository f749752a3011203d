import type { Media } from '../../../payload-types.ts'

export interface ImageFile {
  url: string
  width: number
  height: number
}

/** The files of an image from small to large; an image smaller than a size has no file of that size. */
export function filesOf({ sizes, url, width, height }: Media): ImageFile[] {
  return [sizes?.small, sizes?.medium, sizes?.large, { url, width, height }]
    .map(toFile)
    .filter((file) => file !== null)
    .filter((file, index, files) => files.findIndex((other) => other.width === file.width) === index)
}

/** The files as `srcset` names them. */
export const sourceSetOf = (image: Media): string =>
  filesOf(image)
    .map(({ url, width }) => `${url} ${width}w`)
    .join(', ')

/** The smallest file that is at least so wide, else the largest; null when nothing is there. */
export function imageFor(image: Media, width: number): ImageFile | null {
  const files = filesOf(image)
  return files.find((file) => file.width >= width) ?? files.at(-1) ?? null
}

const toFile = (file: { [Key in keyof ImageFile]?: ImageFile[Key] | null } | undefined): ImageFile | null =>
  file?.url && file.width && file.height ? { url: file.url, width: file.width, height: file.height } : null
