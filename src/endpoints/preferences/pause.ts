import type { PayloadRequest } from 'payload'
import { readFormInput } from '../../limits/readFormInput.ts'
import { savePreferences } from '../../readers/preferences.ts'
import { BODY_TOO_LARGE } from '../reader/answers.ts'
import { answerReader } from './answerReader.ts'
import { asReader } from './asReader.ts'

/** `POST /api/preferences/pause` {weeks}: no newsletter for so many weeks; 0 ends a pause. Also as the page's form. */
export async function pause(req: PayloadRequest): Promise<Response> {
  const { isTooLong, values } = await readFormInput(req)
  const weeks = Number(values?.weeks || Number.NaN)
  const answer = await asReader(req, { what: 'preferences.pause' }, async ({ reader, now }) => {
    if (isTooLong) return BODY_TOO_LARGE
    const input = { pauseWeeks: isZero(values?.weeks) ? null : weeks }
    const saved = await savePreferences({ payload: req.payload, reader, input, now })
    return saved.kind === 'saved' ? saved.preferences : WRONG_WEEKS
  })
  return answerReader(req, { done: isZero(values?.weeks) ? 'resumed' : 'paused', answer })
}

const isZero = (weeks: unknown) => weeks === 0 || weeks === '0'

const MESSAGE = 'must be a whole number of weeks from 1 to 52, or 0 to end a pause'
const WRONG_WEEKS = {
  status: 400,
  code: 'input_invalid',
  message: `weeks: ${MESSAGE}.`,
  fields: [{ field: 'weeks', message: MESSAGE }],
}
