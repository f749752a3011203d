import { type Endpoint } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { addressHash } from '../../../newsletter/rules/addressHash.ts'
import { emailField, readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { findByHash } from './findSuppression.ts'

/**
 * `POST /api/suppressions/lookup` {email} by an editor -> 200 {doc}: what is known of that very address, null when nothing.
 * The only way to one that was erased: nothing but its hash is kept. By POST, so that the address is in no log.
 */
export const lookupEndpoint: Endpoint = {
  path: '/lookup',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { email } = await readJsonBody(req, z.object({ email: emailField }))
    const { secret } = depsOf(req.payload)
    return Response.json({ doc: await findByHash({ req, hash: addressHash({ secret, email }) }) })
  },
}
