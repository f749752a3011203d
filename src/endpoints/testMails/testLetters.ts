import type { Endpoint } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../access/requireEditor.ts'
import { DEFAULT_LOCALE, type Id } from '../../newsletter/model.ts'
import { shownEmail } from '../../subscribers/emailAddress.ts'
import { insertMail } from '../../transactional/queueMail.ts'
import { SAMPLE_KINDS, sampleLetter } from '../../transactional/sampleLetter.ts'
import { readJsonBody } from '../readJsonBody.ts'
import { readRecipients, refuseFlood, TEST_MARKS, TEST_TEXTS, testFields } from './recipients.ts'

/** The mails that were written down; a worker hands them over within a second. */
export interface TestLettersAnswer {
  mails: { id: Id; to: string }[]
}

const TEXTS = {
  noKind: {
    en: `kind: one of ${SAMPLE_KINDS.join(', ')}.`,
    sv: `kind: ett av ${SAMPLE_KINDS.join(', ')}.`,
  },
  ...TEST_TEXTS,
}

const QUESTION = z.strictObject({
  kind: z.enum(SAMPLE_KINDS, 'noKind' satisfies keyof typeof TEXTS),
  ...testFields,
})

/**
 * `POST /api/test-mails` {kind, to?: [address], kept?, locale?} by an editor -> 202 TestLettersAnswer. It mails one of the automatic
 * mails (SAMPLE_KINDS) as a reader would get it, with the site's settings as they are saved; the newsletter's own test is
 * `POST /api/articles/:id/test-mail`. The subject is marked, and its links change nothing. `to` names the recipients; without it the
 * caller is the recipient; `kept: true` adds the addresses of the settings. 400, 401, 403; 429 beyond 100 an hour.
 */
export const testLettersEndpoints: Endpoint[] = [
  {
    path: '/test-mails',
    method: 'post',
    handler: async (req) => {
      requireEditor(req)
      const { kind, locale = DEFAULT_LOCALE, ...asked } = await readJsonBody(req, QUESTION, TEXTS)
      const to = await readRecipients(req, asked)
      await refuseFlood(req, { articleId: null, count: to.length })
      const { payload } = req
      const mails = []
      for (const email of to) {
        const mail = await sampleLetter({ payload, kind, locale, email })
        const { id } = await insertMail({
          payload,
          row: { kind: 'test-mail', email, locale },
          mail: { ...mail, subject: `${TEST_MARKS[locale]} ${mail.subject}` },
        })
        mails.push({ id, to: shownEmail(email) })
      }
      return Response.json({ mails } satisfies TestLettersAnswer, { status: 202 })
    },
  },
]
