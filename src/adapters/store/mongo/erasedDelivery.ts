import type { ObjectId } from 'mongodb'

/** Who it went to is gone, its fate stays. The reference stays unique within its campaign, and names nobody. */
export const erasedDelivery = (id: ObjectId) => ({
  email: '',
  name: null,
  detail: null,
  providerId: null,
  subscriber: null,
  linkKey: null,
  subscriberRef: `erased-${id.toHexString()}`,
})
