import type { APIError, PayloadRequest } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import { refusal } from '../refusals/refusal.ts'
import { tagOf } from './base.ts'

/** The answer to a save on top of a newer one. `data.savedBy` is null when nobody knows, or the account is gone. */
export interface StaleSave {
  savedBy: { id: string | number; name: string } | null
  /** Whether it was the same person, in another window or by a script. */
  isOwn: boolean
  savedAt: string
  /** What a save that is meant to replace the newer one names in If-Match. */
  etag: string
}

/** @returns the refusal: 409, who saved and when. */
export async function staleSave({
  req,
  by,
  at,
}: {
  req: PayloadRequest
  /** The user. */
  by: string | null
  /** Milliseconds since 1970. */
  at: number
}): Promise<APIError> {
  const savedAt = new Date(at).toISOString()
  const savedBy = by === null ? null : await findUser({ req, by })
  const time = `${savedAt.slice(0, 16).replace('T', ' ')} UTC`
  const isOwn = savedBy !== null && savedBy.id === req.user?.id
  const who = {
    sv: isOwn ? 'Du har själv' : `${savedBy?.name ?? 'Någon annan'} har`,
    en: isOwn ? 'You yourself' : (savedBy?.name ?? 'Somebody else'),
  }
  const data: StaleSave = { savedBy, isOwn, savedAt, etag: tagOf(savedAt) }
  return refusal({
    req,
    code: 'save_stale',
    status: 409,
    text: {
      sv: `${who.sv} sparat en nyare version (${time}) efter den som du utgick från. Din ändring är inte sparad: läs in den nya versionen och för in ändringen i den.`,
      en: `${who.en} saved a newer version (${time}) after the one you started from. Your change is not saved: load the new version and make the change in it.`,
    },
    data: { ...data },
  })
}

async function findUser({ req, by }: { req: PayloadRequest; by: string }): Promise<StaleSave['savedBy']> {
  const { payload } = req
  const id = toDocumentId({ payload, text: by })
  if (id === null) return null
  const user = await payload.findByID({
    collection: 'users',
    id,
    select: { name: true },
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
    req,
  })
  return user ? { id: user.id, name: user.name } : null
}
