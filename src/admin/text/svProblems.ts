import { CANARY_BOUNCED, CANARY_COMPLAINED } from '../../newsletter/rules/canary.ts'
import { TOO_MANY_BOUNCES, TOO_MANY_COMPLAINTS } from '../../newsletter/rules/guard.ts'
import {
  ARTICLE_UNPUBLISHED,
  CANARY_SILENT,
  DEFERRED_TOO_LONG,
  EDITION_TOO_OLD,
  EXPIRED,
  INTERRUPTED,
  MAIL_REMOVED,
  MAILER_CHANGED,
  RENDER_FAILED,
  RESTORED,
  SENDER_BLOCKED,
  SITE_INCOMPLETE,
  SUBSCRIBER_DELETED,
  SUBSCRIBER_LEFT,
  SUPPRESSED,
  UNDECIDED,
} from '../../newsletter/rules/problems.ts'
import { stoppedBy } from '../../newsletter/rules/waitsForPublishing.ts'
import {
  ARTICLE_IN_TRASH,
  LATE,
  NOT_PUBLISHABLE,
  SUPERSEDED,
  TRIED_TOO_OFTEN,
  VERSION_GONE,
} from '../../plans/model.ts'
import { messageOf } from '../../preflight/messages.ts'
import { PASSABLE_CODES } from '../../preflight/model.ts'

const KEY_REFUSED =
  'E-postleverantören godtar inte inloggningen. Ge servern rätt nyckel eller lösenord och fortsätt sedan utskicket.'

/**
 * What the flow and the mailers say in English, in Swedish and shorter, by code. A code that is not here is shown in
 * the flow's own words.
 */
export const svProblems: Record<string, string> = {
  ...Object.fromEntries(
    PASSABLE_CODES.map((code) => [
      stoppedBy(code),
      `${messageOf({ code, level: 'stop' }, 'sv')} Publicera sedan artikeln igen, eller fortsätt utskicket.`,
    ]),
  ),
  [ARTICLE_UNPUBLISHED]:
    'Artikeln avpublicerades innan något skickades. Publicera den igen, så fortsätter utskicket.',
  [EDITION_TOO_OLD]:
    'Det går inte längre att veta vem som har fått artikeln, så några skulle få den två gånger. Avbryt utskicket.',
  [SITE_INCOMPLETE]:
    'Uppgifter om avsändaren saknas. Fyll i dem under Inställningar → Webbplats → Nyhetsbrevet.',
  [RENDER_FAILED]: 'Brevet kunde inte sättas. Felet finns i serverns logg.',
  [RESTORED.code]:
    'Databasen är återställd eller kopierad, och det som skickats sedan dess står inte i den. Jämför med vad leverantören säger har skickats. Fortsätt sedan, skicka igen till de ovissa (några kan få brevet två gånger), låt dem vara, eller avbryt.',
  [UNDECIDED.code]:
    'Om några mottagare kan ingen veta om de fick brevet. Bestäm om de ska få det igen, fast några då kan få det två gånger.',
  [INTERRUPTED.code]: 'Utskickstjänsten stannade medan breven lämnades över. Ingen kan veta om de togs emot.',
  [MAILER_CHANGED.code]:
    'Sättet att skicka byttes medan breven lämnades över. Ingen kan veta om de togs emot.',
  [MAIL_REMOVED.code]: 'Brevets innehåll togs bort innan det hann lämnas över.',
  [EXPIRED.code]:
    'Brevet hann inte lämnas över i tid: det som det gäller har gått ut. Det går att be om ett nytt.',
  [SUPPRESSED.code]: 'Adressen spärrades innan brevet lämnades över.',
  [SUBSCRIBER_LEFT.code]: 'Prenumeranten hade lämnat innan brevet lämnades över.',
  [SUBSCRIBER_DELETED.code]: 'Prenumeranten fanns inte kvar när brevet skulle lämnas över.',
  [TOO_MANY_BOUNCES]:
    'För många brev studsar: över 4 % riskerar avsändaren att stängas av hos leverantören. Se efter var adresserna kommer ifrån, och fortsätt eller avbryt sedan utskicket.',
  [TOO_MANY_COMPLAINTS]:
    'För många anmäler brevet som skräppost: över 0,08 % riskerar avsändaren att stängas av hos leverantören. Se efter hur mottagarna har bett om nyhetsbrevet, och fortsätt eller avbryt sedan utskicket.',
  [CANARY_BOUNCED]:
    'För många brev i första delen studsade, så resten har inte skickats: över 4 % riskerar avsändaren att stängas av hos leverantören. Se efter var adresserna kommer ifrån. Fortsätt sedan, så skickas resten, eller avbryt.',
  [CANARY_COMPLAINED]:
    'För många i första delen anmälde brevet som skräppost, så resten har inte skickats: över 0,08 % riskerar avsändaren att stängas av hos leverantören. Se efter hur mottagarna har bett om nyhetsbrevet. Fortsätt sedan, så skickas resten, eller avbryt.',
  [CANARY_SILENT.code]:
    'Leverantören har inte berättat något om breven i första delen, så ingen vet om de kom fram. Se efter att webhooken är inställd och att breven togs emot. Fortsätt sedan, så skickas resten, eller avbryt.',
  mail_not_made:
    'Någons brev gick inte att sätta. Det är ett fel i Utskick; inget av det har skickats. Se utskickstjänstens logg.',
  mailer_failed: 'Det blev fel när breven skulle lämnas över. Se utskickstjänstens logg.',
  key_refused: KEY_REFUSED,
  sender_refused:
    'E-postleverantören godtar inte avsändarens adress. Godkänn den hos leverantören eller välj en annan under Inställningar → Webbplats.',
  relay_refused: KEY_REFUSED,
  monthly_quota_exceeded:
    'Månadens kvot hos e-postleverantören är slut. Höj den eller vänta till nästa månad, och fortsätt sedan utskicket.',
  daily_quota_exceeded:
    'Dagens kvot hos e-postleverantören är slut. Det fortsätter av sig självt efter midnatt UTC.',
  quota_exceeded:
    'Det får inte skickas fler brev just nu: kvoten hos e-postservern är slut. Höj den eller vänta, och fortsätt sedan utskicket.',
  rate_limit_exceeded: 'E-postleverantören ber oss vänta. Det fortsätter strax.',
  call_in_progress: 'E-postleverantören är inte klar med förra försöket. Det fortsätter strax.',
  unreachable: 'E-postleverantören går inte att nå. Det fortsätter av sig självt när den går att nå igen.',
  no_answer: 'E-postleverantören svarade inte. Samma omgång prövas igen; ingen får brevet två gånger.',
  provider_fault: 'Ett fel hos e-postleverantören. Samma omgång prövas igen; ingen får brevet två gånger.',
  answer_unreadable: 'Det som svarade är inte e-postleverantören. Se över serverns inställningar.',
  batch_changed:
    'Ett fel i Utskick: omgången skiljer sig från det första försöket. Inget skickas två gånger.',
  call_refused: 'E-postleverantören vill inte ta emot. Dess egna ord står här nedanför.',
  server_busy: 'E-postservern tar inte emot just nu. Det prövas igen.',
  connection_not_secure:
    'Det gick inte att få en säker förbindelse med e-postservern. Se över dess certifikat, eller SMTP_URL: användare och lösenord skickas bara krypterat.',
  recipient_postponed:
    'Mottagarens server ber oss komma tillbaka senare. Det prövas igen i upp till ett dygn.',
  [DEFERRED_TOO_LONG]: 'Mottagarens server tog inte emot brevet på ett dygn.',
  [SENDER_BLOCKED.code]:
    'De första mottagarna nekades alla av samma skäl, och det gäller inte dem: e-postservern tar inte emot från den här avsändaren. Serverns egna ord står i kvittot. Åtgärda det och fortsätt; när utskicket är klart skickar ”Försök igen med de nekade” brevet till dem.',
  outbox_not_writable:
    'Utkorgens mapp går inte att skriva i. Det fortsätter av sig självt när det är åtgärdat.',
}

/** Why a plan asks, in Swedish, by code (plans/model). */
export const svPlanProblems: Record<string, string> = {
  [LATE.code]:
    'Servern gick inte vid den tiden, och det är mer än ett dygn sedan. Flytta planen, avboka den eller publicera artikeln själv.',
  [VERSION_GONE.code]: 'Texten som planerades finns inte kvar. Avboka planen och planera artikeln igen.',
  [ARTICLE_IN_TRASH.code]:
    'Artikeln ligger i papperskorgen. Ta tillbaka den och flytta planen, eller avboka planen.',
  [NOT_PUBLISHABLE]:
    'Artikeln gick inte att publicera. Rätta det som saknas i den, använd sedan den nya texten och välj en ny tid.',
  [SUPERSEDED.code]:
    'Artikeln har publicerats sedan den planerades. Avboka planen, eller använd den nyaste texten och välj en ny tid.',
  [TRIED_TOO_OFTEN]:
    'Publiceringen misslyckades gång på gång. Felet finns i serverns logg. Flytta planen när det är löst.',
}
