import type { Payload, TextareaFieldValidation } from 'payload'
import { languageOf } from '../refusals/refusal.ts'
import { isEmailAddress, normaliseEmail } from '../subscribers/emailAddress.ts'

const MOST = 20

/** One address a line, as the setting `testAddresses` of the site keeps them. */
export const addressesIn = (written: string | null | undefined): string[] => [
  ...new Set((written ?? '').split(/[\n;]+/).flatMap((line) => normaliseEmail(line) || [])),
]

export const validateTestAddresses: TextareaFieldValidation = (value, { req }) => {
  const addresses = addressesIn(value)
  const wrong = addresses.find((address) => !isEmailAddress(address))
  const isSwedish = languageOf(req) === 'sv'
  if (wrong !== undefined)
    return isSwedish ? `${wrong}: det är ingen e-postadress.` : `${wrong}: this is no e-mail address.`
  if (addresses.length > MOST) return isSwedish ? `Högst ${MOST} adresser.` : `At most ${MOST} addresses.`
  return true
}

/** The addresses that every member of staff may send test mails to. */
export async function readTestAddresses(payload: Payload): Promise<string[]> {
  const { testAddresses } = await payload.findGlobal({
    slug: 'site',
    select: { testAddresses: true },
    depth: 0,
    overrideAccess: true,
  })
  return addressesIn(testAddresses)
}
