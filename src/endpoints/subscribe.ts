import type { Endpoint, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { isFilledByProgram } from '../limits/formGuards.ts'
import { inEvenTime } from '../limits/inEvenTime.ts'
import { readFormInput, type FormInput } from '../limits/readFormInput.ts'
import { takeFormCall } from '../limits/takeFormCall.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../newsletter/model.ts'
import { askToSubscribe } from '../subscribing/askToSubscribe.ts'
import { readSubscribeInput } from '../subscribing/readSubscribeInput.ts'
import { readTopicSlugs } from '../subscribing/readTopicSlugs.ts'
import { crossOriginEndpoint } from './crossOrigin.ts'
import { codeOf } from '../codeOf.ts'
import {
  BODY_TOO_LARGE,
  dataAnswer,
  NOT_SAVED,
  problemAnswer,
  seeSubscribePage,
  type Problem,
  inTheirs,
  INPUT_INVALID,
  TOO_MANY,
} from './reader/answers.ts'

/**
 * `POST /api/subscribe` {email, locale?, topics?: slugs, name?}, as JSON or as a plain form -> 200 {status: 'asked'}: the
 * same, and after the same time, for every address, whether it is new, waits, subscribes, has left or must not be mailed.
 * Only its owner learns which, from their inbox. 400 {errors: [{field, message}]} for what is no input; 429 with Retry-After
 * when a network sends too many; 413 for more than any form holds; 503 when it was not written down. A plain form is led to the page instead (303).
 */
export const subscribeEndpoints: Endpoint[] = crossOriginEndpoint({ path: '/subscribe', handler: answer })

async function answer(req: PayloadRequest): Promise<Response> {
  const input = await readFormInput(req, { lists: ['topics'] })
  const problem = inTheirs(await attempt(req, input), input.values?.locale)
  if (!input.isPlainForm) return problem ? problemAnswer(req, problem) : dataAnswer({ status: 'asked' })
  return seeSubscribePage({
    locale: localeOf(input),
    query: problem ? { problem: problem.fields?.[0]?.field || problem.code } : { state: 'asked' },
    retryAfter: problem?.retryAfter,
  })
}

async function attempt(req: PayloadRequest, input: FormInput): Promise<Problem | null> {
  const { log } = depsOf(req.payload)
  try {
    const retryAfter = await takeFormCall({ req, form: 'subscribe' })
    if (retryAfter > 0) return { ...TOO_MANY, retryAfter }
    if (input.isTooLong) return BODY_TOO_LARGE
    const read = readSubscribeInput(input.values, {
      defaultLocale: DEFAULT_LOCALE,
      topics: await readTopicSlugs(req.payload),
    })
    if (read.kind === 'wrong') return { ...INPUT_INVALID, fields: read.problems }
    await inEvenTime(req.payload, () => ask({ req, input, person: read.person }))
    return null
  } catch (error) {
    log('subscribe.failed', { code: codeOf(error) })
    return NOT_SAVED
  }
}

async function ask({
  req,
  input: { values, isPlainForm },
  person,
}: {
  req: PayloadRequest
  input: FormInput
  person: Parameters<typeof askToSubscribe>[0]['person']
}): Promise<void> {
  const { payload } = req
  const { secret, clock } = depsOf(payload)
  const now = clock.now()
  if (isFilledByProgram({ secret, form: values ?? {}, now })) return
  await askToSubscribe({
    payload,
    person,
    source: sourceOf({ req, isPlainForm, locale: person.locale }),
    now,
  })
}

/** Where the form stood, as far as the browser says: a page of another site, our own page, or a script. */
function sourceOf({
  req: { headers, payload },
  isPlainForm,
  locale,
}: {
  req: PayloadRequest
  isPlainForm: boolean
  locale: Locale
}): string {
  const origin = headers.get('origin') ?? ''
  const isElsewhere = URL.canParse(origin) && origin.length <= 200 && origin !== payload.config.serverURL
  if (isElsewhere) return `form ${origin}`
  return isPlainForm ? `form /${locale}/subscribe` : 'api'
}

const localeOf = ({ values }: FormInput): Locale =>
  LOCALES.find((locale) => locale === values?.locale) ?? DEFAULT_LOCALE
