import { isTextWritten } from '../../content/isWritten.ts'

/** What an article has in one language. */
export type TextState = 'ready' | 'noTitle' | 'noText' | 'empty'

/** Readers get what has a title and a text. */
export function textStateOf({ title, content }: { title?: unknown; content?: unknown }): TextState {
  const hasTitle = typeof title === 'string' && title.trim() !== ''
  const hasText = isTextWritten(content)
  if (hasTitle) return hasText ? 'ready' : 'noText'
  return hasText ? 'noTitle' : 'empty'
}
