import type { DeliveryStatus } from '../../newsletter/model.ts'

/** The admin's list of one campaign's deliveries, all or those of one status. */
export function deliveriesUrl({
  adminRoute,
  campaignId,
  status,
}: {
  adminRoute: string
  campaignId: number | string
  status?: DeliveryStatus
}): string {
  const where = new URLSearchParams({ 'where[or][0][and][0][campaign][equals]': String(campaignId) })
  if (status) where.set('where[or][0][and][1][status][equals]', status)
  return `${adminRoute}/collections/deliveries?${where}`
}

export const campaignUrl = ({
  adminRoute,
  campaignId,
}: {
  adminRoute: string
  campaignId: number | string
}): string => `${adminRoute}/collections/campaigns/${campaignId}`

/** The list of the campaigns that can be undone. */
export const heldUrl = ({ adminRoute }: { adminRoute: string }): string =>
  `${adminRoute}/collections/campaigns?where[or][0][and][0][status][equals]=holding`

/** The file with every recipient's fate. */
export const receiptUrl = ({
  apiRoute,
  campaignId,
  format,
}: {
  apiRoute: string
  campaignId: number | string
  format: 'csv' | 'json'
}): string => `${apiRoute}/campaigns/${campaignId}/receipt?format=${format}`
