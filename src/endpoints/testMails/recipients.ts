import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { isEditor } from '../../access/isEditor.ts'
import { readTestAddresses } from '../../globals/testAddresses.ts'
import { limitsOf } from '../../limits/limitsOf.ts'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import type { Article, User } from '../../payload-types.ts'
import { refusal } from '../../refusals/refusal.ts'
import { normaliseEmail } from '../../subscribers/emailAddress.ts'
import { emailField } from '../readJsonBody.ts'

const MOST_ADDRESSES = 20

/** Of one article, or of the automatic mails: enough for everybody's mail program, and no way to flood a mailbox. */
const MOST_AN_HOUR = 100
const HOUR_MS = 3_600_000

/** What the fields of a test mail may be refused for; see readJsonBody. */
export const TEST_TEXTS = {
  noList: {
    en: `A list of 1 to ${MOST_ADDRESSES} e-mail addresses.`,
    sv: `En lista med 1 till ${MOST_ADDRESSES} e-postadresser.`,
  },
}
const NO_LIST = 'noList' satisfies keyof typeof TEST_TEXTS

/** {to?: [address], kept?, locale?}: who gets a test mail, and in which language. */
export const testFields = {
  to: z
    .array(emailField, NO_LIST)
    .min(1, NO_LIST)
    .max(MOST_ADDRESSES, NO_LIST)
    .transform((emails) => [...new Set(emails)])
    .optional(),
  kept: z.boolean().optional(),
  locale: z.enum(LOCALES).optional(),
}

/** How the subject of a test mail begins. */
export const TEST_MARKS: Record<Locale, string> = { sv: '[Prov]', en: '[Test]' }

/**
 * The addresses in `to`, or without it the caller's own; with `kept` also those of the settings.
 * @throws 403 when an author names an address that is neither theirs nor one of the settings.
 */
export async function readRecipients(
  req: PayloadRequest,
  { to, kept }: { to?: string[] | undefined; kept?: boolean | undefined },
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

/**
 * @param options.articleId whose tests they are; null for those of the automatic mails.
 * @throws 429
 */
export async function refuseFlood(
  req: PayloadRequest,
  { articleId, count }: { articleId: Article['id'] | null; count: number },
): Promise<void> {
  const limit = { key: `test mails ${articleId ?? 'automatic'}`, points: MOST_AN_HOUR, perMs: HOUR_MS }
  const limits = limitsOf(req.payload)
  let isAllowed = true
  // Counted one by one before anything is written: requests side by side share the number.
  for (let taken = 0; taken < count && isAllowed; taken += 1) isAllowed = await limits.take(limit)
  if (!isAllowed)
    throw refusal({
      req,
      code: 'too_many_tests',
      status: 429,
      text: {
        en: `At most ${MOST_AN_HOUR} test mails of one kind go out in an hour. Try again later.`,
        sv: `Högst ${MOST_AN_HOUR} provbrev av samma slag skickas på en timme. Försök igen senare.`,
      },
    })
}
