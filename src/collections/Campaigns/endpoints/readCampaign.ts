import { APIError, type PayloadRequest } from 'payload'
import { isEditor } from '../../../access/isEditor.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import type { Campaign } from '../../../payload-types.ts'

/** @throws 401 or 403 for everybody but editors and admins. */
export function requireEditor(req: PayloadRequest): void {
  if (!isEditor({ req })) throw new APIError('Only an editor or an admin may do this.', req.user ? 403 : 401)
}

/** The campaign that the address names, as whoever asks may see it. @throws 404 */
export async function readCampaign(req: PayloadRequest): Promise<Campaign> {
  const id = toDocumentId({ payload: req.payload, text: String(req.routeParams?.id ?? '') })
  const campaign =
    id === null
      ? null
      : await req.payload.findByID({
          collection: 'campaigns',
          id,
          depth: 0,
          overrideAccess: false,
          disableErrors: true,
          req,
        })
  if (!campaign) throw new APIError('There is no such campaign.', 404, null, true)
  return campaign
}
