import { BRAND_COLOR } from '../content/brandColor.ts'
import type { Payload } from 'payload'
import type { LetterSite } from '../../emails/transactional/props.ts'
import { readAnswerTime } from '../adapters/articles/readMailSite.ts'
import { fallbackFor } from '../content/articleOutlines.ts'
import type { Locale } from '../newsletter/model.ts'
import { readImage } from '../rich-text/readImage.ts'

/** The site's own colour until somebody chooses one, as in the admin. */
/** Who mails to one person are from: the frame that they have, and the address that sends them. */
export interface Letterhead {
  site: LetterSite
  from: { email: string; name: string }
}

/**
 * From what is set. A site without a sender still answers people: then the mail is from the address that forgotten
 * passwords come from too (adapters/authMail), at the domain of the server.
 */
export async function readLetterhead({
  payload,
  baseUrl,
  locale,
}: {
  payload: Payload
  baseUrl: string
  locale: Locale
}): Promise<Letterhead> {
  const site = await payload.findGlobal({
    slug: 'site',
    depth: 1,
    locale,
    fallbackLocale: fallbackFor(locale),
    overrideAccess: true,
  })
  const host = new URL(baseUrl).hostname
  const place = { baseUrl, locale, isMail: true }
  const email = trimmed(site.senderEmail)
  const name = trimmed(site.name) ?? trimmed(site.senderName) ?? host
  const senderName = trimmed(site.senderName) ?? name
  return {
    site: {
      name,
      url: `${baseUrl}/${locale}`,
      brandColor: site.brandColor || BRAND_COLOR,
      logo: readImage({ media: site.logo, place }),
      logoOnDark: readImage({ media: site.logoOnDark, place }),
      senderName,
      replyTo: trimmed(site.replyTo) ?? email,
      postalAddress: trimmed(site.postalAddress),
      phone: trimmed(site.phone),
      answerTime: await readAnswerTime({ payload, locale }),
    },
    from: { email: `utskick@${email?.split('@').at(-1) ?? host}`, name: senderName },
  }
}

const trimmed = (text: string | null | undefined): string | null => text?.trim() || null
