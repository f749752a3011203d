import { z } from 'zod'
import type { BounceType, ProviderEvent, ProviderEventKind } from '../../../newsletter/model.ts'
import { normaliseEmail } from '../../../subscribers/emailAddress.ts'

/**
 * Resend's webhook in our words (https://resend.com/docs/webhooks/event-types). A type that is not known becomes `other`,
 * with what came.
 * @param webhook.body parsed JSON whose signature was checked.
 * @returns the sentence that says what is wrong when it is no webhook.
 */
export function toProviderEvent({
  eventId,
  body,
}: {
  eventId: string
  body: unknown
}): { event: ProviderEvent } | { problem: string } {
  const parsed = webhook.safeParse(body)
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) }
  const { type, created_at: createdAt, data } = parsed.data
  const kind = KINDS[type] ?? 'other'
  return {
    event: {
      eventId,
      kind,
      type,
      occurredAt: new Date(createdAt),
      emails: addressesOf(data),
      providerId: data.email_id ?? null,
      tags: tagsOf(data.tags),
      bounceType: kind === 'bounced' ? bounceTypeOf(data.bounce?.type) : null,
      detail: detailOf(data),
      payload:
        kind === 'other' && isOfOneMail(type) && !TELLING_OF_READERS.includes(type) ? parsed.data : null,
    },
  }
}

const KINDS: Record<string, Exclude<ProviderEventKind, 'other'>> = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
  // The provider's own list, without a mail.
  'suppression.added': 'suppressed',
}

/** Of contacts and domains nothing is asked here: they would bring addresses of people whom nobody here mails. */
const isOfOneMail = (type: string): boolean => type.startsWith('email.')

/** They hold a reader's network address and browser, for which nobody has asked that reader. */
const TELLING_OF_READERS = ['email.opened', 'email.clicked']

/** Long enough for what a mail server says. */
const LONGEST_DETAIL = 2_000

const words = z.looseObject({ message: z.string().optional(), type: z.string().optional() }).optional()

const webhook = z.looseObject({
  type: z.string().min(1).max(100),
  created_at: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time'),
  data: z.looseObject({
    email_id: z.string().max(200).optional(),
    to: z.union([z.string(), z.array(z.string())]).optional(),
    email: z.string().optional(),
    tags: z
      .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))])
      .nullish()
      .catch(null),
    bounce: words,
    suppressed: words,
    failed: z.looseObject({ reason: z.string().optional() }).optional(),
    origin: z.string().optional(),
  }),
})

type Data = z.infer<typeof webhook>['data']

const addressesOf = ({ to, email }: Data): string[] =>
  [to ?? email ?? []].flat().map((address) => normaliseEmail(/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address))

/** Resend gives tags as an object; older webhooks had them as they were sent. */
const tagsOf = (tags: Data['tags']): Record<string, string> =>
  Array.isArray(tags) ? Object.fromEntries(tags.map(({ name, value }) => [name, value])) : (tags ?? {})

function bounceTypeOf(type: string | undefined): BounceType {
  switch (type) {
    case 'Permanent':
      return 'permanent'
    case 'Transient':
      return 'transient'
    default:
      return 'undetermined'
  }
}

const detailOf = ({ bounce, suppressed, failed, origin }: Data): string | null =>
  (bounce?.message ?? suppressed?.message ?? failed?.reason ?? origin)?.slice(0, LONGEST_DETAIL) ?? null
