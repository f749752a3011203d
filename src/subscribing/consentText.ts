import type { Payload } from 'payload'
import { fallbackFor } from '../content/articleOutlines.ts'
import type { Locale } from '../newsletter/model.ts'

/** What somebody agrees to who subscribes; shown beside every form and kept with the consent, word for word. */
export async function readConsentText({
  payload,
  locale,
}: {
  payload: Payload
  locale: Locale
}): Promise<string> {
  const site = await payload.findGlobal({
    slug: 'site',
    select: { name: true, consentText: true },
    locale,
    fallbackLocale: fallbackFor(locale),
    depth: 0,
    overrideAccess: true,
  })
  return (
    site.consentText?.trim() ||
    READY_MADE[locale](site.name?.trim() || new URL(payload.config.serverURL).hostname)
  )
}

const READY_MADE: Record<Locale, (name: string) => string> = {
  sv: (name) =>
    `Jag vill ha nyhetsbrevet från ${name} via e-post. Jag kan när som helst avsluta prenumerationen med länken i varje brev.`,
  en: (name) =>
    `I want to get the newsletter from ${name} by e-mail. I can unsubscribe at any time with the link in every letter.`,
}
