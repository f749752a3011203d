import {
  addDataAndFileToRequest,
  type CollectionSlug,
  type Endpoint,
  type GlobalSlug,
  type PayloadRequest,
  type Where,
} from 'payload'
import { z } from 'zod'
import { requireStaff } from '../access/requireEditor.ts'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { User } from '../payload-types.ts'
import { ORDERED_COLLECTIONS, ORDERED_GLOBALS } from '../saving/orderSaves.ts'
import { documentName } from '../saving/turns.ts'
import { notThere } from './readRouteDocument.ts'

/** A window that closes says so; one that is cut off is forgotten after this. */
const FORGOTTEN_AFTER_MS = 60_000

/** Somebody else who has the document open, or the same person in another window. */
export interface Present {
  name: string
  isOwn: boolean
}

interface Asked {
  owner: string
  id: string | number | undefined
  window: string
  isHere: boolean
}

/**
 * `POST /api/presence` {owner, id?, window, isHere}: a window of the admin says that it has a document open, and learns who
 * else has. `owner` is a collection or a global that several people write in.
 */
export const presenceEndpoints: Endpoint[] = [
  {
    path: '/presence',
    method: 'post',
    handler: async (req) => {
      requireStaff(req)
      const asked = await readAsked(req)
      await findDocument(req, asked)
      await note(req, asked)
      return Response.json({ others: asked.isHere ? await findOthers(req, asked) : [] } satisfies {
        others: Present[]
      })
    },
  },
]

const QUESTION = z.object({
  owner: z.enum([...ORDERED_COLLECTIONS, ...ORDERED_GLOBALS]),
  id: z.union([z.string().max(64), z.number()]).optional(),
  window: z.string().regex(/^[\w-]{16,64}$/),
  isHere: z.boolean().default(true),
})

/** @throws 404 for what the admin never asks. */
async function readAsked(req: PayloadRequest): Promise<Asked> {
  await addDataAndFileToRequest(req)
  const { data } = QUESTION.safeParse(req.data)
  if (!data) throw notThere(req)
  const { id, ...asked } = data
  if (ORDERED_GLOBALS.includes(asked.owner)) return { ...asked, id: undefined }
  const documentId = id === undefined ? null : toDocumentId({ payload: req.payload, text: String(id) })
  if (documentId === null) throw notThere(req)
  return { ...asked, id: documentId }
}

/** @throws 404 for what the person may not read, as for what is not there. */
async function findDocument(req: PayloadRequest, { owner, id }: Asked): Promise<void> {
  const { payload } = req
  const asked = { depth: 0, overrideAccess: false, req }
  if (id === undefined) {
    await payload.findGlobal({ slug: owner as GlobalSlug, select: {}, ...asked })
    return
  }
  const found = await payload.find({
    collection: owner as CollectionSlug,
    where: { id: { equals: id } },
    select: {},
    limit: 1,
    pagination: false,
    trash: true,
    ...asked,
  })
  if (found.docs.length === 0) throw notThere(req)
}

async function note(req: PayloadRequest, { owner, id, window, isHere }: Asked): Promise<void> {
  const { payload } = req
  const user = req.user as User
  const now = new Date()
  const own: Where = { and: [{ window: { equals: window } }, { user: { equals: user.id } }] }
  const isGone: Where = {
    seenAt: { less_than: new Date(now.getTime() - FORGOTTEN_AFTER_MS).toISOString() },
  }
  const asSystem = { collection: 'presences', depth: 0, overrideAccess: true, req } as const
  await payload.delete({ ...asSystem, where: isHere ? isGone : { or: [isGone, own] } })
  if (!isHere) return
  const seen = { document: documentName({ owner, id }), seenAt: now.toISOString() }
  const { docs } = await payload.update({ ...asSystem, where: own, data: seen })
  if (docs.length === 0) await payload.create({ ...asSystem, data: { ...seen, window, user: user.id } })
}

async function findOthers(req: PayloadRequest, { owner, id, window }: Asked): Promise<Present[]> {
  const { payload, user } = req
  const { docs } = await payload.find({
    collection: 'presences',
    where: {
      and: [{ document: { equals: documentName({ owner, id }) } }, { window: { not_equals: window } }],
    },
    populate: { users: { name: true } },
    depth: 1,
    limit: 50,
    pagination: false,
    overrideAccess: true,
    req,
  })
  const people = new Map<string | number, Present>()
  for (const { user: present } of docs)
    if (typeof present === 'object' && present)
      people.set(present.id, { name: present.name, isOwn: present.id === user?.id })
  return [...people.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}
