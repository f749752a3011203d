import { WAITS_MS } from '../../people/confirmAgain.ts'
import { makeReaderToken, type NamedRow } from '../../newsletter/rules/readerToken.ts'

/** The link of the mail that asks to confirm: it says when the person asked, see confirmingOf. */
export function confirmLink({
  baseUrl,
  secret,
  askedAt,
  ...row
}: NamedRow & {
  baseUrl: string
  secret: string
  askedAt: Date
}): string {
  const token = makeReaderToken({
    secret,
    purpose: 'confirm',
    ...row,
    expiresAt: new Date(askedAt.getTime() + WAITS_MS),
    data: askedAt.toISOString(),
  })
  return `${baseUrl}/confirm?${new URLSearchParams({ token })}`
}

/** What the link says; null for a link that was made for something else. */
export function askedAtOf(data: string | null): Date | null {
  const askedAt = new Date(data ?? '')
  return Number.isNaN(askedAt.getTime()) ? null : askedAt
}
