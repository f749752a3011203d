import { timingSafeEqual } from 'node:crypto'
import type { Id } from '../model.ts'
import { keyedHash } from './keyedHash.ts'

/** The page of an article that is only mailed, as one edition of it names that page. */
export interface WebVersion {
  articleId: Id
  /** A database gives an id out again after a restore: the time tells which article it was. */
  createdAt: Date
  edition: number
}

const KEY_LENGTH = 22

const hash = keyedHash('utskick web version v1')

const keyOf = ({ secret, articleId, createdAt, edition }: WebVersion & { secret: string }): string =>
  hash({ secret, text: JSON.stringify([articleId, createdAt.toISOString(), edition]) }).slice(0, KEY_LENGTH)

/**
 * Names the page in its address: `{article}.{edition}.{key}`. Nobody without the secret can make it (131 bits), or find the
 * address of another edition from this one. The same page has the same name, so that a mail made twice has the same bytes.
 */
export const webVersionName = (of: WebVersion & { secret: string }): string =>
  [of.articleId, of.edition, keyOf(of)].join('.')

const NAME = new RegExp(String.raw`^([0-9a-z]{1,24})\.([1-9]\d{0,4})\.([\w-]{${KEY_LENGTH}})(?![\w-])`)

/** What such a name says; null for what is none. Whether the key is right is asked next (isWebVersion). */
export function readWebVersionName(name: string): { articleId: Id; edition: number; key: string } | null {
  const [, articleId, edition, key] = NAME.exec(name) ?? []
  return articleId && edition && key ? { articleId, edition: Number(edition), key } : null
}

/** Whether the key names this page. */
export function isWebVersion({ key, ...of }: WebVersion & { secret: string; key: string }): boolean {
  const [given, expected] = [Buffer.from(key), Buffer.from(keyOf(of))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
