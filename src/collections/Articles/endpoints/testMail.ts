import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireStaff } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import {
  readRecipients,
  refuseFlood,
  TEST_MARKS,
  TEST_TEXTS,
  testFields,
} from '../../../endpoints/testMails/recipients.ts'
import { DEFAULT_LOCALE, type Id, type Locale } from '../../../newsletter/model.ts'
import { previewMails, type TrialMails } from '../../../newsletter/previewMail.ts'
import { evidenceOf } from '../../../preflight/messages.ts'
import { oneLine } from '../../../text/cleanText.ts'
import type { Article } from '../../../payload-types.ts'
import { shownEmail } from '../../../subscribers/emailAddress.ts'
import { refusal } from '../../../refusals/refusal.ts'
import { insertMail, newMessageId } from '../../../transactional/queueMail.ts'

/** The mails that were written down; a worker hands them over within a second. */
export interface TestMailAnswer {
  mails: { id: Id; to: string }[]
}

const QUESTION = z.object(testFields)

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
    const { locale = DEFAULT_LOCALE, ...asked } = await readJsonBody(req, QUESTION, TEST_TEXTS)
    const to = await readRecipients(req, asked)
    await refuseFlood(req, { articleId: id, count: to.length })
    const trial = await previewMails(depsOf(req.payload), { articleId: String(id), locale, emails: to })
    if (!trial) throw notThere(req)
    if (trial.draft.missing.length > 0) throw incomplete(req, trial.draft.missing)
    const mails = await queue(req, { articleId: id, locale, to, trial })
    return Response.json({ mails } satisfies TestMailAnswer, { status: 202 })
  },
}

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
        subject: `${TEST_MARKS[locale]} ${subject}`,
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
