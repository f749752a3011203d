import { ARTICLE_UNPUBLISHED, RENDER_FAILED, SITE_INCOMPLETE } from '../../newsletter/rules/problems.ts'

const KEY_REFUSED =
  'E-postleverantören godtar inte inloggningen. Ge servern rätt nyckel eller lösenord, så fortsätter utskicket.'
const QUOTA =
  'Det får inte skickas fler brev just nu: kvoten hos e-postleverantören är slut. Höj den eller vänta.'

/**
 * What the flow and the mailers say in English, in Swedish and shorter, by code. A code that is not here is shown in
 * the flow's own words; these are shown besides.
 */
export const svProblems: Record<string, string> = {
  [ARTICLE_UNPUBLISHED]:
    'Artikeln avpublicerades innan något skickades. Publicera den igen, så fortsätter utskicket.',
  [SITE_INCOMPLETE]:
    'Uppgifter om avsändaren saknas. Fyll i dem under Inställningar → Webbplats → Nyhetsbrevet.',
  [RENDER_FAILED]: 'Brevet kunde inte sättas. Felet finns i serverns logg.',
  key_refused: KEY_REFUSED,
  sender_refused:
    'E-postleverantören godtar inte avsändarens adress. Godkänn den hos leverantören eller välj en annan under Inställningar → Webbplats.',
  relay_refused: KEY_REFUSED,
  monthly_quota_exceeded: QUOTA,
  daily_quota_exceeded: QUOTA,
  quota_exceeded: QUOTA,
  rate_limit_exceeded: 'E-postleverantören ber oss vänta. Det fortsätter strax.',
  call_in_progress: 'E-postleverantören är inte klar med förra försöket. Det fortsätter strax.',
  unreachable: 'E-postleverantören går inte att nå. Det fortsätter av sig självt när den går att nå igen.',
  no_answer: 'E-postleverantören svarade inte. Samma omgång prövas igen; ingen får brevet två gånger.',
  provider_fault: 'Ett fel hos e-postleverantören. Samma omgång prövas igen; ingen får brevet två gånger.',
  server_busy: 'E-postservern tar inte emot just nu. Det prövas igen.',
  connection_not_secure: 'Det gick inte att få en säker förbindelse med e-postservern.',
  outbox_not_writable:
    'Utkorgens mapp går inte att skriva i. Det fortsätter av sig självt när det är åtgärdat.',
}
