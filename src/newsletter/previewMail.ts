import type { Id, Locale, Mail, RenderedMail } from './model.ts'
import type { Draft, Drafts, Flow, UnsavedText } from './ports.ts'
import {
  newPlaceholderPrefix,
  personaliseTrial,
  placeholderParts,
  trialListHeaders,
} from './rules/personalise.ts'

/** Mails that nobody gets, or only who tests them. */
export interface TrialMails<Content> {
  draft: Draft<Content>
  /** What the inbox shows after the subject. */
  preheader: string
  /** One for each address, in their order. */
  mails: RenderedMail[]
  headers: Mail['headers']
}

/**
 * Makes the mails that readers with these addresses would get if the article were published now, with the renderer of the
 * mailing and the same personal parts, but for the links: they are nobody's.
 * @param unsaved what somebody writes, instead of what is saved.
 * @returns null when there is no such article.
 * @throws what the renderer throws.
 */
export async function previewMails<Content>(
  { drafts, ...making }: { drafts: Drafts<Content> } & Making<Content>,
  { articleId, unsaved = null, ...readers }: { articleId: Id; unsaved?: UnsavedText | null } & Readers,
): Promise<TrialMails<Content> | null> {
  const draft = await drafts.readDraft(articleId, unsaved)
  return draft && trialMails(making, { draft, ...readers })
}

type Making<Content> = Pick<Flow<Content>, 'renderer' | 'randomId'>

interface Readers {
  locale: Locale
  emails: readonly string[]
}

/** The same of a draft that was read. */
export async function trialMails<Content>(
  { renderer, randomId }: Making<Content>,
  { draft, locale, emails }: { draft: Draft<Content> } & Readers,
): Promise<TrialMails<Content>> {
  const { content, baseUrl, listId, sender } = draft
  const prefix = newPlaceholderPrefix(randomId)
  const personal = placeholderParts({ baseUrl, prefix })
  const rendered = await renderer.render({ content, locale, personal })
  return {
    draft,
    preheader: draft.preheaders[locale],
    mails: emails.map((email) => personaliseTrial({ rendered, prefix, email })),
    headers: trialListHeaders({ baseUrl, listId, listName: sender.name }),
  }
}
