import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor, requireStaff } from '../../../access/requireEditor.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { depsOf } from '../../../deps.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../../../newsletter/model.ts'
import { previewMails } from '../../../newsletter/previewMail.ts'
import { shownEmail } from '../../../subscribers/emailAddress.ts'
import { oneLine } from '../../../text/cleanText.ts'
import { checkUnsaved, unsavedField } from './unsaved.ts'

/** The mail as its reader would get it. */
export interface MailPreview {
  from: { name: string; email: string }
  to: { name: string | null; email: string }
  subject: string
  /** The line after the subject in the inbox. */
  preheader: string
  html: string
  text: string
  /** Of the html: Gmail hides what is beyond 102,400 of them. */
  bytes: number
  /** Settings of the site without which no newsletter goes out; stand-ins are shown for them. */
  missing: readonly string[]
}

const QUESTION = z.object({
  locale: z.enum(LOCALES).optional(),
  subscriber: z.union([z.string().max(64), z.number()]).optional(),
  named: z.boolean().optional(),
  unsaved: unsavedField.optional(),
})

/**
 * `POST /api/articles/:id/mail-preview` {locale?, subscriber?, named?, unsaved?: {locale, values}} by staff -> 200 MailPreview: the newest draft as the newsletter
 * that this subscriber, or anybody who reads in this locale (`sv`), would get if it were published now. It is byte for byte that
 * mail, but for the links of the reader, which are nobody's and change nothing, and for links of the article to itself, which are
 * plain text until it is published. `unsaved` stands in the draft's place: fields of the article by their names, written in that
 * locale. `named: false`: nobody knows the reader's name. Only editors name a subscriber. It writes nothing. 400, 401, 403, 404.
 */
export const mailPreviewEndpoint: Endpoint = {
  path: '/:id/mail-preview',
  method: 'post',
  handler: async (req) => {
    requireStaff(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { locale, subscriber, named = true, unsaved } = await readJsonBody(req, QUESTION)
    const reader =
      subscriber === undefined ? someReader({ locale, named }) : await readSubscriber(req, subscriber)
    const found = await previewMails(depsOf(req.payload), {
      articleId: String(id),
      locale: locale ?? reader.locale,
      emails: [reader.email],
      unsaved: await checkUnsaved(req, unsaved),
    })
    const mail = found?.mails[0]
    if (!found || !mail) throw notThere(req)
    const { draft, preheader } = found
    return Response.json(
      {
        from: { name: draft.sender.name, email: draft.sender.email },
        to: { name: reader.name, email: shownEmail(reader.email) },
        ...mail,
        preheader,
        bytes: Buffer.byteLength(mail.html),
        missing: draft.missing,
      } satisfies MailPreview,
      { headers: { 'Cache-Control': 'no-store' } },
    )
  },
}

interface Reader {
  name: string | null
  email: string
  locale: Locale
}

/** Nobody: RFC 2606 keeps the name for examples. */
function someReader({
  locale = DEFAULT_LOCALE,
  named,
}: {
  locale?: Locale | undefined
  named: boolean
}): Reader {
  const { name, email } = SOME_READERS[locale]
  return { name: named ? name : null, email, locale }
}

const SOME_READERS: Record<Locale, { name: string; email: string }> = {
  sv: { name: 'Anna Berg', email: 'anna.berg@example.com' },
  en: { name: 'Ann Hill', email: 'ann.hill@example.com' },
}

async function readSubscriber(req: PayloadRequest, written: string | number): Promise<Reader> {
  requireEditor(req)
  const { payload } = req
  const id = toDocumentId({ payload, text: String(written) })
  const found =
    id === null
      ? null
      : await payload.findByID({
          collection: 'subscribers',
          id,
          select: { name: true, email: true, locale: true },
          depth: 0,
          overrideAccess: false,
          disableErrors: true,
          req,
        })
  if (!found) throw notThere(req)
  return { name: found.name ? oneLine(found.name) : null, email: found.email, locale: found.locale }
}
