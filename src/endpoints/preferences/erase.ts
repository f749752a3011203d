import type { PayloadRequest } from 'payload'
import { eraseReader } from '../../readers/eraseReader.ts'
import { answerReader } from './answerReader.ts'
import { asReader } from './asReader.ts'

/** `POST /api/preferences/erase`: see preferencesEndpoints. There is no way back. */
export async function erase(req: PayloadRequest): Promise<Response> {
  const answer = await asReader(req, { what: 'preferences.erase' }, async ({ reader }) => {
    await eraseReader({ payload: req.payload, subscriberId: String(reader.id) })
    return { status: 'erased' }
  })
  return answerReader(req, { done: 'erased', answer })
}
