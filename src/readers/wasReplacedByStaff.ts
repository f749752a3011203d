import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { addressHash } from '../newsletter/rules/addressHash.ts'
import type { Subscriber } from '../payload-types.ts'

/**
 * Whether staff gave the person another address than this one, so that they can take that back. Not when the person did:
 * then a form that was opened before it, or a program, would write the old one back.
 */
export async function wasReplacedByStaff({
  payload,
  reader,
  email,
}: {
  payload: Payload
  reader: Pick<Subscriber, 'id'>
  email: string
}): Promise<boolean> {
  const { secret } = depsOf(payload)
  const { totalDocs } = await payload.count({
    collection: 'consents',
    where: {
      subscriber: { equals: reader.id },
      source: { equals: 'staff' },
      formerAddressHash: { equals: addressHash({ secret, email }) },
    },
    overrideAccess: true,
  })
  return totalDocs > 0
}
