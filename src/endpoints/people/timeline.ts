import type { Endpoint, PayloadRequest } from 'payload'
import { requireEditor } from '../../access/requireEditor.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { depsOf, timelineSourcesOf } from '../../deps.ts'
import type { Subscriber } from '../../payload-types.ts'
import { confirmableUntil } from '../../people/confirmAgain.ts'
import type { Happening, Place } from '../../people/model.ts'
import type { Person } from '../../people/ports.ts'
import { placeText, readPlace, readTimeline } from '../../people/readTimeline.ts'
import { refusal } from '../../refusals/refusal.ts'
import { shownEmail } from '../../subscribers/emailAddress.ts'
import { findSuppressed } from '../../suppressions/findSuppressed.ts'
import { readRouteDocument } from '../readRouteDocument.ts'

/** `at` is ISO 8601; `key` names the row among those of the person. */
export type TimelineEvent = { at: string; key: string } & Happening

export interface TimelineAnswer {
  events: TimelineEvent[]
  /** What `before` is for the rows that are earlier; null where there are none. */
  before: string | null
  /** Until when a link to confirm can be mailed once more; null for who does not wait. */
  confirmableUntil: string | null
  /** As its owner writes it. */
  address: string
  /** Whether the address must not be mailed. */
  isSuppressed: boolean
}

/**
 * `GET /api/subscribers/:id/timeline?before=` by an editor -> TimelineAnswer: what a person did and what was done to or for them,
 * the newest first, 20 at a time. 400 for a `before` that no answer gave; 401, 403, 404.
 */
export const timelineEndpoint: Endpoint = {
  path: '/:id/timeline',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const after = readBefore(req)
    const subscriber = await readRouteDocument(req, { collection: 'subscribers' })
    const { rows, next } = await readTimeline(timelineSourcesOf(req), { person: toPerson(subscriber), after })
    const { payload } = req
    const suppressed = await findSuppressed({ payload, emails: [subscriber.email] })
    const answer: TimelineAnswer = {
      events: rows.map(({ place, ...happening }) => ({
        at: place.at.toISOString(),
        key: placeText(place),
        ...happening,
      })),
      before: next && placeText(next),
      confirmableUntil:
        confirmableUntil(waitingOf(subscriber), depsOf(payload).clock.now())?.toISOString() ?? null,
      address: shownEmail(subscriber.email),
      isSuppressed: suppressed.has(subscriber.email),
    }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}

function readBefore(req: PayloadRequest): Place | null {
  const { before } = req.query
  if (before === undefined || before === '') return null
  const place = typeof before === 'string' ? readPlace(before) : null
  if (!place || toDocumentId({ payload: req.payload, text: place.id }) === null)
    throw refusal({
      req,
      code: 'parameter_invalid',
      status: 400,
      text: {
        en: 'before: must be what an earlier answer gave as before.',
        sv: 'before: ska vara det som ett tidigare svar angav som before.',
      },
    })
  return place
}

export const waitingOf = ({ status, email, askedAt }: Subscriber) => ({
  status,
  email,
  askedAt: askedAt ? new Date(askedAt) : null,
})

const toPerson = ({ id, email, consentAt, consentSource, createdAt }: Subscriber): Person => ({
  id: String(id),
  email,
  consentAt: consentAt ? new Date(consentAt) : null,
  consentSource: consentSource ?? null,
  createdAt: new Date(createdAt),
})
