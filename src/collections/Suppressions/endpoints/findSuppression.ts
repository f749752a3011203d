import { type PayloadRequest } from 'payload'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import type { Suppression } from '../../../payload-types.ts'

/**
 * The suppression of an address, as whoever asks may see it; null when there never was one. Found by the system: nobody
 * may ask for the hash over the API.
 */
export async function findByHash({
  req,
  hash,
}: {
  req: PayloadRequest
  hash: string
}): Promise<Suppression | null> {
  const { docs } = await req.payload.find({
    collection: 'suppressions',
    where: { addressHash: { equals: hash } },
    select: {},
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0] ? findById({ req, id: docs[0].id }) : null
}

/** The suppression that the address names, as whoever asks may see it. @throws 404 */
export const readSuppression = (req: PayloadRequest): Promise<Suppression> =>
  readRouteDocument(req, { collection: 'suppressions' })

const findById = ({ req, id }: { req: PayloadRequest; id: number | string }): Promise<Suppression | null> =>
  req.payload.findByID({
    collection: 'suppressions',
    id,
    depth: 0,
    overrideAccess: false,
    disableErrors: true,
    req,
  })
