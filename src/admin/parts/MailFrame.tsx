'use client'

import './mailFrame.css'

/**
 * A mail in a frame of its own origin in which no script runs and no form is sent. Its links open in a window of their own,
 * as from a mail program.
 */
export function MailFrame({
  html,
  title,
  width,
  isDark = false,
  hasImages = true,
}: {
  html: string
  title: string
  width: 'desktop' | 'phone'
  /** As for a reader who has chosen dark. */
  isDark?: boolean
  hasImages?: boolean
}) {
  const seen = isDark ? inTheDark(html) : html
  const shown = hasImages ? seen : withoutImages(seen)
  return (
    <iframe
      className={`mail-frame mail-frame--${width}${isDark ? ' mail-frame--dark' : ''}`}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={shown.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`)}
    />
  )
}

/** What the mail keeps for readers who have chosen dark holds for everybody. A browser would ask its own user. */
const inTheDark = (html: string): string =>
  html
    .replace(/\(prefers-color-scheme:\s*dark\)/gi, '(min-width:0)')
    .replace(/(color-scheme:\s*|schemes?" content=")light dark/gi, '$1dark')

/** As a mail program that loads none: their texts stay. */
const withoutImages = (html: string): string =>
  html.replace(/<source[^>]*>/gi, '').replace(/(<img\b[^>]*?)\ssrc="[^"]*"/gi, '$1')
