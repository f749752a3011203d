import { type Endpoint } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { addressHash } from '../../../newsletter/rules/addressHash.ts'
import { suppress } from '../../../suppressions/suppress.ts'
import { findByHash } from './findSuppression.ts'
import { emailField, readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { REASON_TEXTS, reasonField } from './reasonField.ts'

/**
 * `POST /api/suppressions/add` {email, reason} by an editor -> 200 {doc}: that address is not mailed any more. One that is
 * suppressed for a weightier reason keeps that. 400 with the field and what is wrong with it, 401, 403.
 */
export const addEndpoint: Endpoint = {
  path: '/add',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { email, reason: detail } = await readJsonBody(
      req,
      z.object({ email: emailField, reason: reasonField }),
      REASON_TEXTS,
    )
    const { clock, secret } = depsOf(req.payload)
    await suppress({ payload: req.payload, email, reason: 'manual', detail, now: clock.now() })
    return Response.json({ doc: await findByHash({ req, hash: addressHash({ secret, email }) }) })
  },
}
