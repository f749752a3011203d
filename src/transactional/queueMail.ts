import { shownEmail } from '../subscribers/emailAddress.ts'
import type { Payload } from 'payload'
import { letterOf } from '../../emails/transactional/letterWords.ts'
import { toDocumentId } from '../content/toDocumentId.ts'
import { depsOf, keepDurably, loadLetterRenderer } from '../deps.ts'
import type { FrozenMail, Id } from '../newsletter/model.ts'
import { AUTOMATIC_HEADERS, listIdFor, listIdHeader } from '../newsletter/rules/headers.ts'
import type { TransactionalMail } from '../payload-types.ts'
import { cleanRequest } from './cleanRequest.ts'
import type { MailRequest } from './mailRequest.ts'
import { readLetterhead } from './readLetterhead.ts'
import { validUntil } from './validUntil.ts'

/**
 * Writes a mail to one person down, ready to be handed over: once this comes back nothing loses it, a power failure
 * neither. A worker takes it from there, within a second.
 * @param request whether the person may be mailed at all (suppressed, asked too often) is for the caller to know.
 * @throws TypeError for an address or a link that is none; nothing is written then.
 */
export async function queueMail({
  payload,
  request: asked,
}: {
  payload: Payload
  request: MailRequest
}): Promise<{ id: Id }> {
  const { idempotencyKey: requestKey } = asked
  if (requestKey === undefined) return write({ payload, request: asked })
  const find = () => findByRequest({ payload, requestKey })
  return (
    (await find()) ??
    // Written meanwhile by another who asked for the same: the database takes one.
    write({ payload, request: asked }).catch(async (error: unknown) => {
      const written = await find()
      if (!written) throw error
      return written
    })
  )
}

async function findByRequest({
  payload,
  requestKey,
}: {
  payload: Payload
  requestKey: string
}): Promise<{ id: Id } | null> {
  const { docs } = await payload.find({
    collection: 'transactional-mails',
    where: { requestKey: { equals: requestKey } },
    select: {},
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ? { id: String(docs[0].id) } : null
}

async function write({
  payload,
  request: asked,
}: {
  payload: Payload
  request: MailRequest
}): Promise<{ id: Id }> {
  const request = cleanRequest(asked)
  const { kind, to, locale, subscriberId, contactMessageId } = request
  return insertMail({
    payload,
    mail: await freezeMail({ payload, request }),
    row: {
      ...{ kind, locale, email: to.email, name: to.name },
      ...(subscriberId && { subscriber: idIn(payload, subscriberId) }),
      ...(contactMessageId && { contactMessage: idIn(payload, contactMessageId) }),
    },
    requestKey: asked.idempotencyKey,
  })
}

type AboutMail = Pick<TransactionalMail, 'kind' | 'email' | 'name' | 'locale'> &
  Partial<Pick<TransactionalMail, 'subscriber' | 'contactMessage' | 'article'>>

/**
 * Writes a finished mail down, as queueMail does.
 * @param requestKey names what asks for it, where that may ask twice.
 */
export async function insertMail({
  payload,
  mail,
  row,
  requestKey,
}: {
  payload: Payload
  mail: FrozenMail
  row: AboutMail
  requestKey?: string | undefined
}): Promise<{ id: Id }> {
  const { clock, randomId } = depsOf(payload)
  const now = clock.now()
  const data = {
    ...row,
    status: 'pending',
    mail: { ...mail },
    requestKey: requestKey ?? randomId(),
    // Of its own, whatever asked: providers share their memory of keys between all that one account sends.
    idempotencyKey: `mail-${randomId()}`,
    attempts: 0,
    dueAt: now.toISOString(),
    validUntil: validUntil({ kind: row.kind, now })?.toISOString() ?? null,
  } as const
  const { id } = await keepDurably({
    payload,
    write: () => payload.create({ collection: 'transactional-mails', data, depth: 0, overrideAccess: true }),
  })
  return { id: String(id) }
}

/** The whole mail: a try that comes later, with other settings, hands over the same bytes. */
export async function freezeMail({
  payload,
  request,
}: {
  payload: Payload
  request: MailRequest
}): Promise<FrozenMail> {
  const { to, locale } = request
  const baseUrl = depsOf(payload).env.serverUrl
  const { site, from } = await readLetterhead({ payload, baseUrl, locale })
  const listId = listIdHeader({ listId: listIdFor(baseUrl), listName: from.name })
  const letter = letterOf({ locale, kind: request.kind, site, email: shownEmail(to.email), content: request })
  const { renderLetter } = await loadLetterRenderer()
  return {
    messageId: newMessageId({ from, randomId: depsOf(payload).randomId }),
    from,
    to: { email: to.email, name: isKnown(request) ? to.name : null },
    replyTo: request.kind === 'contact-notice' ? request.from.email : site.replyTo,
    ...(await renderLetter({ site, letter, locale })),
    headers: { ...AUTOMATIC_HEADERS, ...listHeaders({ request, listId }) },
  }
}

/** Random: no other installation makes the same (RFC 5322, 3.6.4). A repeated try has it too. */
export const newMessageId = ({
  from,
  randomId,
}: {
  from: FrozenMail['from']
  randomId: () => string
}): string => `<mail-${randomId()}@${from.email.slice(from.email.lastIndexOf('@') + 1)}>`

/**
 * Whether the address surely belongs to who gave the name: else anybody could have a text of theirs mailed to anybody, as
 * the name of the recipient.
 */
const isKnown = ({ kind }: MailRequest) => kind === 'welcome' || kind === 'contact-notice'

/** How a mail program lets its reader leave: RFC 2369, RFC 2919 and RFC 8058. */
const listHeaders = ({
  request,
  listId,
}: {
  request: MailRequest
  listId: string
}): Record<string, string> =>
  request.kind === 'welcome'
    ? {
        'List-Id': listId,
        'List-Unsubscribe': `<${request.leaveUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }
    : {}

/** @throws TypeError for what can be no id of this database. */
function idIn(payload: Payload, text: Id): TransactionalMail['id'] {
  const id = toDocumentId({ payload, text })
  if (id === null) throw new TypeError('A mail names a row that cannot exist.')
  return id as TransactionalMail['id']
}
