import type { PayloadRequest } from 'payload'
import { inEvenTime } from '../../limits/inEvenTime.ts'
import { readFormInput } from '../../limits/readFormInput.ts'
import { askToChangeAddress, confirmAddress, type AddressConfirmation } from '../../readers/changeAddress.ts'
import { fieldProblem, rule } from '../../readers/fieldRules.ts'
import { isEmailAddress, normaliseEmail } from '../../subscribers/emailAddress.ts'
import { BODY_TOO_LARGE, INPUT_INVALID, type Problem } from '../reader/answers.ts'
import { answerReader } from './answerReader.ts'
import { asReader } from './asReader.ts'

/** `POST /api/preferences/address` {email}: see preferencesEndpoints. */
export async function takeNewAddress(req: PayloadRequest): Promise<Response> {
  const { payload } = req
  const { isTooLong, values } = await readFormInput(req)
  const email = normaliseEmail(typeof values?.email === 'string' ? values.email : '')
  const answer = await asReader(req, { what: 'preferences.address' }, async ({ reader, now }) => {
    if (isTooLong) return BODY_TOO_LARGE
    if (!isEmailAddress(email)) return NO_ADDRESS
    await inEvenTime(payload, () => askToChangeAddress({ payload, reader, email, now }))
    return { status: 'asked' }
  })
  return answerReader(req, { done: 'asked', answer })
}

/** `POST /api/preferences/address/confirm`, with the link that was mailed to the new address. */
export async function confirmNewAddress(req: PayloadRequest): Promise<Response> {
  const asked = { what: 'preferences.confirm_address', purpose: 'confirm-address' } as const
  const answer = await asReader(req, asked, async ({ reader, data, now }) => {
    const confirmation = await confirmAddress({ payload: req.payload, reader, data, now })
    return confirmation === 'done' ? { status: 'changed' } : PROBLEMS[confirmation]
  })
  return answerReader(req, { done: 'changed', answer, path: '/confirm-address' })
}

const NO_ADDRESS: Problem = {
  ...INPUT_INVALID,
  fields: [fieldProblem({ field: 'email', message: rule('emailLike') })],
}

const PROBLEMS: Record<Exclude<AddressConfirmation, 'done'>, Problem> = {
  used: {
    status: 410,
    code: 'link_used',
    text: {
      en: 'The address has been changed since this link was made. Ask for the change again.',
      sv: 'Adressen har ändrats sedan länken gjordes. Be om ändringen igen.',
    },
  },
  taken: {
    status: 409,
    code: 'address_not_free',
    text: {
      en: 'The newsletter cannot be moved to this address. Nothing was changed.',
      sv: 'Nyhetsbrevet kan inte flyttas till den här adressen. Inget har ändrats.',
    },
  },
}
