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
import { evidenceOf } from '../../../preflight/messages.ts'
import { oneLine } from '../../../text/cleanText.ts'
import type { Article, User } from '../../../payload-types.ts'
import { normaliseEmail, shownEmail } from '../../../subscribers/emailAddress.ts'
import { refusal } from '../../../refusals/refusal.ts'
import { insertMail, newMessageId } from '../../../transactional/queueMail.ts'

const MOST_ADDRESSES = 20

/** Of one article: enough for everybody's mail program, and no way to flood a mailbox. */
const MOST_AN_HOUR = 100
const HOUR_MS = 3_600_000

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
  kept: z.boolean().optional(),
  locale: z.enum(LOCALES).optional(),
})

/**
 * `POST /api/articles/:id/test-mail` {to?: [address], kept?, locale?} by staff -> 202 TestMailAnswer. It mails the newest draft
 * as its newsletter would be in this locale (`sv`), with the newsletter's mailer. `to` names the recipients; without it the
 * caller is the recipient. `kept: true` adds the addresses of the site's settings. The subject is marked; the rest is the mail
 * that mail-preview shows. An author may name their own address and those of the settings. 400, 401, 403, 404; 422 when the
 * site's settings do not say who sends; 429 beyond 100 mails an hour for one article.
 */
export const testMailEndpoint: Endpoint = {
  path: '/:id/test-mail',
  method: 'post',
  handler: async (req) => {
    requireStaff(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { locale = DEFAULT_LOCALE, ...asked } = await readJsonBody(req, QUESTION, TEXTS)
    const to = await readRecipients(req, asked)
    await refuseFlood(req, { articleId: id, count: to.length })
    const trial = await previewMails(depsOf(req.payload), { articleId: String(id), locale, emails: to })
    if (!trial) throw notThere(req)
    if (trial.draft.missing.length > 0) throw incomplete(req, trial.draft.missing)
    const mails = await queue(req, { articleId: id, locale, to, trial })
    return Response.json({ mails } satisfies TestMailAnswer, { status: 202 })
  },
}

/** @throws 403 when an author names an address that is neither theirs nor one of the settings. */
async function readRecipients(
  req: PayloadRequest,
  { to, kept }: Pick<z.infer<typeof QUESTION>, 'to' | 'kept'>,
): Promise<string[]> {
  const own = normaliseEmail((req.user as User).email)
  const settings = await readTestAddresses(req.payload)
  const named = to ?? [own]
  if (!isEditor({ req }) && named.some((email) => email !== own && !settings.includes(email)))
    throw refusal({ req, code: 'editors_only', status: 403, text: STRANGERS, data: { path: 'to' } })
  return [...new Set([...named, ...(kept ? settings : [])])]
}

const STRANGERS = {
  en: 'Only an editor sends tests to other addresses than their own and those in Settings → Site.',
  sv: 'Bara en redaktör skickar provbrev till andra adresser än sin egen och dem under Inställningar → Webbplats.',
}

/** @throws 429 */
async function refuseFlood(
  req: PayloadRequest,
  { articleId, count }: { articleId: Article['id']; count: number },
): Promise<void> {
  const since = new Date(depsOf(req.payload).clock.now().getTime() - HOUR_MS).toISOString()
  const { totalDocs } = await req.payload.count({
    collection: 'transactional-mails',
    where: { article: { equals: articleId }, createdAt: { greater_than: since } },
    overrideAccess: true,
  })
  if (totalDocs + count > MOST_AN_HOUR)
    throw refusal({
      req,
      code: 'too_many_tests',
      status: 429,
      text: {
        en: `At most ${MOST_AN_HOUR} test mails of an article go out in an hour. Try again later.`,
        sv: `Högst ${MOST_AN_HOUR} provbrev av en artikel skickas på en timme. Försök igen senare.`,
      },
    })
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

const incomplete = (req: PayloadRequest, missing: readonly string[]) => {
  const list = (locale: Locale) =>
    new Intl.ListFormat(locale === 'sv' ? 'sv-SE' : 'en-GB').format(
      evidenceOf({ code: 'sender', evidence: [...missing] }, locale),
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
