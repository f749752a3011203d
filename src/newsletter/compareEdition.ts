import { diffLines, diffWordsWithSpace } from 'diff'
import { LOCALES, type Edition, type Id, type Locale } from './model.ts'
import type { Flow } from './ports.ts'
import { placeholderParts } from './rules/personalise.ts'

export interface Change {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Beyond it whole lines are compared: word by word takes time that grows with the square of the changes. */
const LONGEST_BY_WORDS_MS = 300

/**
 * What the readers of an edition got and what is published now, as the text parts of the mails, in each language.
 * @returns null when the article is not published.
 * @throws what the renderer throws, and when nothing was mailed.
 */
export async function compareEdition<Content>(
  { store, articles, renderer }: Pick<Flow<Content>, 'store' | 'articles' | 'renderer'>,
  { campaignId, edition }: { campaignId: Id; edition: Edition },
): Promise<Record<Locale, Change[]> | null> {
  const { mails, baseUrl, placeholderPrefix: prefix } = await store.readMailing(campaignId)
  const source = await articles.readForMailing(edition)
  if (source.kind !== 'ready') return null
  const personal = placeholderParts({ baseUrl, prefix })
  const changes = await Promise.all(
    LOCALES.map(async (locale) => {
      const now = await renderer.render({ content: source.content, locale, personal })
      const [before, after] = [mails[locale], now].map(({ subject, text }) => `${subject}\n\n${text}`)
      return [locale, changesBetween(before ?? '', after ?? '')] as const
    }),
  )
  return Object.fromEntries(changes) as Record<Locale, Change[]>
}

const changesBetween = (before: string, after: string): Change[] =>
  (diffWordsWithSpace(before, after, { timeout: LONGEST_BY_WORDS_MS }) ?? diffLines(before, after)).map(
    ({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }),
  )
