import { APIError, type CollectionSlug, type DataFromCollectionSlug, type PayloadRequest } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'

/**
 * The document whose id stands in the address (`:id`), as whoever asks may see it.
 * @param asked.noun what the answer calls it when there is none.
 * @throws 404
 */
export async function readRouteDocument<Slug extends CollectionSlug>(
  req: PayloadRequest,
  { collection, noun }: { collection: Slug; noun: string },
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
  if (!found) throw new APIError(`There is no such ${noun}.`, 404, null, true)
  return found as DataFromCollectionSlug<Slug>
}
