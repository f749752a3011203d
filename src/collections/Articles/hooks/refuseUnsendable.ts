import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import { isScheduledRun, isTakingBack, isToBePublished, overrideOf } from '../../../content/systemSaves.ts'
import { campaignsOf } from '../../../deps.ts'
import { mailsWhatIsPublished } from '../../../newsletter/scheduleCampaign.ts'
import { evidenceOf, messageOf, sentenceOf } from '../../../preflight/messages.ts'
import type { Finding } from '../../../preflight/model.ts'
import { incomingFactsOf } from '../../../preflight/preflightPorts.ts'
import { judgeLocally } from '../../../preflight/runPreflight.ts'
import { languageOf, refusal } from '../../../refusals/refusal.ts'
import type { Locale } from '../../../newsletter/model.ts'

/**
 * Publishing with a newsletter is refused, before anything is written, when a local rule of preflight says stop: a setting
 * that the law asks for is missing, nobody would get it, a link leads nowhere. Of one whose mail is made it is not asked:
 * publishing changes no mail any more. What is planned is judged when it is planned, and not when its time has come, as nobody is
 * there to read a refusal: the mailing stops and says why.
 * An admin passes a stop by its code, with a reason (endpoints/publish).
 * @throws 422 with all that is wrong. Without a newsletter (`newsletter.send: false`) the article can be published.
 */
export const refuseUnsendable: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (!isToBePublished(data, req.context) || !data.newsletter?.send || data.deletedAt) return data
  if (isScheduledRun() || isTakingBack(req.context)) return data
  const id: number | string | null = originalDoc?.id ?? null
  if (id !== null && !mailsWhatIsPublished(await campaignsOf(req).find(String(id)))) return data
  const passed = overrideOf(req.context)?.checks ?? []
  const stops = judgeLocally(await incomingFactsOf(req, { id, data })).filter(
    ({ code, level }) => level === 'stop' && !passed.includes(code),
  )
  if (stops.length > 0) throw unsendable(req, stops)
  return data
}

const unsendable = (req: PayloadRequest, stops: Finding[]) => {
  const locale = languageOf(req)
  const checks = stops.map((stop) => ({
    code: stop.code,
    message: messageOf(stop, locale),
    evidence: evidenceOf(stop, locale),
    place: stop.place,
  }))
  return refusal({
    req,
    code: 'newsletter_stopped',
    status: 422,
    text: { sv: sentence(stops, 'sv'), en: sentence(stops, 'en') },
    data: { checks },
  })
}

const BEGINNING = {
  sv: 'Inget är publicerat, för nyhetsbrevet skulle bli fel.',
  en: 'Nothing was published, because the newsletter would go wrong.',
}

const WAY_OUT = {
  sv: 'För att publicera utan nyhetsbrev, stäng av det under fliken Nyhetsbrev.',
  en: 'To publish without a newsletter, switch it off in the Newsletter tab (newsletter.send: false).',
}

const sentence = (stops: Finding[], locale: Locale): string =>
  [BEGINNING[locale], ...stops.map((stop) => sentenceOf(stop, locale)), WAY_OUT[locale]].join(' ')
