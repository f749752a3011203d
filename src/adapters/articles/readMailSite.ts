import { BRAND_COLOR } from '../../content/brandColor.ts'
import type { Payload } from 'payload'
import type { MailSite } from '../../../emails/props.ts'
import { fallbackFor } from '../../content/articleOutlines.ts'
import type { Locale } from '../../newsletter/model.ts'
import type { Place } from '../../rich-text/model.ts'
import { readImage } from '../../rich-text/readImage.ts'
import type { FullSender } from './sender.ts'

/** What the frame of a mail says of the site, in the reader's locale. */
export async function readMailSite({
  payload,
  place,
  sender,
}: {
  payload: Payload
  place: Place
  sender: FullSender
}): Promise<MailSite> {
  const { baseUrl, locale } = place
  const site = await payload.findGlobal({
    slug: 'site',
    select: { name: true, brandColor: true, logo: true, logoOnDark: true, phone: true },
    depth: 1,
    locale,
    fallbackLocale: fallbackFor(locale),
    overrideAccess: true,
  })
  const answerTime = await readAnswerTime({ payload, locale })
  return {
    name: site.name?.trim() || sender.name,
    url: `${baseUrl}/${locale}`,
    brandColor: site.brandColor || BRAND_COLOR,
    logo: readImage({ media: site.logo, place }),
    logoOnDark: readImage({ media: site.logoOnDark, place }),
    senderName: sender.name,
    replyTo: sender.replyTo,
    postalAddress: sender.postalAddress,
    phone: site.phone?.trim() || null,
    answerTime,
  }
}

/** In this language or not at all: a Swedish sentence in an English mail has no place. */
export async function readAnswerTime({
  payload,
  locale,
}: {
  payload: Payload
  locale: Locale
}): Promise<string | null> {
  const { answerTime } = await payload.findGlobal({
    slug: 'site',
    select: { answerTime: true },
    depth: 0,
    locale,
    fallbackLocale: false,
    overrideAccess: true,
  })
  return answerTime?.trim() || null
}
