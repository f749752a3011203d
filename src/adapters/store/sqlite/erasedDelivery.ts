/** Who it went to is gone, its fate stays. The reference stays unique within its campaign, and names nobody. */
export const ERASED_DELIVERY = `email = '', name = NULL, detail = NULL, provider_id = NULL,
    subscriber_id = NULL, link_key = NULL, subscriber_ref = 'erased-' || id`
