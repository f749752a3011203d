import type { EmailField } from 'payload'
import { hasForeignLocalPart, isEmailAddress, normaliseEmail } from '../subscribers/emailAddress.ts'

/**
 * How an e-mail field takes an address in any spelling and keeps the one that mail servers know: see subscribers/emailAddress.
 * Payload's own rule refuses domains with letters outside a-z.
 */
export const storedEmail: Pick<EmailField, 'validate' | 'hooks'> = {
  hooks: {
    beforeValidate: [
      ({ value }: { value?: unknown }) =>
        typeof value === 'string' && value !== '' ? normaliseEmail(value) : value,
    ],
  },
  validate: (value, { req, required }) => {
    const isSwedish = req.i18n.language === 'sv'
    const email = typeof value === 'string' ? normaliseEmail(value) : ''
    if (email === '') {
      if (!required && (value === null || value === undefined || value === '')) return true
      return isSwedish ? 'Skriv en e-postadress.' : 'Give an e-mail address.'
    }
    if (isEmailAddress(email)) return true
    if (hasForeignLocalPart(email))
      return isSwedish
        ? 'Före @ går bara bokstäverna a–z, siffror och vissa tecken.'
        : 'Before the @ only the letters a–z, digits and some signs work.'
    return isSwedish
      ? 'Det är ingen e-postadress som anna@exempel.se.'
      : 'This is no e-mail address such as anna@example.com.'
  },
}
