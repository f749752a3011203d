import { LOCALES, type CampaignToPrepare, type Locale, type Mailing, type RenderedMail } from './model.ts'
import type { Flow } from './ports.ts'
import { placeholderParts } from './rules/personalise.ts'
import type { ReadySource } from './startCampaign.ts'

/**
 * Renders the mail once per locale and fixes it on the campaign, with placeholders for the personal parts. What is
 * fixed already stays: a second try after a crash mails what the first would have mailed.
 * @returns the mailing that is fixed, or null when the lease is lost.
 * @throws what the renderer throws; rules/problems names it for staff.
 */
export async function renderCampaign<Content>(
  { store, renderer, randomId }: Flow<Content>,
  { campaign, source, token }: { campaign: CampaignToPrepare; source: ReadySource<Content>; token: string },
): Promise<Mailing | null> {
  if (campaign.mailing) return campaign.mailing
  const { content, sender, listId, baseUrl } = source
  const placeholderPrefix = `u${randomId().replace(/-/g, '')}`
  const personal = placeholderParts({ baseUrl, prefix: placeholderPrefix })
  const rendered = await Promise.all(
    LOCALES.map(async (locale) => [locale, await renderer.render({ content, locale, personal })] as const),
  )
  const mails = Object.fromEntries(rendered) as Record<Locale, RenderedMail>
  return store.fixMailing({
    id: campaign.id,
    token,
    mailing: { sender, baseUrl, listId, placeholderPrefix, mails },
  })
}
