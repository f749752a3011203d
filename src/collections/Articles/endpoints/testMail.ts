import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { isEditor } from '../../../access/isEditor.ts'
import { requireStaff } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { emailField, readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { readTestAddresses } from '../../../globals/testAddresses.ts'
import { DEFAULT_LOCALE, LOCALES, type Id, type Locale } from '../../../newsletter/model.ts'
import { previewMails, type TrialMails } from '../../../newsletter/previewMail.ts'
import { oneLine } from '../../../text/cleanText.ts'
import type { Article, User } from '../../../payload-types.ts'
import { shownEmail } from '../../../subscribers/emailAddress.ts'
import { refusal } from '../../../refusals/refusal.ts'
import { insertMail, newMessageId } from '../../../transactional/queueMail.ts'

/** Those of the settings, and some more. */
const MOST_ADDRESSES = 25

/** The mails that were written down; a worker hands them over within a second. */
export interface TestMailAnswer {
  mails: { id: Id; to: string }[]
}

const TEXTS = {
  noList: {
    en: `A list of 1 to ${MOST_ADDRESSES} e-mail addresses.`,
    sv: `En lista med 1 till ${MOST_ADDRESSES} e-postadresser.`,
  },
}
const nameOf = (name: keyof typeof TEXTS) => name

const QUESTION = z.object({
  to: z
    .array(emailField, nameOf('noList'))
    .min(1, nameOf('noList'))
    .max(MOST_ADDRESSES, nameOf('noList'))
    .transform((emails) => [...new Set(emails)])
    .optional(),
  locale: z.enum(LOCALES).optional(),
})

/**
 * `POST /api/articles/:id/test-mail` {to?: [address], locale?} by staff -> 202 TestMailAnswer: the newest draft as its newsletter
 * would be in this locale (`sv`), through the mailer of the newsletter, to these addresses (whoever asks). The subject is
 * marked; the rest is the mail that mail-preview shows. An author tests with their own address and those of the settings.
 * 400, 401, 403, 404; 422 when the settings of the site do not say who sends.
 */
export const testMailEndpoint: Endpoint = {
  path: '/:id/test-mail',
  method: 'post',
  handler: async (req) => {
    requireStaff(req)
    const user = req.user as User
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { to = [user.email], locale = DEFAULT_LOCALE } = await readJsonBody(req, QUESTION, TEXTS)
    if (!isEditor({ req })) await refuseStrangers(req, { to, own: user.email })
    const trial = await previewMails(depsOf(req.payload), { articleId: String(id), locale, emails: to })
    if (!trial) throw notThere(req)
    if (trial.draft.missing.length > 0) throw incomplete(req, trial.draft.missing)
    const mails = await queue(req, { articleId: id, locale, to, trial })
    return Response.json({ mails } satisfies TestMailAnswer, { status: 202 })
  },
}

const MARKS: Record<Locale, string> = { sv: '[Prov]', en: '[Test]' }

async function queue(
  { payload }: PayloadRequest,
  {
    articleId,
    locale,
    to,
    trial: { draft, mails, headers },
  }: { articleId: Article['id']; locale: Locale; to: string[]; trial: TrialMails<unknown> },
): Promise<TestMailAnswer['mails']> {
  const { randomId } = depsOf(payload)
  const { sender } = draft
  const from = { email: sender.email, name: oneLine(sender.name) }
  const queued = []
  for (const [index, { subject, html, text }] of mails.entries()) {
    const email = to[index] ?? ''
    const { id } = await insertMail({
      payload,
      row: { kind: 'test-mail', email, locale, article: articleId },
      mail: {
        ...{ from, to: { email, name: null }, replyTo: sender.replyTo, html, text, headers },
        subject: `${MARKS[locale]} ${subject}`,
        messageId: newMessageId({ from, randomId }),
      },
    })
    queued.push({ id, to: shownEmail(email) })
  }
  return queued
}

/** @throws 403 when an author names an address that is neither theirs nor one of the settings. */
async function refuseStrangers(
  req: PayloadRequest,
  { to, own }: { to: string[]; own: string },
): Promise<void> {
  const known = [own, ...(await readTestAddresses(req.payload))]
  if (to.every((email) => known.includes(email))) return
  throw refusal({
    req,
    code: 'editors_only',
    status: 403,
    text: {
      en: 'to: only an editor sends tests to other addresses than their own and those in Settings → Site.',
      sv: 'to: bara en redaktör skickar prov till andra adresser än sin egen och dem under Inställningar → Webbplats.',
    },
  })
}

const SETTINGS: Record<string, Record<Locale, string>> = {
  senderName: { en: 'sender name', sv: 'avsändarens namn' },
  senderEmail: { en: 'sender address', sv: 'avsändarens adress' },
  postalAddress: { en: 'postal address', sv: 'postadress' },
}

const incomplete = (req: PayloadRequest, missing: readonly string[]) => {
  const list = (locale: Locale) =>
    new Intl.ListFormat(locale === 'sv' ? 'sv-SE' : 'en-GB').format(
      missing.map((name) => SETTINGS[name]?.[locale] ?? name),
    )
  return refusal({
    req,
    code: 'site_incomplete',
    status: 422,
    text: {
      en: `Nothing can be mailed yet, because this is missing under Settings → Site → The newsletter – ${list('en')}.`,
      sv: `Det går inte att skicka något än, för det här saknas under Inställningar → Webbplats → Nyhetsbrevet – ${list('sv')}.`,
    },
    data: { missing },
  })
}
