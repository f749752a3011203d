import type { FieldKind } from './readValue.ts'

/** What everybody may see of a field. A field that is not listed is for staff: a new field is private until it is here. */
export interface PublicField {
  /** How a filter may ask for it; a field without is shown only. */
  filter?: FieldKind
  /** Whether a list may be sorted by it. */
  isSorted?: boolean
  /** Fields of a related public collection that a filter may go on to: all of its documents are public. */
  related?: Record<string, FieldKind>
}

export type PublicFields = Record<string, PublicField>

const DATES: PublicFields = {
  createdAt: { filter: 'date', isSorted: true },
  updatedAt: { filter: 'date', isSorted: true },
}
const id: PublicField = { filter: 'id', isSorted: true }
const text: PublicField = { filter: 'text', isSorted: true }
const number: PublicField = { filter: 'number', isSorted: true }
const image: PublicField = { filter: 'id' }
const shown: PublicField = {}

/** The collections that everybody reads, with their public fields. Articles are filtered further: only published ones. */
export const PUBLIC_COLLECTIONS: Record<string, PublicFields> = {
  articles: {
    id,
    // Not sorted: SQLite would sort all there are for each page, and of articles there are many.
    title: { filter: 'translated' },
    slug: text,
    excerpt: { filter: 'translated' },
    heroImage: image,
    content: shown,
    // No filter: it would tell of hidden articles among them.
    relatedArticles: shown,
    authors: {
      filter: 'relation',
      related: { id: 'relation', slug: 'relatedText', name: 'relatedText', title: 'relatedText' },
    },
    topics: {
      filter: 'relation',
      related: { id: 'relation', slug: 'relatedText', name: 'relatedText' },
    },
    publishedAt: { filter: 'date', isSorted: true },
    // Always `published`.
    _status: { filter: 'text' },
    ...DATES,
  },
  authors: { id, name: text, slug: text, title: text, portrait: image, bio: { filter: 'text' }, ...DATES },
  topics: { id, name: text, slug: text, description: { filter: 'text' }, ...DATES },
  media: {
    id,
    alt: text,
    filename: text,
    mimeType: text,
    filesize: number,
    width: number,
    height: number,
    url: shown,
    thumbnailURL: shown,
    focalX: shown,
    focalY: shown,
    sizes: shown,
    ...DATES,
  },
}

/** Fields of the global `site` that everybody may select. */
export const PUBLIC_SITE: PublicFields = {
  id: shown,
  name: shown,
  tagline: shown,
  brandColor: shown,
  logo: shown,
  logoOnDark: shown,
  phone: shown,
  answerTime: shown,
  postalAddress: shown,
  consentText: shown,
  ...DATES,
}

/** The public fields of a collection; null for one that is for staff. */
export const publicFieldsOf = (collection: string): PublicFields | null =>
  Object.hasOwn(PUBLIC_COLLECTIONS, collection) ? (PUBLIC_COLLECTIONS[collection] ?? null) : null
