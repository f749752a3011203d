import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import type { ContactMessage } from '../../../payload-types.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * `POST /api/contact-messages/:id/answered` {answered: true|false} by an editor -> 200 {doc}: who answered and when, of
 * the first who said so; false takes it back. 400, 401, 403, 404.
 */
export const answeredEndpoint: Endpoint = { path: '/:id/answered', method: 'post', handler: answer }

const schema = z.object({ answered: z.boolean() })

async function answer(req: PayloadRequest): Promise<Response> {
  requireEditor(req)
  const input = schema.safeParse(await req.json?.().catch(() => null))
  if (!input.success)
    throw refusal({
      req,
      code: 'body_invalid',
      status: 400,
      text: { en: 'answered: must be true or false.', sv: 'answered: ska vara true eller false.' },
    })
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

const readMessage = (req: PayloadRequest) => readRouteDocument(req, { collection: 'contact-messages' })
