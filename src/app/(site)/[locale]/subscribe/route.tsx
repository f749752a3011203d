import { depsOf } from '../../../../deps.ts'
import { makeFormStamp } from '../../../../limits/formGuards.ts'
import type { Locale } from '../../../../newsletter/model.ts'
import { readConsentText } from '../../../../subscribing/consentText.ts'
import { notFoundAnswer } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { privateAnswer } from '../../_answers/privateAnswer.ts'
import { routeLocale } from '../../_answers/routeLocale.ts'
import { sitePayload } from '../../_data/payload.ts'
import { readSite } from '../../_data/site.ts'
import { readTopics } from '../../_data/topics.ts'
import { SubscribePage, type SubscribeForm } from '../../_pages/SubscribePage.tsx'

/**
 * `/{locale}/subscribe`: the form, and where it leads (`?state=asked`, `?problem=`). Not kept: the form says when it was
 * made.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale, isKnown } = routeLocale(request, (await params).locale)
  return orFailure(locale, async () => {
    if (!isKnown) return notFoundAnswer(request, locale)
    const query = new URL(request.url).searchParams
    const problem = query.get('problem')
    const isAsked = query.get('state') === 'asked' && problem === null
    const site = await readSite(locale)
    const state = isAsked
      ? ({ kind: 'asked' } as const)
      : ({ kind: 'form', form: await makeForm({ locale, problem }) } as const)
    return privateAnswer(<SubscribePage {...{ locale, site, state }} />)
  })
}

async function makeForm({
  locale,
  problem,
}: {
  locale: Locale
  problem: string | null
}): Promise<SubscribeForm> {
  const payload = await sitePayload()
  const { secret, clock } = depsOf(payload)
  return {
    topics: await readTopics(locale),
    consentText: await readConsentText({ payload, locale }),
    stamp: makeFormStamp({ secret, now: clock.now() }),
    problem,
  }
}
