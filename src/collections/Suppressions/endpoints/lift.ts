import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { isAdmin } from '../../../access/isAdmin.ts'
import { depsOf } from '../../../deps.ts'
import { isHashOnly } from '../../../newsletter/rules/isHashOnly.ts'
import { liftSuppression } from '../../../suppressions/liftSuppression.ts'
import { readSuppression } from './findSuppression.ts'
import { readBody, reasonField } from './readBody.ts'

/**
 * `POST /api/suppressions/:id/lift` {reason} by an admin -> 200 {doc}: the address may be mailed again. 400 without a reason,
 * 401, 403, 404; 409 for one that is lifted, or of somebody who was erased or moved: they come back by
 * themselves only.
 */
export const liftEndpoint: Endpoint = {
  path: '/:id/lift',
  method: 'post',
  handler: async (req) => {
    if (!isAdmin({ req })) throw new APIError('Only an admin may do this.', req.user ? 403 : 401, null, true)
    const { reason } = await readBody(req, z.object({ reason: reasonField }))
    const { clock } = depsOf(req.payload)
    const { email, reason: suppressedFor } = await readSuppression(req)
    if (isHashOnly(suppressedFor) || !email)
      throw new APIError(
        suppressedFor === 'moved' ? OWNER_MOVED : OWNER_ERASED,
        409,
        { reason: suppressedFor },
        true,
      )
    const by = req.user && { id: String(req.user.id), name: req.user.name || req.user.email }
    const isLifted = await liftSuppression({ payload: req.payload, email, by, reason, now: clock.now() })
    const doc = await readSuppression(req)
    if (isLifted) return Response.json({ doc })
    throw new APIError('This suppression is lifted already.', 409, { liftedAt: doc.liftedAt ?? null }, true)
  },
}

const OWNER_ERASED =
  'This person was erased. They come back when they ask for the newsletter and confirm it themselves.'
const OWNER_MOVED =
  'Its owner changed to another address. They come back when they ask for the newsletter there and confirm it themselves.'
