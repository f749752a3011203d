import type { Locale } from '../newsletter/model.ts'
import type { CheckCode, Finding, Level } from './model.ts'

/** What a check says: of a problem, what is wrong and what to do. `ok` and `notRun` are short. */
interface Words {
  ok: string
  bad: string
  notRun?: string
}

const NOT_RUN: Record<Locale, string> = {
  sv: 'Gick inte att undersöka just nu.',
  en: 'Could not be looked at just now.',
}

const sv: Record<CheckCode, Words> = {
  sender: {
    ok: 'Avsändare och postadress är ifyllda.',
    bad: 'Lagen kräver avsändare och postadress. Fyll i det som saknas under Inställningar → Webbplats → Nyhetsbrevet.',
  },
  server_address: {
    ok: 'Länkarna i brevet går till en adress som läsarna når.',
    bad: 'Länkarna i brevet går till den här datorn, dit läsarna inte når. Sätt SERVER_URL till webbplatsens adress.',
  },
  audience: {
    ok: 'Det finns någon som får brevet.',
    bad: 'Ingen skulle få brevet. Välj andra ämnen, eller publicera utan nyhetsbrev.',
  },
  language: {
    ok: 'Alla mottagare får brevet på sitt språk.',
    bad: 'Några mottagare läser på ett språk som artikeln inte är skriven på. De får den på ett annat.',
  },
  link_address: {
    ok: 'Alla länkar har en adress.',
    bad: 'En länk har ingen riktig adress. Rätta den eller ta bort den.',
  },
  link_private: {
    ok: 'Ingen länk går till ett eget nätverk.',
    bad: 'En länk går till en dator eller ett nätverk som bara du når. Byt den mot en adress på webben.',
  },
  link_draft: {
    ok: 'Ingen länk går till ett utkast.',
    bad: 'En länk går till en artikel som inte alla kan läsa: ett utkast, eller en som bara skickas som brev. Publicera den på webben först, eller ta bort länken.',
  },
  link_insecure: {
    ok: 'Alla länkar är säkra (https).',
    bad: 'En länk börjar med http:// och visas som osäker. Pröva samma adress med https://.',
  },
  links_answer: {
    ok: 'Alla länkar svarar.',
    bad: 'En länk svarade inte, eller svarade med ett fel. Öppna den och se efter.',
    notRun: 'Det gick inte att pröva länkarna just nu.',
  },
  placeholder: {
    ok: 'Ingen platshållare står kvar i texten.',
    bad: 'En platshållare står kvar i texten. Byt den mot det som ska stå där.',
  },
  size: {
    ok: 'Brevet är lagom stort.',
    bad: 'Brevet är större än 102 KB, och Gmail visar då inte slutet, där länken för att avsluta står. Korta texten.',
  },
  subject_length: {
    ok: 'Ämnesraden är lagom lång.',
    bad: 'Ämnesraden har fler än 60 tecken och kapas i många inkorgar.',
  },
  subject_repeated: {
    ok: 'Ämnesraden är ny.',
    bad: 'Ett tidigare nyhetsbrev hade samma ämnesrad. Det ser ut som ett brev som kom två gånger.',
  },
  preheader: {
    ok: 'Det finns en förhandstext till inkorgen.',
    bad: 'Förhandstext och ingress saknas: inkorgen visar textens början i stället.',
  },
  headings: {
    ok: 'Rubrikerna kommer i ordning.',
    bad: 'En rubriknivå hoppas över. Skärmläsare använder nivåerna som innehållsförteckning.',
  },
  test_mail: {
    ok: 'Ett provbrev har skickats sedan den senaste ändringen.',
    bad: 'Inget provbrev har skickats sedan den senaste ändringen. Skicka ett till dig själv.',
  },
  image_alt: {
    ok: 'Alla bilder är beskrivna.',
    bad: 'En bild saknar beskrivning (alt-text). Den som inte ser bilden får då inget veta.',
  },
  image_missing: {
    ok: 'Alla bilder finns.',
    bad: 'En bild finns inte längre. Ladda upp den igen, eller ta bort den ur texten.',
  },
  image_weight: {
    ok: 'Bilderna laddas snabbt.',
    bad: 'Bilderna är tunga, och brevet laddas långsamt i en telefon. Använd färre eller mindre bilder.',
  },
  file_missing: {
    ok: 'Alla filer finns.',
    bad: 'En fil finns inte längre. Ladda upp den igen och välj den, eller ta bort den ur texten.',
  },
  provider_key: {
    ok: 'Leverantören godtar nyckeln.',
    bad: 'Leverantören godtar inte nyckeln. Skapa en ny och sätt RESEND_API_KEY till den.',
    notRun: 'Det gick inte att fråga leverantören om nyckeln just nu.',
  },
  mail_server: {
    ok: 'E-postservern tar emot anslutningen och inloggningen.',
    bad: 'E-postservern tar inte emot brev.',
    notRun: 'Det gick inte att pröva e-postservern just nu.',
  },
  sender_domain: {
    ok: 'Avsändarens domän är godkänd hos leverantören.',
    bad: 'Avsändarens domän är inte godkänd hos leverantören. Godkänn den där, eller byt avsändarens adress.',
    notRun: 'Nyckeln får bara skicka: den berättar inte om domänen är godkänd.',
  },
  spf: {
    ok: 'SPF stämmer.',
    bad: 'Domänens SPF-post saknas eller stämmer inte. Fler brev hamnar då i skräpposten.',
    notRun: 'Domänens SPF-post gick inte att läsa just nu.',
  },
  dkim: {
    ok: 'DKIM stämmer.',
    bad: 'Domänens DKIM-post saknas eller stämmer inte. Fler brev hamnar då i skräpposten.',
    notRun: 'Domänens DKIM-post gick inte att läsa just nu.',
  },
  dmarc: {
    ok: 'DMARC stämmer.',
    bad: 'Domänens DMARC-post saknas eller stämmer inte. Gmail och Yahoo kräver en av den som skickar till många.',
    notRun: 'Domänens DMARC-post gick inte att läsa just nu.',
  },
  worker: {
    ok: 'Utskickstjänsten är igång.',
    bad: 'Utskickstjänsten är inte igång: brevet väntar tills någon startar den.',
  },
  bounces: {
    ok: 'Få brev studsade förra gången.',
    bad: 'Många brev studsade förra gången. Leverantörer stoppar avsändare med gamla adresser i listan.',
    notRun: 'Leverantören har inte berättat något om tidigare brev.',
  },
  quota: {
    ok: '',
    bad: '',
    notRun:
      'Leverantören säger inte hur mycket som är kvar av kvoten. Tar den slut fortsätter utskicket när det går.',
  },
}

const en: Record<CheckCode, Words> = {
  sender: {
    ok: 'The sender and the postal address are set.',
    bad: 'The law asks for a sender and a postal address. Fill in what is missing under Settings → Site → The newsletter.',
  },
  server_address: {
    ok: 'The links in the mail lead to an address that readers can reach.',
    bad: 'The links in the mail lead to this computer, which readers cannot reach. Set SERVER_URL to the address of the site.',
  },
  audience: {
    ok: 'There is somebody who gets the mail.',
    bad: 'Nobody would get the mail. Choose other topics, or publish without a newsletter.',
  },
  language: {
    ok: 'Every recipient gets the mail in their language.',
    bad: 'Some recipients read in a language that the article is not written in. They get it in another one.',
  },
  link_address: {
    ok: 'Every link has an address.',
    bad: 'A link has no proper address. Correct it or remove it.',
  },
  link_private: {
    ok: 'No link leads to a network of your own.',
    bad: 'A link leads to a computer or a network that only you can reach. Replace it with an address on the web.',
  },
  link_draft: {
    ok: 'No link leads to a draft.',
    bad: 'A link leads to an article that not everybody can read: a draft, or one that is only mailed. Publish that on the site first, or remove the link.',
  },
  link_insecure: {
    ok: 'Every link is secure (https).',
    bad: 'A link begins with http:// and is shown as not secure. Try the same address with https://.',
  },
  links_answer: {
    ok: 'Every link answers.',
    bad: 'A link did not answer, or answered with an error. Open it and see.',
    notRun: 'The links could not be tried just now.',
  },
  placeholder: {
    ok: 'No placeholder is left in the text.',
    bad: 'A placeholder is left in the text. Replace it with what should stand there.',
  },
  size: {
    ok: 'The size of the mail is right.',
    bad: 'The mail is larger than 102 KB: Gmail then hides its end, where the link to unsubscribe is. Shorten the text.',
  },
  subject_length: {
    ok: 'The length of the subject is right.',
    bad: 'The subject has more than 60 characters, and many inboxes cut it.',
  },
  subject_repeated: {
    ok: 'The subject is new.',
    bad: 'An earlier newsletter had the same subject. It looks like a mail that came twice.',
  },
  preheader: {
    ok: 'There is a preheader for the inbox.',
    bad: 'There is no preheader and no excerpt: the inbox shows the beginning of the text instead.',
  },
  headings: {
    ok: 'The headings are in order.',
    bad: 'A level of headings is left out. Screen readers use the levels as a table of contents.',
  },
  test_mail: {
    ok: 'A test mail was sent since the last change.',
    bad: 'No test mail was sent since the last change. Send one to yourself.',
  },
  image_alt: {
    ok: 'Every image is described.',
    bad: 'An image has no description (alt text). Whoever does not see it learns nothing of it.',
  },
  image_missing: {
    ok: 'Every image is there.',
    bad: 'An image is not there any more. Upload it again, or remove it from the text.',
  },
  image_weight: {
    ok: 'The images load fast.',
    bad: 'The images are heavy, and the mail loads slowly on a phone. Use fewer or smaller ones.',
  },
  file_missing: {
    ok: 'Every file is there.',
    bad: 'A file is not there any more. Upload it again and choose it, or remove it from the text.',
  },
  provider_key: {
    ok: 'The provider takes the key.',
    bad: 'The provider refuses the key. Make a new one and set RESEND_API_KEY to it.',
    notRun: 'The provider could not be asked about the key just now.',
  },
  mail_server: {
    ok: 'The mail server takes the connection and the login.',
    bad: 'The mail server takes no mail.',
    notRun: 'The mail server could not be tried just now.',
  },
  sender_domain: {
    ok: 'The sender’s domain is verified with the provider.',
    bad: 'The sender’s domain is not verified with the provider. Verify it there, or change the sender’s address.',
    notRun: 'The key may only send: it does not tell whether the domain is verified.',
  },
  spf: {
    ok: 'SPF is right.',
    bad: 'The domain’s SPF record is missing or not right. More mails land in spam then.',
    notRun: 'The domain’s SPF record could not be read just now.',
  },
  dkim: {
    ok: 'DKIM is right.',
    bad: 'The domain’s DKIM record is missing or not right. More mails land in spam then.',
    notRun: 'The domain’s DKIM record could not be read just now.',
  },
  dmarc: {
    ok: 'DMARC is right.',
    bad: 'The domain’s DMARC record is missing or not right. Gmail and Yahoo ask for one of whoever mails many people.',
    notRun: 'The domain’s DMARC record could not be read just now.',
  },
  worker: {
    ok: 'A worker is running.',
    bad: 'No worker is running: the mail waits until somebody starts one.',
  },
  bounces: {
    ok: 'Few mails bounced last time.',
    bad: 'Many mails bounced last time. Providers stop senders whose lists hold old addresses.',
    notRun: 'The provider has told nothing of earlier mails.',
  },
  quota: {
    ok: '',
    bad: '',
    notRun:
      'The provider does not say how much of the quota is left. When it is used up, the mailing goes on as soon as it can.',
  },
}

const WORDS: Record<Locale, Record<CheckCode, Words>> = { sv, en }

/** The sentence of a finding, in the language of whoever reads it. */
export function messageOf({ code, level }: Pick<Finding, 'code' | 'level'>, locale: Locale): string {
  const words = WORDS[locale][code]
  const byLevel: Record<Level, string> = {
    ok: words.ok,
    stop: words.bad,
    warning: words.bad,
    not_run: words.notRun ?? NOT_RUN[locale],
  }
  return byLevel[level]
}

const SETTINGS: Record<Locale, Record<string, string>> = {
  sv: { senderName: 'avsändarens namn', senderEmail: 'avsändarens adress', postalAddress: 'postadress' },
  en: { senderName: 'sender name', senderEmail: 'sender address', postalAddress: 'postal address' },
}

const NO_ANSWER: Record<Locale, Record<string, string>> = {
  sv: { silent: 'inget svar', private: 'ett eget nätverk' },
  en: { silent: 'no answer', private: 'a private network' },
}

/** The evidence as people read it: settings by their names in the admin, and why a link has no status. */
export function evidenceOf({ code, evidence }: Pick<Finding, 'code' | 'evidence'>, locale: Locale): string[] {
  if (code === 'sender') return evidence.map((name) => SETTINGS[locale][name] ?? name)
  if (code !== 'links_answer') return evidence
  return evidence.map((line) =>
    line.replace(/\((\w+)\)$/, (all, why: string) =>
      NO_ANSWER[locale][why] ? `(${NO_ANSWER[locale][why]})` : all,
    ),
  )
}

/** Its message, with what it is about where that says more: no more than three things. */
export function sentenceOf(finding: Finding, locale: Locale): string {
  const message = messageOf(finding, locale)
  const evidence = evidenceOf(finding, locale).slice(0, 3).join(', ')
  return finding.code === 'audience' || evidence === '' ? message : `${message} (${evidence})`
}
