import type { APIError, PayloadRequest } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import { languageOf, refusal } from '../refusals/refusal.ts'
import { evidenceOf, messageOf, sentenceOf } from './messages.ts'
import type { Finding } from './model.ts'

/**
 * 422 with all that is wrong.
 * @param input.isPublishing without a newsletter it could be published.
 */
export function newsletterStopped({
  req,
  stops,
  isPublishing,
}: {
  req: PayloadRequest
  stops: readonly Finding[]
  isPublishing: boolean
}): APIError {
  const locale = languageOf(req)
  const checks = stops.map((stop) => ({
    code: stop.code,
    message: messageOf(stop, locale),
    evidence: evidenceOf(stop, locale),
    place: stop.place,
  }))
  const sentence = (language: Locale) =>
    [
      isPublishing ? NOT_PUBLISHED[language] : NOT_SENT[language],
      ...stops.map((stop) => sentenceOf(stop, language)),
      ...(isPublishing ? [WAY_OUT[language]] : []),
    ].join(' ')
  return refusal({
    req,
    code: 'newsletter_stopped',
    status: 422,
    text: { sv: sentence('sv'), en: sentence('en') },
    data: { checks },
  })
}

const NOT_PUBLISHED = {
  sv: 'Inget är publicerat, för nyhetsbrevet skulle bli fel.',
  en: 'Nothing was published, because the newsletter would go wrong.',
}

const NOT_SENT = {
  sv: 'Inget är skickat, för nyhetsbrevet skulle bli fel.',
  en: 'Nothing was sent, because the newsletter would go wrong.',
}

const WAY_OUT = {
  sv: 'För att publicera utan nyhetsbrev, stäng av det under fliken Nyhetsbrev.',
  en: 'To publish without a newsletter, switch it off in the Newsletter tab (newsletter.send: false).',
}
