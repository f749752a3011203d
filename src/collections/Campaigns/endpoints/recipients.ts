import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { findRecipients, type SearchPlace } from '../../../newsletter/findRecipients.ts'
import type { Id } from '../../../newsletter/model.ts'
import { FATES } from '../../../newsletter/rules/fates.ts'
import { normaliseEmail } from '../../../subscribers/emailAddress.ts'
import { toRecipient, type Recipient } from './receipt/recipient.ts'

/** One recipient as the search tells it. */
export type FoundRecipient = Recipient & {
  /** Of the delivery. */
  id: Id
  /** Null once it was erased. */
  subscriber: Id | null
}

export interface RecipientsAnswer {
  recipients: FoundRecipient[]
  /** How many were looked at for this answer. */
  looked: number
  /** What `after` is for the others; null: that is all. */
  next: SearchPlace | null
}

/** On a page. */
const PAGE = 50

const LONGEST = 200

const TEXTS = {
  noFate: { en: `fate: one of ${FATES.join(', ')}.`, sv: `fate: någon av ${FATES.join(', ')}.` },
  badText: {
    en: `q: the beginning of an address or a name, of at most ${LONGEST} characters.`,
    sv: `q: början av en adress eller ett namn, högst ${LONGEST} tecken.`,
  },
  badAfter: {
    en: 'after: must be what an earlier answer gave as next.',
    sv: 'after: ska vara det som ett tidigare svar angav som next.',
  },
}
const nameOf = (name: keyof typeof TEXTS) => name

const place = z.int().min(0).max(1_000_000_000)
const AFTER = z.discriminatedUnion(
  'through',
  [
    z.strictObject({ through: z.literal('addresses'), after: z.string().max(1_000) }),
    z.strictObject({
      through: z.literal('recipients'),
      after: z.strictObject({ batchNumber: place, position: place }).nullable(),
    }),
  ],
  nameOf('badAfter'),
)

const BODY = z.strictObject({
  fate: z.enum(FATES, nameOf('noFate')).nullable().optional(),
  q: z.string(nameOf('badText')).max(LONGEST, nameOf('badText')).optional(),
  after: AFTER.nullable().optional(),
})

/**
 * `POST /api/campaigns/:id/recipients` {fate?, q?, after?} by an editor -> 200 RecipientsAnswer: the recipients of that fate whose
 * address, or a word of whose name, begins with `q`; 50 at most, and fewer where many had to be looked at. `after` is the `next` of
 * the answer before. It changes nothing; it is a POST since an address belongs in no address bar and no log. 400, 401, 403, 404.
 */
export const recipientsEndpoint: Endpoint = {
  path: '/:id/recipients',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { id } = await readRouteDocument(req, {
      collection: 'campaigns',
      // What is shown of a campaign counts its deliveries.
      select: { edition: true },
    })
    const { fate = null, q = '', after = null } = await readJsonBody(req, BODY, TEXTS)
    const { rows, looked, next } = await search(req, { campaignId: String(id), fate, written: q, after })
    const recipients = rows.map((row) => ({
      ...toRecipient(row),
      ...{ id: row.deliveryId, subscriber: row.subscriberId },
    }))
    const answer: RecipientsAnswer = { recipients, looked, next }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}

function search(
  req: PayloadRequest,
  {
    campaignId,
    fate,
    written,
    after,
  }: { campaignId: Id; fate: (typeof FATES)[number] | null; written: string; after: SearchPlace | null },
) {
  const { store } = depsOf(req.payload)
  const name = written.trim()
  const text = name === '' ? null : { name, address: addressOf(name) }
  return findRecipients(
    { store, letOthersRun },
    { query: { campaignId, fate, text }, place: after, limit: PAGE },
  )
}

/** As addresses are kept. What is only begun is no address yet, and keeps its dots. */
const addressOf = (written: string): string =>
  /@.*\.[^.]+$/.test(written) ? normaliseEmail(written) : written.normalize('NFKC').toLowerCase()
