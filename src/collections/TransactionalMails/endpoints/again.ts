import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { REQUEUED_FROM } from '../../../newsletter/rules/transitions.ts'
import { mayBeMailed } from '../../../newsletter/rules/whyUnwanted.ts'
import type { TransactionalMail } from '../../../payload-types.ts'
import { findSuppressed } from '../../../suppressions/findSuppressed.ts'

/**
 * `POST /api/transactional-mails/:id/again` by an editor -> 200 {doc}: one that was refused, or of which nobody can know, is
 * handed over once more, under a new key: the person may get it twice. 401, 403, 404; 409 {status} for one in another
 * state, {status, suppressed: true} for one to an address that must not be mailed, and {status, expired: true} for one that
 * would come too late.
 */
export const againEndpoint: Endpoint = {
  path: '/:id/again',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { store, clock, randomId } = depsOf(req.payload)
    const { id, kind, email, status } = await readMail(req)
    const suppressed = await findSuppressed({ payload: req.payload, emails: [email] })
    if (!mayBeMailed({ kind, suppression: suppressed.get(email) ?? null }))
      throw new APIError(SUPPRESSED, 409, { status, suppressed: true }, true)
    if (await isExpired({ req, id })) throw new APIError(EXPIRED, 409, { status, expired: true }, true)
    const isQueued = await store.requeueTransactionalMail({
      id: String(id),
      newKey: `mail-${randomId()}`,
      now: clock.now(),
    })
    const mail = await readMail(req)
    if (isQueued) return Response.json({ doc: mail })
    throw new APIError(refusalOf(mail), 409, { status: mail.status }, true)
  },
}

const SUPPRESSED =
  'The address is suppressed, so that nothing is mailed to it. Under Suppressions an admin can lift that.'

const EXPIRED =
  'What this mail is about has expired, so that it is not handed over any more: have a new one made.'

/** Read as the system: until when it is of use is shown to nobody. */
async function isExpired({
  req: { payload },
  id,
}: {
  req: PayloadRequest
  id: TransactionalMail['id']
}): Promise<boolean> {
  const { validUntil } = await payload.findByID({
    collection: 'transactional-mails',
    id,
    select: { validUntil: true },
    depth: 0,
    overrideAccess: true,
  })
  return Boolean(validUntil) && new Date(validUntil ?? 0) <= depsOf(payload).clock.now()
}

const refusalOf = ({ status }: TransactionalMail): string =>
  REQUEUED_FROM.some((from) => from === status)
    ? 'The content of this mail was removed, so that it cannot be handed over again: have a new one made.'
    : `The mail is ${status}. again is for one that is rejected or uncertain.`

const readMail = (req: PayloadRequest) =>
  readRouteDocument(req, { collection: 'transactional-mails', noun: 'mail' })
