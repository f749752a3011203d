import type { Id, Locale, RenderedMail } from './model.ts'
import type { Draft, Drafts, Flow } from './ports.ts'
import { newPlaceholderPrefix, personaliseTrial, placeholderParts } from './rules/personalise.ts'

/** Who a preview or a test mail is made for. */
export interface TrialReader {
  email: string
  locale: Locale
}

/** A mail that nobody gets, or only who tests it. */
export interface TrialMail<Content> {
  draft: Draft<Content>
  mail: RenderedMail
  preheader: string
}

/**
 * Makes the mail that the reader would get if the article were published now, with the renderer of the mailing and the same
 * personal parts, but for the links: they are nobody's.
 * @returns null when there is no such article.
 * @throws what the renderer throws.
 */
export async function previewMail<Content>(
  { drafts, renderer, randomId }: { drafts: Drafts<Content> } & Pick<Flow<Content>, 'renderer' | 'randomId'>,
  { articleId, reader: { email, locale } }: { articleId: Id; reader: TrialReader },
): Promise<TrialMail<Content> | null> {
  const draft = await drafts.readDraft(articleId)
  if (!draft) return null
  const { content, baseUrl } = draft
  const prefix = newPlaceholderPrefix(randomId)
  const personal = placeholderParts({ baseUrl, prefix })
  const rendered = await renderer.render({ content, locale, personal })
  return {
    draft,
    mail: personaliseTrial({ rendered, prefix, email }),
    preheader: draft.preheaders[locale],
  }
}
