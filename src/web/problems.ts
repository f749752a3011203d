import type { Locale } from '../newsletter/model.ts'

/** Why the web server does not hand a request on, in both languages. */
export interface WebProblem {
  status: number
  /** Stable, for scripts. */
  code: string
  text: Record<Locale, string>
  headers?: Record<string, string>
}

export const bodyTooLarge = (megabytes: number): WebProblem => ({
  status: 413,
  code: 'body_too_large',
  text: {
    en: `This is too large: at most ${megabytes} MB can be sent here. Nothing of it was saved.`,
    sv: `Det här är för stort: högst ${megabytes} MB kan skickas hit. Inget av det sparades.`,
  },
})

export const bodyTooSlow = (ms: number): WebProblem => ({
  status: 408,
  code: 'body_too_slow',
  text: {
    en: `The request did not arrive whole within ${ms / 1000} seconds. Nothing of it was saved.`,
    sv: `Anropet kom inte fram i sin helhet inom ${ms / 1000} sekunder. Inget av det sparades.`,
  },
})

export const BAD_ADDRESS: WebProblem = {
  status: 400,
  code: 'bad_address',
  text: {
    en: 'The address is not valid: it holds a character that is not encoded as it should be.',
    sv: 'Adressen är inte giltig: den innehåller ett tecken som inte är kodat som det ska.',
  },
}

export const BAD_HOST: WebProblem = {
  status: 400,
  code: 'bad_host',
  text: {
    en: 'The header Host is missing or is no host name.',
    sv: 'Huvudet Host saknas eller är inget värdnamn.',
  },
}

export const FOREIGN_ORIGIN: WebProblem = {
  status: 403,
  code: 'foreign_origin',
  text: {
    en: 'The request comes from the page of another site. Open the admin at its own address and try again.',
    sv: 'Anropet kommer från en annan webbplats. Öppna admin på dess egen adress och försök igen.',
  },
}

export const ADDRESS_TOO_LONG: WebProblem = {
  status: 414,
  code: 'address_too_long',
  text: {
    en: 'The address is too long: at most 8 KB. Send a long query as the body of a POST with the header X-HTTP-Method-Override: GET.',
    sv: 'Adressen är för lång: högst 8 kB. Skicka en lång fråga som en POST med huvudet X-HTTP-Method-Override: GET.',
  },
}

export const METHOD_NOT_ALLOWED: WebProblem = {
  status: 405,
  code: 'method_not_allowed',
  text: { en: 'This method is not allowed here.', sv: 'Metoden är inte tillåten här.' },
  headers: { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
}

export const ENCODED_BODY: WebProblem = {
  status: 415,
  code: 'body_encoded',
  text: {
    en: 'A compressed body is not read. Send it without Content-Encoding.',
    sv: 'En komprimerad kropp läses inte. Skicka den utan Content-Encoding.',
  },
}

/** @param reads.accept media types; `words` name them as the end of a sentence. */
export const wrongType = ({
  accept,
  words,
}: {
  accept: string
  words: Record<Locale, string>
}): WebProblem => ({
  status: 415,
  code: 'wrong_type',
  text: {
    en: `A body of this type is not read here. Send ${words.en}.`,
    sv: `En kropp av den här typen läses inte här. Skicka ${words.sv}.`,
  },
  headers: { Accept: accept },
})

export const NO_JSON: WebProblem = {
  status: 400,
  code: 'no_json',
  text: {
    en: 'The body is no JSON object: a brace, bracket, quote or comma is missing or too many, or it is cut off.',
    sv: 'Kroppen är inget JSON-objekt: en klammer, ett citattecken eller ett komma saknas eller är för mycket, eller så är den avbruten.',
  },
}

export const JSON_TOO_DEEP: WebProblem = {
  status: 400,
  code: 'json_too_deep',
  text: {
    en: 'The JSON in the body is nested too deeply: at most 200 levels.',
    sv: 'JSON i kroppen är nästlad för djupt: högst 200 nivåer.',
  },
}

export const NO_BOUNDARY: WebProblem = {
  status: 400,
  code: 'no_boundary',
  text: {
    en: 'The header Content-Type says multipart but names no boundary, so the parts cannot be told apart.',
    sv: 'Huvudet Content-Type säger multipart men anger ingen boundary, så delarna går inte att skilja åt.',
  },
}

export const BROKEN_FORM: WebProblem = {
  status: 400,
  code: 'broken_form',
  text: {
    en: 'The form is broken or cut off (multipart). Send it again.',
    sv: 'Formuläret är trasigt eller avbrutet (multipart). Skicka det igen.',
  },
}

export const NO_EXPECTATION: WebProblem = {
  status: 417,
  code: 'no_expectation',
  text: {
    en: 'The header Expect may say 100-continue only.',
    sv: 'Huvudet Expect får bara säga 100-continue.',
  },
}

export const WEBHOOKS_BUSY: WebProblem = {
  status: 503,
  code: 'webhooks_busy',
  text: {
    en: 'Too many webhooks come in at once. Please post this one again in a few seconds.',
    sv: 'För många webhookar kommer in samtidigt. Skicka den här igen om några sekunder.',
  },
  headers: { 'Retry-After': '5' },
}

export const NO_SUCH_ADDRESS: WebProblem = {
  status: 404,
  code: 'not_found',
  text: { en: 'There is nothing at this address.', sv: 'Det finns inget på den här adressen.' },
}

const TYPE_NOT_TAKEN: WebProblem = {
  status: 415,
  code: 'type_not_taken',
  text: {
    en: 'This content type is not read here. Send application/json.',
    sv: 'Den innehållstypen läses inte här. Skicka application/json.',
  },
}

/** What an answer without a word of its own says, by its status. */
export const problemOfStatus = (status: number): WebProblem => {
  const known = [METHOD_NOT_ALLOWED, TYPE_NOT_TAKEN, NO_SUCH_ADDRESS].find((each) => each.status === status)
  if (known) return known
  return status >= 500 ? { ...FAILED, status } : { ...NOT_TAKEN, status }
}

const NOT_TAKEN: WebProblem = {
  status: 400,
  code: 'not_taken',
  text: { en: 'This request cannot be answered as it is.', sv: 'Anropet går inte att besvara som det är.' },
}

export const FAILED: WebProblem = {
  status: 500,
  code: 'failed',
  text: {
    en: 'Something went wrong on our side. Please try again in a moment.',
    sv: 'Något gick fel hos oss. Försök igen om en stund.',
  },
}
