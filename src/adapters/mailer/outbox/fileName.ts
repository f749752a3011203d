import { createHash } from 'node:crypto'

/**
 * The file of the `index`-th mail of the call with this key: the same for the same call, whenever it is made. Lower case
 * and without a slash, so that two keys never meet in one file, whatever the file system folds.
 */
export function outboxFileName({ key, index }: { key: string; index: number }): string {
  const stem = /^[a-z0-9][a-z0-9-]{0,99}$/.test(key) ? key : `mail-${sha256(key)}`
  return `${stem}-${String(index + 1).padStart(3, '0')}.eml`
}

/** A name that stays within the folder; temporary files begin with a dot. */
export const isOutboxFile = (name: string): boolean => /^[\w-][\w.@ -]{0,200}\.eml$/.test(name)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 40)
