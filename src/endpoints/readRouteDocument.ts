import type { APIError, CollectionSlug, DataFromCollectionSlug, PayloadRequest } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import { refusal } from '../refusals/refusal.ts'

/** 404. The same for what does not exist and for what the caller may not see. */
export const notThere = (req: PayloadRequest): APIError =>
  refusal({
    req,
    code: 'not_there',
    status: 404,
    text: { en: 'There is no such thing.', sv: 'Det finns inte.' },
  })

/**
 * The document whose id stands in the address (`:id`), as whoever asks may see it.
 * @throws 404
 */
export async function readRouteDocument<Slug extends CollectionSlug>(
  req: PayloadRequest,
  { collection }: { collection: Slug },
): Promise<DataFromCollectionSlug<Slug>> {
  const id = toDocumentId({ payload: req.payload, text: String(req.routeParams?.id ?? '') })
  const found =
    id === null
      ? null
      : await req.payload.findByID({
          collection,
          id,
          depth: 0,
          overrideAccess: false,
          disableErrors: true,
          req,
        })
  if (!found) throw notThere(req)
  return found as DataFromCollectionSlug<Slug>
}
