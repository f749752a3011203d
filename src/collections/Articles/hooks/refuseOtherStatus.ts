import type { CollectionBeforeValidateHook } from 'payload'
import { refuseField } from '../../../refusals/refusal.ts'

/**
 * An article is a draft or published. Payload takes any other text for a draft, whose fields it does not look at, and keeps it.
 * @throws 400 that names the field.
 */
export const refuseOtherStatus: CollectionBeforeValidateHook = ({ data, req }) => {
  const status: unknown = data?._status
  if (status === undefined || status === null || status === 'draft' || status === 'published') return data
  throw refuseField({
    req,
    code: 'status_unknown',
    collection: 'articles',
    path: '_status',
    text: { sv: '_status: draft eller published.', en: '_status: draft or published.' },
  })
}
