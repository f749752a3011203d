import { createHash } from 'node:crypto'
import type { Id } from '../model.ts'

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
 * `Trimero AB <newsletter.trimero.example>` (RFC 2919, 3). The name stands without quotes: nodemailer encodes a header that
 * has some, with the id in it. So one that needs quotes is left out, and one that is not plain ASCII: mail programs show
 * the encoded form as it stands.
 */
export function listIdHeader({ listId, listName }: { listId: string; listName: string }): string {
  const name = listName.replace(/["\\]/g, '')
  // Words of atoms (RFC 5322, 3.2.3).
  const isPlain = /^[\w!#$%&'*+/^`{|}~-]+(?: [\w!#$%&'*+/^`{|}~-]+)*$/.test(name)
  return isPlain ? `${name} <${listId}>` : `<${listId}>`
}

/**
 * The id of a site's list: it stays the same from mail to mail and looks like a domain (RFC 2919): letters, digits and
 * hyphens, with dots between them.
 */
export function listIdFor(baseUrl: string): string {
  const host = new URL(baseUrl).hostname.replace(/[^a-z0-9.-]+/gi, '-').replace(/^[.-]+|[.-]+$/g, '')
  return `newsletter.${host || 'localhost'}`
}

/**
 * The Feedback-ID header, by which Gmail counts complaints (support.google.com/a/answer/6254652): the campaign, the site, the
 * kind of mail, and 5 to 15 characters that always stand for the sender. It says nothing of the recipient.
 */
export function feedbackIdFor({ campaignId, listId }: { campaignId: Id; listId: string }): string {
  const sender = createHash('sha256').update(listId).digest('hex').slice(0, 12)
  return `campaign-${campaignId}:${listId}:newsletter:${sender}`
}
