/** One spelling per address, whoever writes it: staff, the API or an import. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

/** The longest address that fits SMTP's path (RFC 5321 section 4.5.3.1.3, erratum 1690). */
const MAX_LENGTH = 254

/** Payload's own rule for an e-mail field (payload/dist/fields/validations.js), which exports no pattern. */
const PATTERN =
  /^(?!.*\.\.)[\w!#$%&'*+/=?^`{|}~-](?:[\w!#$%&'*+/=?^`{|}~.-]*[\w!#$%&'*+/=?^`{|}~-])?@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}$/i

/** Whether staff could save it in the admin, and a mail server could take it. */
export const isEmailAddress = (email: string): boolean => email.length <= MAX_LENGTH && PATTERN.test(email)
