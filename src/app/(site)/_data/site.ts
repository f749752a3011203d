import { BRAND_COLOR } from '../../../content/brandColor.ts'
import { IMAGE, populated } from '../../../content/articleCards.ts'
import { fallbackFor } from '../../../content/articleOutlines.ts'
import { keepBriefly } from '../../../content/publicCache.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Media } from '../../../payload-types.ts'
import { sitePayload } from './payload.ts'

/** What every page shows of the site itself. */
export interface SiteFacts {
  name: string
  tagline: string | null
  brandColor: string
  logo: Media | null
  /** Instead of `logo` where the reader's screen is dark. */
  logoOnDark: Media | null
  phone: string | null
  answerTime: string | null
  postalAddress: string | null
  /** Absolute, without a trailing slash. */
  url: string
}

export const readSite = (locale: Locale): Promise<SiteFacts> =>
  keepBriefly(`site ${locale}`, async () => {
    const payload = await sitePayload()
    const site = await payload.findGlobal({
      slug: 'site',
      select: {
        name: true,
        tagline: true,
        brandColor: true,
        logo: true,
        logoOnDark: true,
        phone: true,
        answerTime: true,
        postalAddress: true,
      },
      populate: { media: IMAGE },
      depth: 1,
      locale,
      fallbackLocale: fallbackFor(locale),
      overrideAccess: false,
    })
    const url = payload.config.serverURL
    return {
      name: site.name || new URL(url).hostname,
      tagline: site.tagline ?? null,
      brandColor: site.brandColor || BRAND_COLOR,
      logo: populated(site.logo),
      logoOnDark: populated(site.logoOnDark),
      phone: site.phone ?? null,
      answerTime: site.answerTime ?? null,
      postalAddress: site.postalAddress ?? null,
      url,
    }
  })
