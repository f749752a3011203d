import type { CollectionBeforeChangeHook, Endpoint, Field } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { isStaff } from '../../access/isStaff.ts'
import { requireAdmin } from '../../access/requireEditor.ts'
import { pictureRowsOf } from '../../deps.ts'
import { readRouteDocument } from '../../endpoints/readRouteDocument.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import type { Media } from '../../payload-types.ts'
import { pictureRefusal } from './refusals.ts'

const MAX_REASON = 1_000

/** An admin writes the reason; when and who follow from it. Readers see none of it, but the neutral picture. */
export const takenDownField: Field = {
  name: 'takenDown',
  type: 'group',
  label: { sv: 'Nedtagen', en: 'Taken down' },
  access: { read: isStaff },
  admin: {
    description: {
      sv: 'Med ett skäl här visas en neutral bild i stället, på sajten, i API:t och i mejl som redan har skickats. Töm fältet för att visa bilden igen. Bara administratörer kan ändra det.',
      en: 'With a reason here a neutral image is shown instead, on the site, in the API and in mails that were sent. Empty the field to show the image again. Only admins can change it.',
    },
  },
  fields: [
    {
      name: 'reason',
      type: 'textarea',
      maxLength: MAX_REASON,
      label: { sv: 'Skäl', en: 'Reason' },
      access: { create: isAdmin, update: isAdmin },
    },
    {
      name: 'at',
      type: 'date',
      index: true,
      label: { sv: 'När', en: 'When' },
      access: { create: isNobody, update: isNobody },
      admin: { readOnly: true, date: dayAndTime, condition: (_, siblings) => Boolean(siblings.at) },
    },
    {
      name: 'by',
      type: 'relationship',
      relationTo: 'users',
      label: { sv: 'Av', en: 'By' },
      access: { create: isNobody, update: isNobody },
      admin: { readOnly: true, condition: (_, siblings) => Boolean(siblings.at) },
    },
  ],
}

/** Who took it down and when are written with the reason, and go with it. */
export const noteTakingDown: CollectionBeforeChangeHook<Media> = ({ data, originalDoc, req }) => {
  if (data.takenDown?.reason === undefined) return data
  const reason = data.takenDown.reason?.trim() || null
  const before = originalDoc?.takenDown
  if (reason === null) return { ...data, takenDown: { reason: null, at: null, by: null } }
  if (before?.at) return { ...data, takenDown: { ...before, reason } }
  return {
    ...data,
    takenDown: { reason, at: new Date().toISOString(), by: req.user ? req.user.id : null },
  }
}

/**
 * `POST /api/media/:id/take-down` {reason} by an admin -> 200 {doc}; 400 without a reason, 401, 403, 404.
 */
export const takeDownEndpoint: Endpoint = {
  path: '/:id/take-down',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const { id } = await readRouteDocument(req, { collection: 'media' })
    const body: unknown = await req.json?.().catch(() => null)
    const reason = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : null
    if (typeof reason !== 'string' || reason.trim() === '') throw pictureRefusal({ code: 'no_reason', req })
    // Not as a change by a person: an old row that lacks a text could not be taken down.
    const [at, by] = [new Date(), req.user?.id ?? null]
    await pictureRowsOf(req.payload).takeDown({ id, reason: reason.trim().slice(0, MAX_REASON), at, by })
    return Response.json({ doc: await readRouteDocument(req, { collection: 'media' }) })
  },
}
