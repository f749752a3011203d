import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { isEditor } from '../../../access/isEditor.ts'
import { depsOf } from '../../../deps.ts'
import { controlCampaign } from '../../../newsletter/controlCampaign.ts'
import { CONTROLS, type Control } from '../../../newsletter/rules/campaignMoves.ts'

/** `POST /api/campaigns/:id/{pause,resume,cancel,retry}` by an editor -> 200 {doc}, 404, or 409 with the reason. */
export const controlEndpoints: Endpoint[] = (Object.keys(CONTROLS) as Control[]).map((control) => ({
  path: `/:id/${control}`,
  method: 'post',
  handler: (req) => handleControl(req, control),
}))

async function handleControl(req: PayloadRequest, control: Control): Promise<Response> {
  if (!isEditor({ req })) throw new APIError('Only an editor or an admin may do this.', req.user ? 403 : 401)
  const id = String(req.routeParams?.id ?? '')
  const campaign = await readCampaign(req, id)
  const isMoved = await controlCampaign(depsOf(req.payload), { id: String(campaign.id), control })
  if (!isMoved)
    throw new APIError(
      `A campaign that is ${campaign.status} cannot be moved by “${control}”.`,
      409,
      null,
      true,
    )
  return Response.json({ doc: await readCampaign(req, id) })
}

const readCampaign = (req: PayloadRequest, id: string) =>
  req.payload.findByID({ collection: 'campaigns', id, depth: 0, overrideAccess: false, req })
