import type { Payload } from 'payload'
import { letterOf } from '../../emails/transactional/letterWords.ts'
import { depsOf, loadLetterRenderer } from '../deps.ts'
import type { Locale } from '../newsletter/model.ts'
import { readLetterhead } from './readLetterhead.ts'

/**
 * The mail to somebody who forgot a password, for Payload's `sendEmail`.
 * @param url where they choose a new one; it logs in, so it is in no row.
 */
export async function passwordMail({
  payload,
  locale,
  email,
  url,
}: {
  payload: Payload
  locale: Locale
  email: string
  url: string
}) {
  const { site, from } = await readLetterhead({ payload, baseUrl: depsOf(payload).env.serverUrl, locale })
  const letter = letterOf({
    locale,
    kind: 'new-password',
    site,
    email,
    content: { kind: 'new-password', url },
  })
  const { renderLetter } = await loadLetterRenderer()
  return {
    to: email,
    from: { address: from.email, name: from.name },
    ...(site.replyTo && { replyTo: site.replyTo }),
    ...(await renderLetter({ site, letter, locale })),
  }
}
