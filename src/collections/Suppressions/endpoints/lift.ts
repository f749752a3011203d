import type { Endpoint } from 'payload'
import { z } from 'zod'
import { requireAdmin } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { isHashOnly } from '../../../newsletter/rules/isHashOnly.ts'
import { liftSuppression } from '../../../suppressions/liftSuppression.ts'
import { readSuppression } from './findSuppression.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { REASON_TEXTS, reasonField } from './reasonField.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * `POST /api/suppressions/:id/lift` {reason} by an admin -> 200 {doc}: the address may be mailed again. 400 without a reason,
 * 401, 403, 404; 409 for one that is lifted, or of somebody who was erased or moved: they come back by
 * themselves only.
 */
export const liftEndpoint: Endpoint = {
  path: '/:id/lift',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const { reason } = await readJsonBody(req, z.object({ reason: reasonField }), REASON_TEXTS)
    const { clock } = depsOf(req.payload)
    const { email, reason: suppressedFor } = await readSuppression(req)
    if (isHashOnly(suppressedFor) || !email)
      throw refusal({
        req,
        code: 'owner_left',
        status: 409,
        text: suppressedFor === 'moved' ? OWNER_MOVED : OWNER_ERASED,
        data: { reason: suppressedFor },
      })
    const by = req.user && { id: String(req.user.id), name: req.user.name || req.user.email }
    const isLifted = await liftSuppression({ payload: req.payload, email, by, reason, now: clock.now() })
    const doc = await readSuppression(req)
    if (isLifted) return Response.json({ doc })
    const data = { liftedAt: doc.liftedAt ?? null }
    throw refusal({ req, code: 'lifted_already', status: 409, text: LIFTED_ALREADY, data })
  },
}

const LIFTED_ALREADY = { en: 'This suppression is lifted already.', sv: 'Spärren är redan hävd.' }
const OWNER_ERASED = {
  en: 'This person was erased. They come back when they ask for the newsletter and confirm it themselves.',
  sv: 'Personen är raderad. Hen kommer tillbaka genom att själv be om nyhetsbrevet och bekräfta det.',
}
const OWNER_MOVED = {
  en: 'Its owner changed to another address. They come back when they ask for the newsletter there and confirm it themselves.',
  sv: 'Personen har bytt till en annan adress. Hen kommer tillbaka genom att själv be om nyhetsbrevet dit och bekräfta det.',
}
