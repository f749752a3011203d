import type { BaseDatabaseAdapter, DatabaseAdapterObj, Where } from 'payload'
import { OPEN_STATUSES } from '../../plans/model.ts'

/** Payload keeps so many versions of an article and deletes the oldest: not the one that a plan is to publish. */
export const keepPlannedVersions = <Adapter extends BaseDatabaseAdapter>(
  inner: DatabaseAdapterObj<Adapter>,
): DatabaseAdapterObj<Adapter> => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const { deleteVersions } = adapter
    const db: BaseDatabaseAdapter = adapter
    db.deleteVersions = async (input) => {
      const planned = input.collection === 'articles' ? await plannedOf(db, input.where) : []
      return deleteVersions.call(
        adapter,
        planned.length === 0
          ? input
          : { ...input, where: { and: [input.where, { id: { not_in: planned } }] } as Where },
      )
    }
    return adapter
  },
})

/** @returns none where all versions of an article go. */
async function plannedOf(db: BaseDatabaseAdapter, where: Where): Promise<string[]> {
  const { parent, updatedAt } = where as { parent?: { equals?: unknown }; updatedAt?: unknown }
  if (parent?.equals === undefined || updatedAt === undefined) return []
  const { docs } = await db.find<{ id: string; version?: string | null }>({
    collection: 'plans',
    where: { article: { equals: parent.equals as string }, status: { in: [...OPEN_STATUSES] } },
    pagination: false,
    limit: 10,
  })
  return docs.flatMap(({ version }) => version ?? [])
}
