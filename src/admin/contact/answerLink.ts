import type { ContactMessage } from '../../payload-types.ts'
import { cleanText } from '../../text/cleanText.ts'

/** Mail programs and browsers cut longer addresses off. */
const LONGEST_QUOTE = 1_000

const SUBJECTS: Record<ContactMessage['locale'], string> = {
  sv: 'Sv: Ditt meddelande till oss',
  en: 'Re: Your message to us',
}

/** Opens a letter to whoever wrote, in their language, with what they wrote (RFC 6068). */
export function answerLink({
  email,
  message,
  locale,
}: Pick<ContactMessage, 'email' | 'message' | 'locale'>): string {
  // Clean also of half a character, which the cut may leave and no address can hold.
  const cut = cleanText(message.slice(0, LONGEST_QUOTE))
  const shown = message.length > LONGEST_QUOTE ? `${cut} …` : cut
  const quote = shown.split('\n').map((line) => `> ${line}`)
  const body = ['', '', ...quote].join('\r\n')
  const [user = '', host = ''] = email.split('@')
  return `mailto:${encodeURIComponent(user)}@${encodeURIComponent(host)}?subject=${encodeURIComponent(SUBJECTS[locale])}&body=${encodeURIComponent(body)}`
}
