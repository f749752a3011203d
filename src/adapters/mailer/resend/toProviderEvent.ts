import { z } from 'zod'
import type { BounceType, ProviderEvent, ProviderEventKind } from '../../../newsletter/model.ts'
import { readAddress } from '../../../subscribers/emailAddress.ts'

/**
 * Resend's webhook in our words (https://resend.com/docs/webhooks/event-types). What is signed and readable is an event, whatever is
 * missing in it or of another shape: refused, it would come again for a day, and a bounce would be lost. A type that is not
 * known becomes `other`, with what came.
 * @param webhook.body parsed JSON whose signature was checked.
 * @param webhook.now stands for a time that is missing or no time.
 */
export function toProviderEvent({
  eventId,
  body,
  now,
}: {
  eventId: string
  body: unknown
  now: Date
}): ProviderEvent {
  const { type, created_at: createdAt, data } = webhook.parse(body)
  const kind = KINDS.get(type) ?? 'other'
  return {
    eventId,
    kind,
    type,
    occurredAt: createdAt ?? now,
    emails: addressesOf(data),
    providerId: data.email_id,
    tags: tagsOf(data.tags),
    bounceType: kind === 'bounced' ? bounceTypeOf(data.bounce) : null,
    detail: detailOf(data),
    payload:
      kind === 'other' && isOfOneMail(type) && !TELLING_OF_READERS.includes(type) && isRecord(body)
        ? body
        : null,
  }
}

const KINDS = new Map<string, Exclude<ProviderEventKind, 'other'>>(
  Object.entries({
    'email.sent': 'sent',
    'email.delivered': 'delivered',
    'email.delivery_delayed': 'delayed',
    'email.bounced': 'bounced',
    'email.complained': 'complained',
    'email.failed': 'failed',
    'email.suppressed': 'suppressed',
    // The provider's own list, without a mail.
    'suppression.added': 'suppressed',
  } as const),
)

/** Of contacts and domains nothing is asked here: they would bring addresses of people whom nobody here mails. */
const isOfOneMail = (type: string): boolean => type.startsWith('email.')

/** They hold a reader's network address and browser, for which nobody has asked that reader. */
const TELLING_OF_READERS = ['email.opened', 'email.clicked']

/** Long enough for what a mail server says. */
const LONGEST_DETAIL = 2_000

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is not of the shape is as if it were not there. */
const text = (longest: number) =>
  z
    .string()
    .transform((value) => value.replace(/[\0\p{Cs}]/gu, '').slice(0, longest))
    .nullable()
    .catch(null)
const id = z
  .union([z.string().min(1).max(200), z.number().transform(String)])
  .nullable()
  .catch(null)
const record = z.record(z.string(), z.unknown()).catch({})
/** A sentence stands for an object with a message. */
const words = z
  .union([z.string().transform((message) => ({ message })), record])
  .catch({})
  .pipe(z.object({ message: text(LONGEST_DETAIL), type: text(100), reason: text(LONGEST_DETAIL) }).partial())

const webhook = z.preprocess(
  (body) => (isRecord(body) ? body : {}),
  z.object({
    type: z.string().min(1).max(100).catch('unknown'),
    created_at: z
      .union([z.string(), z.number()])
      .transform((time) => readMoment(time))
      .nullable()
      .catch(null),
    data: z.preprocess(
      (data) => (isRecord(data) ? data : {}),
      z.object({
        email_id: id,
        to: z.unknown().optional(),
        email: z.unknown().optional(),
        tags: z.unknown().optional(),
        bounce: words,
        suppressed: words,
        failed: words,
        origin: text(LONGEST_DETAIL),
      }),
    ),
  }),
)

type Data = z.infer<typeof webhook>['data']

/** Seconds and milliseconds since 1970 are times as well; one that no database takes is none. */
function readMoment(time: string | number): Date | null {
  const moment = new Date(typeof time === 'number' && time < 1e11 ? time * 1000 : time)
  const year = moment.getUTCFullYear()
  return year >= 1970 && year <= 9999 ? moment : null
}

/** As many as one mail of ours may have; more is none of ours. */
const MOST_ADDRESSES = 50

function addressesOf({ to, email }: Data): string[] {
  const named = isNothing(to) ? email : to
  return [named]
    .flat()
    .slice(0, MOST_ADDRESSES)
    .flatMap((one) => {
      const address = isRecord(one) ? (one.email ?? one.address) : one
      return typeof address === 'string' ? (readAddress(address)?.email ?? []) : []
    })
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Resend gives tags as an object; older webhooks had them as they were sent. Numbers are the text of them. */
function tagsOf(tags: unknown): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags.flatMap((tag): [unknown, unknown][] => (isRecord(tag) ? [[tag.name, tag.value]] : []))
    : isRecord(tags)
      ? Object.entries(tags)
      : []
  return Object.fromEntries(
    pairs.flatMap(([name, value]) =>
      typeof name === 'string' && (typeof value === 'string' || typeof value === 'number')
        ? [[name, String(value)]]
        : [],
    ),
  )
}

function bounceTypeOf({ type }: Data['bounce']): BounceType {
  switch (type?.toLowerCase()) {
    case 'permanent':
      return 'permanent'
    case 'transient':
      return 'transient'
    default:
      return 'undetermined'
  }
}

const detailOf = ({ bounce, suppressed, failed, origin }: Data): string | null =>
  bounce.message ?? suppressed.message ?? failed.reason ?? failed.message ?? origin
