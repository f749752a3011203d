/**
 * Mail of a machine: programs that answer for people who are away stay silent. RFC 3834, 5; Exchange and Outlook heed their
 * own header (MS-OXCMAIL, 2.1.3.2.20).
 */
export const AUTOMATIC_HEADERS: Record<string, string> = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
}

/** The headers that all mails of a newsletter share. */
export const newsletterHeaders = (list: { listId: string; listName: string }): Record<string, string> => ({
  'List-Id': listIdHeader(list),
  ...AUTOMATIC_HEADERS,
})

/**
 * `"Trimero" <newsletter.trimero.example>` (RFC 2919, 3). A name that is not plain ASCII is left out: mail programs show the
 * encoded form of a quoted phrase as it stands.
 */
export function listIdHeader({ listId, listName }: { listId: string; listName: string }): string {
  const isPlain = /^[\x20-\x7e]+$/.test(listName)
  return isPlain ? `"${listName.replace(/["\\]/g, '')}" <${listId}>` : `<${listId}>`
}

/**
 * The id of a site's list: it stays the same from mail to mail and looks like a domain (RFC 2919): letters, digits and
 * hyphens, with dots between them.
 */
export function listIdFor(baseUrl: string): string {
  const host = new URL(baseUrl).hostname.replace(/[^a-z0-9.-]+/gi, '-').replace(/^[.-]+|[.-]+$/g, '')
  return `newsletter.${host || 'localhost'}`
}
