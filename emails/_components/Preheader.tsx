/**
 * The line that the inbox shows after the subject. What follows it is nothing to see: it keeps the inbox from going on
 * with the top of the mail.
 */
export function Preheader({ text }: { text: string }) {
  if (!text) return null
  return (
    <div style={{ display: 'none', maxHeight: 0, overflow: 'hidden', opacity: 0 }} aria-hidden="true">
      {text + FILLER}
    </div>
  )
}

/** A joiner and a space that no line breaks at: the pair that mailbox providers keep. */
const FILLER = '\u034f\u00a0'.repeat(90)
