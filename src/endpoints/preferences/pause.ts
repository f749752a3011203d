import type { PayloadRequest } from 'payload'
import { readFormInput } from '../../limits/readFormInput.ts'
import { fieldProblem, rule } from '../../readers/fieldRules.ts'
import { savePreferences } from '../../readers/preferences.ts'
import { BODY_TOO_LARGE, INPUT_INVALID, type Problem } from '../reader/answers.ts'
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

const WRONG_WEEKS: Problem = {
  ...INPUT_INVALID,
  fields: [fieldProblem({ field: 'weeks', message: rule('weeksOfForm') })],
}
