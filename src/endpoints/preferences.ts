import type { Endpoint, PayloadRequest } from 'payload'
import { readFormInput, type FormInput } from '../limits/readFormInput.ts'
import { readPreferences, savePreferences, type Preferences } from '../readers/preferences.ts'
import { confirmNewAddress, takeNewAddress } from './preferences/address.ts'
import { asReader, isProblem } from './preferences/asReader.ts'
import { giveData } from './preferences/data.ts'
import { erase } from './preferences/erase.ts'
import { pause } from './preferences/pause.ts'
import { renew } from './preferences/renew.ts'
import {
  BODY_TOO_LARGE,
  INPUT_INVALID,
  dataAnswer,
  problemAnswer,
  readerToken,
  seePage,
  type Problem,
} from './reader/answers.ts'

/**
 * What a person does about the newsletter with the link of a mail (`?token=`), without a login.
 * - `GET|PATCH /api/preferences` -> 200 {email (masked), name, locale, topics, status, pausedUntil, consents, allTopics}.
 *   PATCH takes {name?, locale?, topics?: slugs, pauseWeeks?: 1-52 or null, status?: 'unsubscribed'} and changes what it
 *   names; 400 {errors: [{field, message}]}. `POST` is the form of the page: every field counts.
 * - `POST …/pause` {weeks: 1-52, or 0 to get it again at once} -> 200, the same.
 * - `POST …/address` {email} -> 200 {status: 'asked'}, whatever the address: its owner confirms by mail;
 *   `POST …/address/confirm` with the link of that mail -> 200 {status: 'changed'}.
 * - `GET …/data` -> 200, a file with everything that is kept of the person.
 * - `POST …/erase` -> 200 {status: 'erased'}.
 * - `POST …/renew`, also with a link that is too old -> 200 {status: 'mailed'}, whoever it is for.
 * 400 for a link that is not ours, 413 for more than a form holds, 410 for one that is too old, 404 for a person who is gone, 503 when it was not written
 * down. With `from=page`, and always for the page's own form, the answer is the page again.
 */
export const preferencesEndpoints: Endpoint[] = [
  { path: '/preferences', method: 'get', handler: show },
  { path: '/preferences', method: 'patch', handler: patch },
  { path: '/preferences', method: 'post', handler: saveForm },
  { path: '/preferences/pause', method: 'post', handler: pause },
  { path: '/preferences/address', method: 'post', handler: takeNewAddress },
  { path: '/preferences/address/confirm', method: 'post', handler: confirmNewAddress },
  { path: '/preferences/data', method: 'get', handler: giveData },
  { path: '/preferences/erase', method: 'post', handler: erase },
  { path: '/preferences/renew', method: 'post', handler: renew },
]

async function show(req: PayloadRequest): Promise<Response> {
  const shown = await asReader(req, { what: 'preferences.show' }, ({ reader, now }) =>
    readPreferences({ payload: req.payload, reader, now }),
  )
  return isProblem(shown) ? problemAnswer(req, shown) : dataAnswer(shown)
}

async function patch(req: PayloadRequest): Promise<Response> {
  const saved = await save(req, (values) => values)
  return isProblem(saved) ? problemAnswer(req, saved) : dataAnswer(saved)
}

async function saveForm(req: PayloadRequest): Promise<Response> {
  const saved = await save(req, (values) => ({
    name: values?.name ?? '',
    locale: values?.locale ?? '',
    topics: values?.topics ?? [],
  }))
  const token = readerToken(req)
  if (!isProblem(saved)) return seePage('/preferences', { token, saved: '1' })
  return seePage('/preferences', { token, problem: saved.fields?.[0]?.field ?? saved.code })
}

/** Nothing is read of a body whose sender's link is not ours. */
const save = (
  req: PayloadRequest,
  inputOf: (values: FormInput['values']) => unknown,
): Promise<Preferences | Problem> =>
  asReader(req, { what: 'preferences' }, async ({ reader, now }) => {
    const { isTooLong, values } = await readFormInput(req, { lists: ['topics'] })
    if (isTooLong) return BODY_TOO_LARGE
    const input = inputOf(values)
    const saved = await savePreferences({ payload: req.payload, reader, input, now })
    return saved.kind === 'saved' ? saved.preferences : { ...INPUT_INVALID, fields: saved.problems }
  })
