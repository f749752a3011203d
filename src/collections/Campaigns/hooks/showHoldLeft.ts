import type { FieldHook } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Campaign } from '../../../payload-types.ts'

/** As the server's clock says: that of the reader's browser may differ. What was asked for may leave the rest out. */
export const showHoldLeft: FieldHook<Campaign> = async ({ data, req }): Promise<number | null> => {
  if (data?.id === undefined || (data.status && data.status !== 'holding')) return null
  const campaign =
    data.status && data.dueAt
      ? { status: data.status, dueAt: data.dueAt }
      : await req.payload.findByID({
          collection: 'campaigns',
          id: data.id,
          select: { status: true, dueAt: true },
          depth: 0,
          overrideAccess: true,
          disableErrors: true,
          req,
        })
  if (campaign?.status !== 'holding') return null
  const { clock } = depsOf(req.payload)
  return Math.max(0, new Date(campaign.dueAt).getTime() - clock.now().getTime())
}
