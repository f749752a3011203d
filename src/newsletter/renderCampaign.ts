import { LOCALES, type CampaignToPrepare, type Locale, type Mailing, type RenderedMail } from './model.ts'
import type { Flow, PersonalParts } from './ports.ts'
import { newPlaceholderPrefix, placeholderParts } from './rules/personalise.ts'
import { newsletterHeaders } from './rules/headers.ts'
import { preferencesLinkUntil } from './rules/preferencesLink.ts'
import { RENDER_FAILED } from './rules/problems.ts'
import type { ReadySource } from './startCampaign.ts'
import { stopPreparing } from './stopPreparing.ts'

/**
 * Renders the mail once per locale and fixes it on the campaign, with placeholders for the personal parts. What is
 * fixed already stays: a second try after a crash mails what the first would have mailed. A mail that cannot be
 * rendered fails its campaign with the reason, rather than being tried for ever. One that something speaks against pauses it:
 * when staff resume it, the worker reads the article again and asks again.
 * @returns the mailing that is fixed, or null when the campaign does not go on.
 */
export async function renderCampaign<Content>(
  flow: Flow<Content>,
  { campaign, source, token }: { campaign: CampaignToPrepare; source: ReadySource<Content>; token: string },
): Promise<Mailing | null> {
  if (campaign.mailing) return campaign.mailing
  const { content, sender, listId, baseUrl } = source
  const placeholderPrefix = newPlaceholderPrefix(flow.randomId)
  const personal = placeholderParts({ baseUrl, prefix: placeholderPrefix })
  const linksUntil = preferencesLinkUntil(flow.clock.now()).toISOString()
  const rendered = await renderMails(flow, { content, personal })
  if ('failure' in rendered) {
    const problem = { code: RENDER_FAILED, message: `The mail could not be made: ${rendered.failure}` }
    await stopPreparing(flow, { id: campaign.id, token, to: 'failed', problem })
    return null
  }
  const { id } = campaign
  const { articleId } = campaign.edition
  const bytes = bytesOf(rendered.mails)
  const problem = await flow.lookAgain({ campaignId: id, articleId, bytes })
  if (problem) {
    await stopPreparing(flow, { id, token, to: 'paused', problem })
    return null
  }
  return flow.store.fixMailing({
    id: campaign.id,
    token,
    mailing: {
      sender,
      baseUrl,
      listId,
      placeholderPrefix,
      linksUntil,
      envelope: {
        headers: newsletterHeaders({ listId, listName: sender.name }),
        messageIdPrefix: `campaign-${campaign.id}-${flow.randomId()}`,
      },
      mails: rendered.mails,
    },
  })
}

const bytesOf = (mails: Record<Locale, RenderedMail>) =>
  Object.fromEntries(LOCALES.map((locale) => [locale, Buffer.byteLength(mails[locale].html)])) as Record<
    Locale,
    number
  >

async function renderMails<Content>(
  { renderer }: Flow<Content>,
  { content, personal }: { content: Content; personal: PersonalParts },
): Promise<{ mails: Record<Locale, RenderedMail> } | { failure: string }> {
  try {
    const rendered = await Promise.all(
      LOCALES.map(async (locale) => [locale, await renderer.render({ content, locale, personal })] as const),
    )
    return { mails: Object.fromEntries(rendered) as Record<Locale, RenderedMail> }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
