import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { OVERRIDE_TEXTS, overrideField, readOverride } from '../../../endpoints/override.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { requireEditor } from '../../../access/requireEditor.ts'
import { idOf } from '../../../content/idOf.ts'
import { campaignsOf, depsOf, noteOverrideOf } from '../../../deps.ts'
import { controlCampaign } from '../../../newsletter/controlCampaign.ts'
import { isFollowed } from '../../../newsletter/followUp.ts'
import { forgiveGuard } from '../../../newsletter/forgiveGuard.ts'
import { CAMPAIGN_CONTROLS, type Control } from '../../../newsletter/rules/controls.ts'
import { stoppedCheck } from '../../../newsletter/rules/waitsForPublishing.ts'
import { controlsOf, describeRefusal } from './describeRefusal.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * `POST /api/campaigns/:id/{undo,send-now,pause,resume,cancel,retry,mail-again,leave}` by an editor -> 200 {doc}; 401, 403, 404; or 409
 * with the state, why it is not possible, and what may be asked instead. `resume` takes {override?: {checks: [code], reason}} by an
 * admin, to mail in spite of the stop of preflight that it waits for; of any other campaign that is 409.
 */
export const controlEndpoints: Endpoint[] = CAMPAIGN_CONTROLS.map((control) => ({
  path: `/:id/${control}`,
  method: 'post',
  handler: (req) => handleControl(req, control),
}))

async function handleControl(req: PayloadRequest, control: Control): Promise<Response> {
  requireEditor(req)
  const { campaign: before, ...then } = await readCampaign(req)
  const id = String(before.id)
  const override = control === 'resume' ? await readResumeOverride(req) : null
  const isAllowed =
    controlsOf({ ...before, ...then }).includes(control) &&
    (!override || stoppedCheck(before.problem?.code) !== null)
  // Written down first: the decision stands also when somebody else resumes the campaign after a failure here.
  if (isAllowed && override) await noteOverrideOf(req.payload, { id, override })
  if (isAllowed && control === 'resume') await forgiveGuard(depsOf(req.payload), id)
  const isMoved = isAllowed && (await controlCampaign(depsOf(req.payload), { id, control, ...moverOf(req) }))
  // What bounced while it was paused counts now.
  if (isMoved && control === 'resume') await depsOf(req.payload).guard(id)
  // Read once more: what it is now is what counts, whoever moved it.
  const { campaign, ...now } = await readCampaign(req)
  if (isMoved) return Response.json({ doc: campaign })
  const { text, ...data } = describeRefusal({ campaign: { ...campaign, ...now }, control })
  throw refusal({ req, code: 'campaign_state', status: 409, text, data })
}

const QUESTION = z.strictObject({ override: overrideField.optional() })

async function readResumeOverride(req: PayloadRequest) {
  const { override } = await readJsonBody(req, QUESTION, OVERRIDE_TEXTS)
  return readOverride(req, override)
}

async function readCampaign(req: PayloadRequest) {
  const campaign = await readRouteDocument(req, { collection: 'campaigns' })
  const editions = await campaignsOf(req).editions(String(idOf(campaign.article)))
  return { campaign, hasLaterEdition: isFollowed(campaign.edition, editions) }
}

const moverOf = ({ user }: PayloadRequest) => ({
  by: String(user?.id),
  byName: user?.collection === 'users' ? user.name : null,
})
