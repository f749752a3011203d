import type { Place } from './model.ts'

/**
 * Where everybody reads an article. A mail cannot be corrected: there it is the permanent address, which leads to the
 * article in the reader's language whatever its slug has become.
 */
export const articleUrl = ({
  id,
  slug,
  place,
}: {
  id: number | string
  slug: string
  place: Place
}): string =>
  place.isMail
    ? `${place.baseUrl}/a/${id}?l=${place.locale}`
    : `${place.baseUrl}/${place.locale}/articles/${encodeURIComponent(slug)}`
