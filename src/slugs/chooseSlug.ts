import { isNumbered, toSlug } from './toSlug.ts'

export interface SlugFacts {
  /** What this save brings; the former one where it brings none. */
  written: unknown
  /** The slug before this save. */
  former: string | undefined
  /** The title, or the name, after this save. */
  title: string
  /** Whether the slug goes on following the title: nobody has written one, and the document was never public. */
  isFollowing: boolean
  /** Readers see the document after this save. */
  isPublic: boolean
  /** A person wrote it now, and can write another. */
  isByHand: boolean
  now: Date
}

export type SlugChoice =
  /** As it is; nothing has to be looked up. */
  | { kind: 'kept'; slug: string | undefined }
  /** This one, with a number when another document has it. */
  | { kind: 'made'; base: string; isFollowing: boolean }
  /** This one or none: a person asks for it. */
  | { kind: 'written'; slug: string }

/** Which slug a document gets by a save. */
export function chooseSlug(facts: SlugFacts): SlugChoice {
  const { former, title, isFollowing, isPublic, isByHand } = facts
  const written = typeof facts.written === 'string' ? facts.written.trim() : ''
  if (written !== '' && written !== former) {
    const slug = toSlug(written)
    if (slug) return isByHand ? { kind: 'written', slug } : { kind: 'made', base: slug, isFollowing: false }
  }
  const keeps = isFollowing && !isPublic
  if (former && !isFollowing)
    return isPublic ? { kind: 'made', base: former, isFollowing: false } : kept(former)
  if (title === '') return kept(former)
  const base = toSlug(title) ?? facts.now.toISOString().slice(0, 10)
  const isSame = former !== undefined && isNumbered(former, base)
  if (isSame && !isPublic) return kept(former)
  return { kind: 'made', base: isSame ? former : base, isFollowing: keeps }
}

const kept = (slug: string | undefined): SlugChoice => ({ kind: 'kept', slug })
