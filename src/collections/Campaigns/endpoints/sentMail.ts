import type { Endpoint } from 'payload'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { DEFAULT_LOCALE, LOCALES } from '../../../newsletter/model.ts'
import { personaliseTrial } from '../../../newsletter/rules/personalise.ts'

/** A mail of a campaign as it went out. */
export interface SentMail {
  subject: string
  html: string
  text: string
}

/**
 * `GET /api/campaigns/:id/mail?locale=sv` by an editor -> 200 SentMail: the mail that was fixed for the campaign's readers of this
 * locale (`sv`), whatever the article says now. It is byte for byte what they got, but for the address and the links of the reader,
 * which are nobody's and change nothing. 401, 403; 404 also while none is fixed.
 */
export const sentMailEndpoint: Endpoint = {
  path: '/:id/mail',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const { id } = await readRouteDocument(req, { collection: 'campaigns' })
    const { mailing } = await req.payload.findByID({
      collection: 'campaigns',
      id,
      select: { mailing: true },
      ...{ depth: 0, overrideAccess: true, req },
    })
    if (!mailing) throw notThere(req)
    const { mails, placeholderPrefix: prefix } = await depsOf(req.payload).store.readMailing(String(id))
    const locale = LOCALES.find((known) => known === req.query.locale) ?? DEFAULT_LOCALE
    const mail = personaliseTrial({ rendered: mails[locale], prefix, email: READERS[locale] })
    return Response.json(mail satisfies SentMail, { headers: { 'Cache-Control': 'no-store' } })
  },
}

/** Nobody's: RFC 2606 keeps the name for examples. */
const READERS = { sv: 'anna.berg@example.com', en: 'ann.hill@example.com' }
