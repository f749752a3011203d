import type { Payload } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id } from '../../newsletter/model.ts'
import type { Import } from '../../payload-types.ts'
import { LATE_MS, type ImportRuns } from '../../subscribers/importRuns.ts'

/** What is done with those whom an import added, by statements of each database. */
export type ImportedPeople = Pick<ImportRuns, 'removeNext' | 'tidy' | 'countKept'> & {
  countAdded: (id: Id) => Promise<number>
}

/** The rows of imports by way of Payload. Writes as the system: who may import was checked by the caller. */
export const payloadImportRuns = ({
  payload,
  people,
}: {
  payload: Payload
  people: ImportedPeople
}): ImportRuns => {
  const is = (id: Id) => ({ id: { equals: toDocumentId({ payload, text: id }) } })
  const find = async (id: Id): Promise<Import | null> => {
    const { docs } = await payload.find({ collection: 'imports', where: is(id), ...ONE })
    return docs[0] ?? null
  }
  return {
    ...people,
    async begin({ file, by, now }) {
      const { id } = await payload.create({
        collection: 'imports',
        data: { file, byName: by?.name ?? null, startedAt: now.toISOString() },
        depth: 0,
        overrideAccess: true,
      })
      return String(id)
    },

    isOpen: async (id) => !(await find(id))?.undoAskedAt,

    async finish({ id, counts, now }) {
      await payload.db.updateOne({
        collection: 'imports',
        where: is(id),
        data: { finishedAt: now.toISOString(), counts: { ...counts } },
        returning: false,
      })
    },

    async read(id) {
      const run = await find(id)
      if (!run) return null
      const { startedAt, undoAskedAt, undoneAt } = run
      return {
        id: String(run.id),
        startedAt: new Date(startedAt),
        undoAskedAt: undoAskedAt ? new Date(undoAskedAt) : null,
        undoneAt: undoneAt ? new Date(undoneAt) : null,
      }
    },

    async askUndo({ id, by, since, now }) {
      const asked = await payload.db.updateOne({
        collection: 'imports',
        where: {
          and: [
            is(id),
            { undoAskedAt: { exists: false } },
            { startedAt: { greater_than: since.toISOString() } },
          ],
        },
        data: { undoAskedAt: now.toISOString(), undoneByName: by?.name ?? null },
      })
      return Boolean(asked)
    },

    async findUndoing(now) {
      const lately = new Date(now.getTime() - LATE_MS).toISOString()
      const { docs } = await payload.find({
        collection: 'imports',
        where: {
          undoAskedAt: { exists: true },
          or: [{ undoneAt: { exists: false } }, { undoneAt: { greater_than: lately } }],
        },
        select: {},
        ...ALL,
      })
      return docs.map(({ id }) => String(id))
    },

    async removeNext(run, after) {
      // Before anybody is removed, and once: so many it had added.
      if (after === null)
        await payload.db.updateOne({
          collection: 'imports',
          where: { and: [is(run.id), { added: { exists: false } }] },
          data: { added: await people.countAdded(run.id) },
          returning: false,
        })
      return people.removeNext(run, after)
    },

    async endUndo({ id, kept, now }) {
      const { docs } = await payload.find({
        collection: 'imports',
        where: is(id),
        showHiddenFields: true,
        ...ONE,
      })
      const removed = Math.max((docs[0]?.added ?? 0) - kept.mailed - kept.changed, 0)
      await payload.db.updateOne({
        collection: 'imports',
        where: { and: [is(id), { undoneAt: { exists: false } }] },
        data: { undoneAt: now.toISOString(), undone: { removed, ...kept } },
        returning: false,
      })
    },
  }
}

const ALL = { depth: 0, pagination: false, limit: 0, overrideAccess: true } as const
const ONE = { ...ALL, limit: 1 } as const
