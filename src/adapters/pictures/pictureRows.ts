import type { BasePayload } from 'payload'
import type { FormerFile } from '../../media/pictureNames.ts'
import type { PictureForMail } from '../../media/keepMailFiles.ts'
import type { PictureRows } from '../../media/ports.ts'
import type { Media } from '../../payload-types.ts'

/** More are taken down nowhere; it bounds what one request for a file may read. */
const MOST_TAKEN_DOWN = 1_000

/**
 * Reads and writes as the system, past the hooks: what they check (texts, access) has nothing to do with the files, and an
 * old row that lacks a text must be cleaned too.
 */
export function payloadPictureRows(payload: BasePayload): PictureRows {
  const find = async (
    where: Parameters<BasePayload['db']['find']>[0]['where'],
    limit = 1,
  ): Promise<Media[]> => {
    const { docs } = await payload.db.find<Media>({ collection: 'media', where, limit, pagination: false })
    return docs
  }
  const write = ({ id, filename, data }: { id: Media['id']; filename?: string; data: Partial<Media> }) =>
    payload.db.updateOne({
      collection: 'media',
      where: { and: [{ id: { equals: id } }, ...(filename ? [{ filename: { equals: filename } }] : [])] },
      data,
      returning: false,
    })
  return {
    async findUncleaned() {
      const [found] = await find({
        and: [
          { cleanedAt: { exists: false } },
          { uncleanable: { exists: false } },
          { filename: { exists: true } },
        ],
      })
      return found?.filename ? { id: found.id, filename: found.filename } : null
    },
    async noteCleaned({ id, filename, now, facts }) {
      await write({ id: idOf(id), filename, data: { ...facts, cleanedAt: now.toISOString() } })
    },
    async noteUnreadable({ id, reason }) {
      await write({ id: idOf(id), data: { uncleanable: reason } })
    },
    async findUnreadable(limit) {
      const found = await find(
        { and: [{ uncleanable: { exists: true } }, { cleanedAt: { exists: false } }] },
        limit,
      )
      return found.map(({ filename }) => filename ?? '')
    },
    async findWithoutMailSizes() {
      const [found] = await find({
        and: [
          { mailSizesAt: { exists: false } },
          { cleanedAt: { exists: true } },
          { filename: { exists: true } },
        ],
      })
      return (found as PictureForMail | undefined) ?? null
    },
    async noteMailSizes({ id, filename, now, sizes, former, lookAt }) {
      const [found] = await find({ id: { equals: id } })
      const before = (found?.formerFiles ?? []) as unknown as FormerFile[]
      const data = {
        sizes: { ...found?.sizes, ...sizes },
        mailSizesAt: now.toISOString(),
        ...(former.length > 0 && {
          formerFiles: [...before, ...former],
          formerLookAt: lookAt.toISOString(),
        }),
      }
      await write({ id: idOf(id), filename, data: data as Partial<Media> })
    },
    async findWithFormer(now) {
      const [found] = await find({ formerLookAt: { less_than: now.toISOString() } })
      return found
        ? { id: found.id, formerFiles: (found.formerFiles ?? []) as unknown as FormerFile[] }
        : null
    },
    async keepFormer({ id, formerFiles, lookAt }) {
      const data = { formerFiles, formerLookAt: lookAt?.toISOString() ?? null }
      await write({ id: idOf(id), data: data as Partial<Media> })
    },
    async takeDown({ id, reason, at, by }) {
      const [found] = await find({ id: { equals: id } })
      const before = found?.takenDown
      const takenDown = before?.at ? { ...before, reason } : { reason, at: at.toISOString(), by }
      await write({ id: idOf(id), data: { takenDown } as Partial<Media> })
    },
    async findTakenDown() {
      return (await find({ 'takenDown.at': { exists: true } }, MOST_TAKEN_DOWN)) as never
    },
  }
}

/** Ids are of one kind in each database; the generated types know SQLite's. */
const idOf = (id: string | number) => id as Media['id']
