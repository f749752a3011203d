import type { PayloadRequest } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { depsOf } from '../deps.ts'
import { inEvenTime } from '../limits/inEvenTime.ts'
import { limitsOf } from '../limits/limitsOf.ts'
import { passwordMail } from '../transactional/passwordMail.ts'
import { normaliseLogin, takeReset } from './attempts.ts'
import { refuseField } from './refusals.ts'
import { accountText } from './text.ts'

const HOUR_MS = 60 * 60_000

/**
 * Mails somebody who has a login a link to a new password: one in a minute and five an hour, whoever asks. Whether there is
 * such a login shows neither in the answer nor in its time: nobody waits for the mail. A mail that could not be handed over
 * is in the log; whoever waits for it asks again. It is not queued as a row: editors read those, and the link logs in.
 * @throws ValidationError 400 without an address, APIError 429
 */
export async function askForReset(req: PayloadRequest, { email }: { email: unknown }): Promise<void> {
  if (typeof email !== 'string' || email.trim() === '')
    throw refuseField({ req, code: 'address_missing', field: 'email', message: accountText(req).address })
  await takeReset(req, 'ask')
  await inEvenTime(req.payload, () => prepareReset(req, normaliseLogin(email)))
}

async function prepareReset(req: PayloadRequest, email: string): Promise<void> {
  const { payload } = req
  const limits = limitsOf(payload)
  const isAllowed = await Promise.all([
    limits.take({ key: `reset soon ${email}`, points: 1, perMs: 60_000 }),
    limits.take({ key: `reset mails ${email}`, points: 5, perMs: HOUR_MS }),
  ])
  if (isAllowed.includes(false)) return
  const token = await payload.forgotPassword({
    collection: 'users',
    data: { email },
    disableEmail: true,
    req,
  })
  // Null where there is no such login, whatever the type says.
  if (token) void mailLink(req, { email, token })
}

async function mailLink(
  { payload, i18n }: PayloadRequest,
  { email, token }: { email: string; token: string },
): Promise<void> {
  const { admin, routes, serverURL } = payload.config
  const link = formatAdminURL({ adminRoute: routes.admin, path: `${admin.routes.reset}/${token}`, serverURL })
  try {
    const locale = i18n.language === 'sv' ? 'sv' : 'en'
    await payload.sendEmail(await passwordMail({ payload, locale, email, url: link }))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    depsOf(payload).log('users.reset_mail_failed', { code })
  }
}
