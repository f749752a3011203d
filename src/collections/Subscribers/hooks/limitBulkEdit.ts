import type { CollectionBeforeOperationHook } from 'payload'
import { refusal } from '../../../refusals/refusal.ts'

/** What may be given to many at once: what they follow, and in which language. */
const FIELDS = ['topics', 'locale']

/**
 * Staff, and programs, change many people at once in what they follow and their language alone. Who gets mail, at which address,
 * and what they agreed to is said for each person.
 */
export const limitBulkEdit: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'update' || !req.user || !isBulk(args)) return args
  const others = Object.entries(args.data ?? {}).flatMap(([name, value]) =>
    value === undefined || FIELDS.includes(name) ? [] : [name],
  )
  if (others.length === 0) return args
  throw refusal({
    req,
    code: 'bulk_edit_limited',
    status: 400,
    text: {
      en: `Many at once: only topics and language (topics, locale). Change ${others.join(', ')} one person at a time.`,
      sv: `Flera på en gång: bara ämnen och språk (topics, locale). Ändra ${others.join(', ')} en person i taget.`,
    },
    data: { fields: others },
  })
}

/** Whether it is about all that a condition finds, not about one by its id. */
const isBulk = (args: object): args is { where: unknown; data?: Record<string, unknown> } =>
  'where' in args && args.where !== undefined && !('id' in args && args.id !== undefined)
