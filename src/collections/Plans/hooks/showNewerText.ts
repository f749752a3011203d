import type { FieldHook } from 'payload'
import { newestVersionOf } from '../../../deps.ts'
import { idOf } from '../../../content/idOf.ts'
import type { Plan } from '../../../payload-types.ts'

/** Null where what was asked for leaves out what it is made of. */
export const showNewerText: FieldHook<Plan> = async ({ data, req }): Promise<boolean | null> => {
  if (!data?.version || !data.article || data.status === 'done' || data.status === 'cancelled') return null
  return (await newestVersionOf({ req, id: idOf(data.article) })) !== data.version
}
