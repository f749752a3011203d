import { keyedHash } from './keyedHash.ts'

/**
 * An address as a suppression knows it: nobody who has the database, but not the secret, can tell whether an address is
 * among them, not even by trying all that there are.
 * @param email normalised: see subscribers/emailAddress.ts.
 * @returns 43 characters of base64url.
 */
export const addressHash = ({ secret, email }: { secret: string; email: string }): string =>
  hash({ secret, text: email })

const hash = keyedHash('utskick address hash v1')
