import type { Endpoint, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { findReader } from '../readers/findReader.ts'
import { readPreferences, savePreferences } from '../readers/preferences.ts'
import {
  codeOf,
  dataAnswer,
  NOT_SAVED,
  problemAnswer,
  readerToken,
  seePage,
  TOKEN_INVALID,
  type Problem,
} from './reader/answers.ts'

/**
 * `GET|PATCH /api/preferences?token=` -> 200 {email (masked), name, locale, topics, status, allTopics}. PATCH takes
 * {name?, locale?, topics?: slugs, status?: 'unsubscribed'} and changes what it names; 400 {errors: [{field, message}]}.
 * `POST` is the form of the page, which works without script: every field counts, the answer is the page again.
 * 400 for a token that is not ours, 404 for a person who has been deleted, 503 when it was not written down.
 */
export const preferencesEndpoints: Endpoint[] = [
  { path: '/preferences', method: 'get', handler: show },
  { path: '/preferences', method: 'patch', handler: patch },
  { path: '/preferences', method: 'post', handler: saveForm },
]

async function show(req: PayloadRequest): Promise<Response> {
  const { payload } = req
  const found = await findFor(req)
  if (found.kind !== 'found') return problemAnswer(found)
  return dataAnswer(await readPreferences({ payload, reader: found.reader }))
}

async function patch(req: PayloadRequest): Promise<Response> {
  const input: unknown = await req.json?.().catch(() => null)
  const saved = await save(req, input)
  return 'preferences' in saved ? dataAnswer(saved.preferences) : problemAnswer(saved)
}

async function saveForm(req: PayloadRequest): Promise<Response> {
  const form = new URLSearchParams((await req.text?.()) ?? '')
  const saved = await save(req, {
    name: form.get('name') ?? '',
    locale: form.get('locale') ?? '',
    topics: form.getAll('topics'),
  })
  const token = readerToken(req)
  if ('preferences' in saved) return seePage('/preferences', { token, saved: '1' })
  return seePage('/preferences', { token, problem: saved.fields?.[0]?.field ?? saved.code })
}

type Saved = Awaited<ReturnType<typeof savePreferences>>

async function save(
  req: PayloadRequest,
  input: unknown,
): Promise<Extract<Saved, { kind: 'saved' }> | Problem> {
  const { payload } = req
  const { clock, log } = depsOf(payload)
  try {
    const found = await findFor(req)
    if (found.kind !== 'found') return found
    const saved = await savePreferences({ payload, reader: found.reader, input, now: clock.now() })
    if (saved.kind === 'saved') return saved
    return {
      status: 400,
      code: 'input_invalid',
      message: 'Some of this cannot be saved.',
      fields: saved.problems,
    }
  } catch (error) {
    log('preferences.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}

async function findFor(req: PayloadRequest) {
  const { secret } = depsOf(req.payload)
  const found = await findReader({
    payload: req.payload,
    secret,
    token: readerToken(req),
    purpose: 'preferences',
  })
  switch (found.kind) {
    case 'found':
      return found
    case 'gone':
      return { ...GONE, kind: 'gone' } as const
    case 'invalid':
      return { ...TOKEN_INVALID, kind: 'invalid' } as const
  }
}

const GONE: Problem = {
  status: 404,
  code: 'reader_gone',
  message: 'Nobody subscribes with this link any more.',
}
