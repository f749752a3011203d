import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { isEditor } from '../../../access/isEditor.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { depsOf } from '../../../deps.ts'
import type { ContactMessage } from '../../../payload-types.ts'

/**
 * `POST /api/contact-messages/:id/answered` {answered: true|false} by an editor -> 200 {doc}: who answered and when, of
 * the first who said so; false takes it back. 400, 401, 403, 404.
 */
export const answeredEndpoint: Endpoint = { path: '/:id/answered', method: 'post', handler: answer }

const schema = z.object({ answered: z.boolean() })

async function answer(req: PayloadRequest): Promise<Response> {
  if (!isEditor({ req })) throw new APIError('Only an editor or an admin may do this.', req.user ? 403 : 401)
  const input = schema.safeParse(await req.json?.().catch(() => null))
  if (!input.success) throw new APIError('answered: must be true or false.', 400, null, true)
  const { id } = await readMessage(req)
  await record({ req, id, isAnswered: input.data.answered })
  return Response.json({ doc: await readMessage(req) })
}

/** One conditional write as the system, which alone writes these rows: of two editors the first one counts. */
async function record({
  req: { payload, user },
  id,
  isAnswered,
}: {
  req: PayloadRequest
  id: ContactMessage['id']
  isAnswered: boolean
}): Promise<void> {
  const at = depsOf(payload).clock.now().toISOString()
  await payload.db.updateOne({
    collection: 'contact-messages',
    where: isAnswered
      ? { and: [{ id: { equals: id } }, { answeredAt: { equals: null } }] }
      : { id: { equals: id } },
    data: isAnswered
      ? { answeredAt: at, answeredBy: user?.id ?? null }
      : { answeredAt: null, answeredBy: null },
    returning: false,
  })
}

/** The message that the address names, as whoever asks may see it. @throws 404 */
async function readMessage(req: PayloadRequest): Promise<ContactMessage> {
  const id = toDocumentId({ payload: req.payload, text: String(req.routeParams?.id ?? '') })
  const message =
    id === null
      ? null
      : await req.payload.findByID({
          collection: 'contact-messages',
          id,
          depth: 0,
          joins: false,
          overrideAccess: false,
          disableErrors: true,
          req,
        })
  if (!message) throw new APIError('There is no such message.', 404, null, true)
  return message
}
