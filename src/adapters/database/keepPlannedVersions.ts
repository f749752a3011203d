import type { BaseDatabaseAdapter, DatabaseAdapterObj, Where } from 'payload'
import { OPEN_STATUSES } from '../../plans/model.ts'

/**
 * Keeps the version that a plan will publish as it was planned. Payload deletes the oldest versions of an article beyond a
 * number: this one stays. Payload overwrites the newest version when an article is unpublished: here that adds a version.
 */
export const keepPlannedVersions = <Adapter extends BaseDatabaseAdapter>(
  inner: DatabaseAdapterObj<Adapter>,
): DatabaseAdapterObj<Adapter> => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const { createVersion, deleteVersions, updateVersion } = adapter
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
    const keepingUpdate = async (input: Parameters<typeof updateVersion>[0]) => {
      const { parent, version, updatedAt, createdAt } = input.versionData as VersionData
      const isPlanned =
        input.collection === 'articles' &&
        'id' in input &&
        parent !== undefined &&
        (await openPlansOf(db, parent)).includes(String(input.id))
      if (!isPlanned) return updateVersion.call(adapter, input)
      const now = new Date().toISOString()
      return createVersion.call(adapter, {
        ...{ collectionSlug: 'articles', parent, autosave: false, versionData: version as never },
        ...{ createdAt: String(createdAt ?? now), updatedAt: String(updatedAt ?? now) },
        ...(input.req && { req: input.req }),
      })
    }
    Object.assign(db, { updateVersion: keepingUpdate })
    return adapter
  },
})

/** @returns none where all versions of an article go. */
async function plannedOf(db: BaseDatabaseAdapter, where: Where): Promise<string[]> {
  const { parent, updatedAt } = where as { parent?: { equals?: unknown }; updatedAt?: unknown }
  return parent?.equals === undefined || updatedAt === undefined ? [] : openPlansOf(db, parent.equals)
}

interface VersionData {
  parent?: string | number
  version?: object
  createdAt?: unknown
  updatedAt?: unknown
}

/** The versions that the open plans of an article name. */
async function openPlansOf(db: BaseDatabaseAdapter, article: unknown): Promise<string[]> {
  const { docs } = await db.find<{ id: string; version?: string | null }>({
    collection: 'plans',
    where: { article: { equals: article as string }, status: { in: [...OPEN_STATUSES] } },
    pagination: false,
    limit: 10,
  })
  return docs.flatMap(({ version }) => version ?? [])
}
