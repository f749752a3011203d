import type { Payload } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { pathOfFile } from '../../files/filePaths.ts'
import type { FileRows } from '../../files/ports.ts'

/** Reads as the system, whoever saves: a block shows what everybody may know of a file. */
export const payloadFileRows = (payload: Payload): FileRows => ({
  async findFacts(ids) {
    const known = [...new Set(ids)].flatMap((text) => toDocumentId({ payload, text }) ?? [])
    if (known.length === 0) return new Map()
    const { docs } = await payload.find({
      collection: 'files',
      where: { id: { in: known } },
      select: { title: true, filename: true, filesize: true },
      depth: 0,
      pagination: false,
      overrideAccess: true,
    })
    return new Map(
      docs.flatMap(({ id, title, filename, filesize }) =>
        filename
          ? [[String(id), { title: title ?? '', url: pathOfFile(filename), bytes: filesize ?? 0 }] as const]
          : [],
      ),
    )
  },
})
