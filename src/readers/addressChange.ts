import { addressHash } from '../newsletter/rules/addressHash.ts'

/**
 * What a link to confirm a new address says besides whom it is for: the new address, and which one it takes the place of
 * (as its hash, so that the link gives no address away), so that it works once.
 */
export const addressChange = ({ secret, from, to }: { secret: string; from: string; to: string }): string =>
  `${addressHash({ secret, email: from })} ${to}`

/** Which address (as its hash) and the new one; null for what no link of ours says. */
export function partsOfChange(data: string | null): { formerAddressHash: string; email: string } | null {
  const [formerAddressHash, email] = (data ?? '').split(' ')
  return formerAddressHash && email ? { formerAddressHash, email } : null
}

/** The new address, when the link was made for a person with this address; null when they have another one since. */
export function readAddressChange({
  secret,
  data,
  current,
}: {
  secret: string
  data: string | null
  current: string
}): string | null {
  const change = partsOfChange(data)
  return change?.formerAddressHash === addressHash({ secret, email: current }) ? change.email : null
}
