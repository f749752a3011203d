import type { PayloadRequest } from 'payload'
import { depsOf, keepDurably } from '../deps.ts'
import { codeOf } from '../codeOf.ts'
import {
  BODY_TOO_LARGE,
  INPUT_INVALID,
  NOT_SAVED,
  TOO_MANY,
  type Problem,
} from '../endpoints/reader/answers.ts'
import { isFilledByProgram } from '../limits/formGuards.ts'
import type { FormInput } from '../limits/readFormInput.ts'
import { inEvenTime } from '../limits/inEvenTime.ts'
import { takeFormCall } from '../limits/takeFormCall.ts'
import type { ContactMessage } from '../payload-types.ts'
import { followUp } from './followUp.ts'
import { readContactInput, type NewMessage } from './readContactInput.ts'

/**
 * Takes what somebody wrote in the contact form: it is kept before anything is mailed about it, and once it is kept
 * nothing loses the mails (see followUp). The same answer for every address.
 * @returns null when it was taken, or was a program's, which learns nothing.
 */
export async function takeContactForm({
  req,
  input,
}: {
  req: Pick<PayloadRequest, 'payload' | 'headers'>
  input: FormInput
}): Promise<Problem | null> {
  const { secret, clock, log } = depsOf(req.payload)
  try {
    const retryAfter = await takeFormCall({ req, form: 'contact' })
    if (retryAfter > 0) return { ...TOO_MANY, retryAfter }
    if (input.isTooLong) return BODY_TOO_LARGE
    const read = readContactInput(input.values)
    if (read.kind === 'wrong') return { ...INPUT_INVALID, fields: read.problems }
    const isProgram = isFilledByProgram({ secret, form: input.values ?? {}, now: clock.now() })
    await inEvenTime(req.payload, async () => {
      if (!isProgram) await keep({ req, message: read.message })
    })
    return null
  } catch (error) {
    log('contact.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}

/** Writes as the system: nobody is logged in. @throws what the database throws when the message is not kept. */
async function keep({
  req: { payload },
  message,
}: {
  req: Pick<PayloadRequest, 'payload'>
  message: NewMessage
}): Promise<void> {
  const kept = await keepDurably({
    payload,
    write: () =>
      payload.create({ collection: 'contact-messages', data: message, depth: 0, overrideAccess: true }),
  })
  await followUp({ payload, message: kept }).catch((error: unknown) => reportLater(payload, kept, error))
}

/** It is kept, which is what counts: a worker does the rest. */
function reportLater(payload: PayloadRequest['payload'], { id }: ContactMessage, error: unknown): void {
  depsOf(payload).log('contact.follow_up_failed', { message: String(id), code: codeOf(error) })
}
