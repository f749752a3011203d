import { takeContactForm } from '../../../../contact/takeContactForm.ts'
import { depsOf } from '../../../../deps.ts'
import { makeFormStamp, STAMP_FIELD } from '../../../../limits/formGuards.ts'
import { readFormInput } from '../../../../limits/readFormInput.ts'
import type { Locale } from '../../../../newsletter/model.ts'
import { readConsentText } from '../../../../subscribing/consentText.ts'
import { notFoundAnswer } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { privateAnswer } from '../../_answers/privateAnswer.ts'
import { routeLocale } from '../../_answers/routeLocale.ts'
import { sitePayload } from '../../_data/payload.ts'
import { readSite } from '../../_data/site.ts'
import { ContactPage, type ContactForm, type ContactState } from '../../_pages/ContactPage.tsx'
import { NOTHING_WRITTEN, readWritten } from '../../_pages/contactForm.ts'

interface Context {
  params: Promise<{ locale: string }>
}

/** `/{locale}/contact`: the form; after it was taken the thanks (`?state=sent`). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { locale, isKnown } = routeLocale(request, (await params).locale)
  return orFailure(locale, async () => {
    if (!isKnown) return notFoundAnswer(request, locale)
    const isSent = new URL(request.url).searchParams.get('state') === 'sent'
    const state: ContactState = isSent
      ? { kind: 'sent' }
      : {
          kind: 'form',
          form: await makeForm({ locale, written: NOTHING_WRITTEN, problem: null, stamp: null }),
        }
    return show({ locale, state })
  })
}

/**
 * The form. Taken: on to the thanks, so that a reload sends nothing twice. Else the page again, with what was written and
 * what is wrong: 400, 413, 429 or 503.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { locale, isKnown } = routeLocale(request, (await params).locale)
  return orFailure(locale, async () => {
    if (!isKnown) return notFoundAnswer(request, locale)
    const payload = await sitePayload()
    const input = await readFormInput(request)
    const values = input.values && { ...input.values, locale }
    const problem = await takeContactForm({
      req: { payload, headers: request.headers },
      input: { ...input, values },
    })
    if (!problem) return seeThanks(locale)
    const form = await makeForm({ locale, written: readWritten(values), problem, stamp: stampIn(values) })
    const answer = await show({ locale, state: { kind: 'form', form }, status: problem.status })
    if (problem.retryAfter) answer.headers.set('Retry-After', String(problem.retryAfter))
    return answer
  })
}

const seeThanks = (locale: Locale): Response =>
  new Response(null, {
    status: 303,
    headers: { 'Cache-Control': 'no-store', Location: `/${locale}/contact?state=sent` },
  })

async function show({
  locale,
  state,
  status = 200,
}: {
  locale: Locale
  state: ContactState
  status?: number
}): Promise<Response> {
  const site = await readSite(locale)
  return privateAnswer(<ContactPage {...{ locale, site, state }} />, { status })
}

/** A form that comes back keeps its own: whoever corrects one word is as quick as a program. */
const stampIn = (values: Record<string, unknown> | null): string | null =>
  typeof values?.[STAMP_FIELD] === 'string' ? values[STAMP_FIELD] : null

/** @param form.stamp null: it is new. */
async function makeForm({
  locale,
  written,
  problem,
  stamp,
}: Pick<ContactForm, 'written' | 'problem'> & {
  locale: Locale
  stamp: string | null
}): Promise<ContactForm> {
  const payload = await sitePayload()
  const { secret, clock } = depsOf(payload)
  return {
    written,
    problem,
    consentText: await readConsentText({ payload, locale }),
    stamp: stamp ?? makeFormStamp({ secret, now: clock.now() }),
  }
}
