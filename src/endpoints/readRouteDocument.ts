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
 * @param wanted.select the fields that are read; none: all, also those that are counted anew.
 * @throws 404
 */
export async function readRouteDocument<Slug extends CollectionSlug>(
  req: PayloadRequest,
  { collection, select }: { collection: Slug; select?: Record<string, true> },
): Promise<DataFromCollectionSlug<Slug>> {
  const id = toDocumentId({ payload: req.payload, text: String(req.routeParams?.id ?? '') })
  const found =
    id === null
      ? null
      : await req.payload.findByID({
          collection: collection as CollectionSlug,
          id,
          depth: 0,
          overrideAccess: false,
          disableErrors: true,
          select: select as undefined,
          req,
        })
  if (!found) throw notThere(req)
  return found as DataFromCollectionSlug<Slug>
}
