import type { Endpoint, PayloadRequest } from 'payload'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { REQUEUED_FROM } from '../../../newsletter/rules/transitions.ts'
import { mayBeMailed } from '../../../newsletter/rules/whyUnwanted.ts'
import type { TransactionalMail } from '../../../payload-types.ts'
import { deliveryStatusLabels } from '../../labels.ts'
import { findSuppressed } from '../../../suppressions/findSuppressed.ts'
import { refusal } from '../../../refusals/refusal.ts'

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
    const refuse = (why: Pick<Parameters<typeof refusal>[0], 'code' | 'text' | 'data'>) =>
      refusal({ req, status: 409, ...why })
    const { id, kind, email, status } = await readMail(req)
    const suppressed = await findSuppressed({ payload: req.payload, emails: [email] })
    if (!mayBeMailed({ kind, suppression: suppressed.get(email) ?? null }))
      throw refuse({ code: 'address_suppressed', text: SUPPRESSED, data: { status, suppressed: true } })
    if (await isExpired({ req, id }))
      throw refuse({ code: 'mail_expired', text: EXPIRED, data: { status, expired: true } })
    const isQueued = await store.requeueTransactionalMail({
      id: String(id),
      newKey: `mail-${randomId()}`,
      now: clock.now(),
    })
    const mail = await readMail(req)
    if (isQueued) return Response.json({ doc: mail })
    throw refuse({ code: 'mail_state', text: whyNot(mail), data: { status: mail.status } })
  },
}

const SUPPRESSED = {
  en: 'The address is suppressed, so that nothing is mailed to it. Under Suppressions an admin can lift that.',
  sv: 'Adressen är spärrad, så inget skickas dit. En administratör kan häva spärren under Spärrade adresser.',
}

const EXPIRED = {
  en: 'What this mail is about has expired, so that it is not handed over any more: have a new one made.',
  sv: 'Det som brevet gäller har gått ut, så det lämnas inte över mer. Låt göra ett nytt.',
}

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

const whyNot = ({ status }: TransactionalMail): Record<Locale, string> =>
  REQUEUED_FROM.some((from) => from === status)
    ? {
        en: 'The content of this mail was removed, so that it cannot be handed over again: have a new one made.',
        sv: 'Brevets innehåll är borttaget, så det kan inte lämnas över igen. Låt göra ett nytt.',
      }
    : {
        en: `The mail is ${status}. again is for one that is rejected or uncertain.`,
        sv: `Brevet är i läget ”${deliveryStatusLabels[status].sv}”. Bara ett som är nekat eller ovisst kan skickas igen.`,
      }

const readMail = (req: PayloadRequest) => readRouteDocument(req, { collection: 'transactional-mails' })
