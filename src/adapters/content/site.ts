import type { Payload } from 'payload'
import type { SiteAnswer } from '../../content-api/shapes.ts'
import { fallbackFor } from '../../content/articleOutlines.ts'
import { BRAND_COLOR } from '../../content/brandColor.ts'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import { IMAGE, toImage } from './images.ts'

const SITE = {
  name: true,
  tagline: true,
  brandColor: true,
  logo: true,
  logoOnDark: true,
  phone: true,
  answerTime: true,
  postalAddress: true,
  consentText: true,
} as const

/** The site itself, as anybody may read it. */
export async function readSite({
  payload,
  baseUrl,
  locale,
}: {
  payload: Payload
  baseUrl: string
  locale: Locale
}): Promise<SiteAnswer> {
  const site = await payload.findGlobal({
    slug: 'site',
    select: SITE,
    populate: { media: IMAGE },
    depth: 1,
    ...{ locale, fallbackLocale: fallbackFor(locale), overrideAccess: false },
  })
  return {
    name: site.name || new URL(baseUrl).hostname,
    tagline: site.tagline ?? null,
    url: `${baseUrl}/${locale}`,
    brandColor: site.brandColor || BRAND_COLOR,
    ...{ logo: toImage(site.logo), logoOnDark: toImage(site.logoOnDark) },
    phone: site.phone ?? null,
    answerTime: site.answerTime ?? null,
    postalAddress: site.postalAddress ?? null,
    consentText: site.consentText ?? null,
    language: locale,
    languages: [...LOCALES],
  }
}
