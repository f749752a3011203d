import type { CollectionBeforeOperationHook } from 'payload'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * Readers sort by what an article itself says. Payload asks no access of what a sort goes through: the order would tell
 * of drafts among the related articles, and of the owner.
 * @throws 400 that names the parameter.
 */
export const refuseSortByRelation: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'read' || req.user || args.overrideAccess) return args
  const asked = 'sort' in args ? [args.sort ?? []].flat() : []
  const sorts = asked.flatMap((sort) => sort.split(','))
  const refused = sorts.find((sort) => /^-?(relatedArticles|owner)\b|\./.test(sort.trim()))
  if (refused)
    throw refusal({
      req,
      status: 400,
      text: {
        en: `sort: “${refused}” is not a field to sort by.`,
        sv: `sort: ”${refused}” är inget fält att sortera efter.`,
      },
    })
  return args
}
