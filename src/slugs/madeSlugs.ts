import type { PayloadRequest } from 'payload'

const KEY = 'madeSlugs'

/** Remembers, for as long as the request lasts, that the program made this slug: it may get another number. */
export function noteMadeSlug({ req, slug, base }: { req: PayloadRequest; slug: string; base: string }): void {
  const made = madeIn(req) ?? new Map<string, string>()
  made.set(slug, base)
  req.context[KEY] = made
}

/** What the slug was made from; undefined when a person wrote it. */
export const baseOf = ({ req, slug }: { req: PayloadRequest; slug: string }): string | undefined =>
  madeIn(req)?.get(slug)

const madeIn = (req: PayloadRequest): Map<string, string> | undefined => {
  const made = req.context[KEY]
  return made instanceof Map ? made : undefined
}
