import type { Place } from './model.ts'

/** Where everybody reads an article. */
export const articleUrl = ({ slug, place }: { slug: string; place: Place }): string =>
  `${place.baseUrl}/${place.locale}/articles/${encodeURIComponent(slug)}`
