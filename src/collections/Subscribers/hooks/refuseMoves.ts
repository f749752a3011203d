import type { CollectionBeforeValidateHook } from 'payload'
import type { Subscriber } from '../../../payload-types.ts'
import type { RefusalCode } from '../../../refusals/codes.ts'
import { refuseField } from '../../../refusals/refusal.ts'
import { findSuppressed } from '../../../suppressions/findSuppressed.ts'

type Refusal = keyof typeof REFUSALS

const REFUSALS = {
  pending: {
    code: 'status_not_yours',
    path: 'status',
    sv: 'Bara personen kan be om att få bekräfta: med formuläret, som skickar en länk. Lägg till den som har samtyckt som ”Aktiv”, och ange var.',
    en: 'Only the person can ask to confirm: with the form, which mails them a link. Add as “active” who has agreed, and say where.',
  },
  suppressed: {
    code: 'suppressed_elsewhere',
    path: 'status',
    sv: 'Spärra en adress, eller häv spärren, under ”Spärrade adresser”.',
    en: 'Suppress an address, or lift that, under “Suppressions”.',
  },
  groundless: {
    code: 'consent_needed',
    path: 'consentSource',
    sv: 'Ange var personen bad om nyhetsbrevet på nytt; det som står här är vad personen har tagit tillbaka eller aldrig bekräftat.',
    en: 'Say where the person asked for the newsletter anew; what stands here is what they took back or never confirmed.',
  },
} satisfies Record<string, { code: RefusalCode; path: string; sv: string; en: string }>

/**
 * Staff change a status by saying why: nobody who left or waits gets the newsletter without a new consent source in the same
 * write, which a program that writes back what it read does not have. Who waits, and who is suppressed, staff do not decide.
 */
export const refuseMoves: CollectionBeforeValidateHook<Subscriber> = async ({
  data,
  originalDoc,
  operation,
  req,
}) => {
  if (!req.user || !data) return data
  const refusal = await refusalOf({
    data,
    before: operation === 'create' ? null : (originalDoc ?? null),
    payload: req.payload,
  })
  if (!refusal) return data
  const { code, path, ...text } = REFUSALS[refusal]
  throw refuseField({ req, code, collection: 'subscribers', path, text })
}

async function refusalOf({
  data,
  before,
  payload,
}: {
  data: Partial<Subscriber>
  before: Subscriber | null
  payload: Parameters<typeof findSuppressed>[0]['payload']
}): Promise<Refusal | null> {
  const { status: to } = data
  if (to === undefined || to === before?.status) return null
  if (to === 'pending' || to === 'suppressed') return to
  if (!before) return null
  if (before.status === 'suppressed') {
    const { email } = before
    // In earlier versions staff set the status alone, which there is nothing to lift of.
    if ((await findSuppressed({ payload, emails: [email] })).has(email)) return 'suppressed'
  }
  return to === 'active' && !hasNewGround({ data, before }) ? 'groundless' : null
}

const hasNewGround = ({ data, before }: { data: Partial<Subscriber>; before: Subscriber }): boolean => {
  const ground = String(data.consentSource ?? '').trim()
  return ground !== '' && ground !== (before.consentSource ?? '').trim()
}
