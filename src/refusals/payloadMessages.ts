import type { Locale } from '../newsletter/model.ts'

/** What Payload and the parsers below it say in English whatever the language. */
interface KnownMessage {
  /** The whole message; its groups are $1, $2 in the texts. */
  is: RegExp
  sv: string
  /** Where Payload's own words are those of its code. */
  en?: string
  /** Where Payload answers 500, or another one than the fault is. */
  status?: number
}

const known = (is: RegExp, sv: string, more: Pick<KnownMessage, 'en' | 'status'> = {}): KnownMessage => ({
  is,
  sv,
  ...more,
})

const BROKEN_FORM = 'Formuläret är trasigt eller avbrutet (multipart). Skicka det igen.'
const BROKEN_FORM_EN = 'The form is broken or cut off (multipart). Send it again.'
const LONG_FORM = 'Formuläret har för många eller för långa fält: högst en fil, 20 fält och 1 MB text.'
const LONG_FORM_EN =
  'The form has too many fields or too long ones: at most one file, 20 fields and 1 MB of text.'

const MESSAGES: KnownMessage[] = [
  known(/^Invalid JSON$/, 'Kroppen är ingen giltig JSON.', { en: 'The body is no valid JSON.' }),
  known(
    /^(?:Unexpected (?:token|end of JSON|non-whitespace|number|string)|Expected |Unterminated |Bad |No number after|Exponent part)[^]*$/,
    'Fältet _payload är ingen giltig JSON.',
    { en: 'The field _payload is no valid JSON.', status: 400 },
  ),
  known(
    /^(?:Unexpected end of form|Malformed (?:part header|content type|urlencoded form)|Unsupported content type.*|Missing Content-Type|Multipart: Boundary not found|Request is not eligible for file upload)$/,
    BROKEN_FORM,
    { en: BROKEN_FORM_EN, status: 400 },
  ),
  known(/^Multipart limit has been reached$/, LONG_FORM, { en: LONG_FORM_EN, status: 413 }),
  known(
    /^(?:File size limit has been reached|Multipart request size limit has been reached)$/,
    'Bilden är för stor: högst 25 MB. Inget av den sparades.',
    { en: 'The picture is too large: at most 25 MB. Nothing of it was saved.', status: 413 },
  ),
  known(/^Upload timeout for .*$/, 'Filen kom inte fram i tid. Inget av den sparades.', {
    en: 'The file did not arrive in time. Nothing of it was saved.',
    status: 408,
  }),
  known(/^A file name is required\.$/, 'Filen har inget namn.'),
  known(/^Invalid upload collection\.$/, 'Hit går det inte att ladda upp filer.'),
  known(/^Invalid file ?name\.?$/i, 'Filens namn är inte giltigt.'),
  known(/^No files were uploaded\.$/, 'Ingen fil laddades upp.'),
  known(
    /^File type (.+?) (?:.*)is not allowed\.?.*$/,
    'Filer av typen $1 tas inte emot: bara JPEG, PNG, WebP, GIF och AVIF.',
    { en: 'Files of the type $1 are not taken: only JPEG, PNG, WebP, GIF and AVIF.' },
  ),
  known(
    /^Invalid file type:? ?(.*)$/i,
    'Filen är ingen bild som tas emot: bara JPEG, PNG, WebP, GIF och AVIF.',
    { en: 'The file is no picture that is taken: only JPEG, PNG, WebP, GIF and AVIF.' },
  ),
  known(/^The following paths? cannot be queried: (.*)$/, 'Det går inte att fråga efter: $1'),
  known(/^The following field is invalid: (.*)$/, 'Följande fält är ogiltigt: $1'),
  known(/^The following fields are invalid: (.*)$/, 'Följande fält är ogiltiga: $1'),
  known(
    /^(?:Value must be unique|Värdet måste vara unikt)$/,
    'Det finns redan en med det här värdet. Välj ett annat.',
    {
      en: 'There is one with this value already. Choose another.',
    },
  ),
  known(
    /^This (?:relationship )?field has the following invalid (?:relationships|selections): [^]*$/,
    'Det som valts finns inte. Välj något annat.',
    { en: 'What was chosen does not exist. Choose something else.' },
  ),
  known(/^Missing email\.$/, 'E-postadressen saknas.'),
  known(/^Missing required data\.$/, 'Uppgifter saknas.', { en: 'Something that is needed is missing.' }),
  known(/^Token is either invalid or has expired\.$/, 'Länken är ogiltig eller har gått ut. Be om en ny.', {
    en: 'The link is not valid or has expired. Ask for a new one.',
  }),
  known(/^Verification token is invalid\.$/, 'Länken är ogiltig.'),
  known(/^No User$/, 'Ingen är inloggad.', { en: 'Nobody is logged in.' }),
  known(/^Incorrect collection$/, 'Det här kontot hör inte hemma här.', {
    en: 'This account does not belong here.',
  }),
  known(/^ID was not specified$/, 'Id saknas i adressen.', { en: 'The id is missing in the address.' }),
  known(/^No (?:collection|global) was specified$/, 'Adressen är inte fullständig.'),
  known(/^(?:Collection|Global) with the slug (.*) was not found$/, '”$1” finns inte.'),
  known(/^Missing ID of (?:document to update|version to restore|version)\.$/, 'Id saknas i adressen.'),
  known(
    /^Missing 'where' query of documents to (?:delete|update)\.$/,
    'Säg vilka dokument det gäller, med where.',
  ),
  known(
    /^Cannot restore a version of a trashed document \(ID: .*\)\. Restore the document first\.$/,
    'Dokumentet ligger i papperskorgen. Återställ det först.',
  ),
  known(/^field must be specified$/, 'Ange field.'),
  known(/^Field (.*) was not found in the collection .*$/, 'Fältet ”$1” finns inte.'),
  known(
    /^Pasting from URL is not enabled for this collection\.$/,
    'Filer hämtas inte från andra adresser här.',
  ),
  known(
    /^(?:Request URL is missing|A valid URL string is required|The provided URL is not allowed|Invalid file url|Invalid external file URL|External file URLs must use HTTP or HTTPS|Redirect target is not allowed)\.?$/,
    'Från den adressen hämtas ingen fil.',
    { en: 'No file is fetched from that address.' },
  ),
  known(/^You are not allowed to perform this action\.$/, 'Du får inte göra det här.'),
  known(/^Unauthorized, you must be logged in to make this request\.$/, 'Du måste logga in först.'),
  known(/^The requested resource was not found\.$/, 'Det du söker finns inte.'),
  known(/^(?:The email or password provided is incorrect)\.$/, 'E-postadressen eller lösenordet är fel.'),
  known(
    /^This user is locked due to having too many failed login attempts\.$/,
    'Kontot är låst en stund efter för många felaktiga försök.',
  ),
  known(
    /^(?:Document with ID .* is currently locked and cannot be .*|Document with ID .* is currently locked by another user.*)$/,
    'Någon annan redigerar dokumentet just nu.',
    { en: 'Somebody else is editing the document now.' },
  ),
  known(/^(?:Not found|Not Found)\.?$/, 'Finns inte.'),
  known(/^Something went wrong\.$/, 'Något gick fel hos oss. Försök igen om en stund.', {
    en: 'Something went wrong on our side. Please try again in a moment.',
  }),
]

/** In the reader's language, with the status that fits; the message as it is when it is not known. */
export function translateMessage(
  message: string,
  language: Locale,
): { message: string; status: number | undefined } {
  const found = MESSAGES.find(({ is }) => is.test(message))
  if (!found) return { message, status: undefined }
  const text = language === 'sv' ? found.sv : found.en
  return { message: text === undefined ? message : message.replace(found.is, text), status: found.status }
}
