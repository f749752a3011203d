import type {
  CampaignStatus,
  ConsentKind,
  DeliveryStatus,
  EditionAudience,
  Locale,
  SuppressionReason,
  TransactionalMailKind,
} from '../newsletter/model.ts'
import type { Visibility } from '../content/isPublic.ts'
import type { Channels, PlanAction, PlanStatus } from '../plans/model.ts'

/** The words that several screens of the admin share. */
type Label = { sv: string; en: string }

export const localeLabels: Record<Locale, Label> = {
  sv: { sv: 'Svenska', en: 'Swedish' },
  en: { sv: 'Engelska', en: 'English' },
}

export const campaignStatusLabels: Record<CampaignStatus, Label> = {
  holding: { sv: 'Går att ångra', en: 'Can be undone' },
  scheduled: { sv: 'Startar', en: 'Starting' },
  preparing: { sv: 'Förbereds', en: 'Preparing' },
  canary: { sv: 'Första delen', en: 'Canary' },
  submitting: { sv: 'Skickas', en: 'Submitting' },
  paused: { sv: 'Pausat', en: 'Paused' },
  submitted: { sv: 'Överlämnat', en: 'Submitted' },
  cancelled: { sv: 'Avbrutet', en: 'Cancelled' },
  failed: { sv: 'Misslyckades', en: 'Failed' },
}

export const editionAudienceLabels: Record<EditionAudience, Label> = {
  everybody: { sv: 'Alla som följer ämnena', en: 'Everybody who follows its topics' },
  joined_since: { sv: 'De som har tillkommit sedan dess', en: 'Those who joined since' },
  missed: { sv: 'De som missade det', en: 'Those who missed it' },
  correction: { sv: 'De som fick det (rättelse)', en: 'Those who got it (correction)' },
  topic: { sv: 'De som följer ett ämne till', en: 'Those who follow another topic' },
}

export const planActionLabels: Record<PlanAction, Label> = {
  publish: { sv: 'Publicera', en: 'Publish' },
  unpublish: { sv: 'Avpublicera', en: 'Unpublish' },
}

export const planChannelLabels: Record<Channels, Label> = {
  site: { sv: 'Bara webben', en: 'The site alone' },
  site_and_mail: { sv: 'Webben och nyhetsbrev', en: 'The site and a newsletter' },
  mail: { sv: 'Bara nyhetsbrevet', en: 'The newsletter alone' },
}

export const visibilityLabels: Record<Visibility, Label> = {
  public: { sv: 'För alla', en: 'To everybody' },
  mail_only: { sv: 'Bara för dem som får brevet', en: 'To those who get the mail' },
}

export const planStatusLabels: Record<PlanStatus, Label> = {
  waiting: { sv: 'Planerad', en: 'Planned' },
  running: { sv: 'Körs', en: 'Running' },
  late: { sv: 'Försenad', en: 'Late' },
  failed: { sv: 'Misslyckades', en: 'Failed' },
  done: { sv: 'Klar', en: 'Done' },
  cancelled: { sv: 'Avbokad', en: 'Cancelled' },
}

export const deliveryStatusLabels: Record<DeliveryStatus, Label> = {
  pending: { sv: 'Väntar', en: 'Pending' },
  submitted: { sv: 'Överlämnad', en: 'Submitted' },
  rejected: { sv: 'Nekad', en: 'Rejected' },
  excluded: { sv: 'Undantagen', en: 'Excluded' },
  uncertain: { sv: 'Oviss', en: 'Uncertain' },
}

export const transactionalMailKindLabels: Record<TransactionalMailKind, Label> = {
  'confirm-subscription': { sv: 'Bekräfta prenumerationen', en: 'Confirm the subscription' },
  welcome: { sv: 'Välkommen', en: 'Welcome' },
  'confirm-address': { sv: 'Bekräfta ny adress', en: 'Confirm a new address' },
  'address-changed': { sv: 'Adressen är ändrad', en: 'Address changed' },
  'fresh-link': { sv: 'Ny länk', en: 'Fresh link' },
  'contact-thanks': { sv: 'Tack för meddelandet', en: 'Thanks for the message' },
  'contact-notice': { sv: 'Nytt meddelande till redaktionen', en: 'New message, to staff' },
  'review-asked': { sv: 'Artikel att granska', en: 'Article to review' },
  'review-returned': { sv: 'Artikel tillbaka', en: 'Article given back' },
  'test-mail': { sv: 'Provbrev', en: 'Test mail' },
}

export const suppressionReasonLabels: Record<SuppressionReason, Label> = {
  bounced: { sv: 'Adressen tar inte emot post', en: 'The address takes no mail' },
  complained: { sv: 'Anmälde brevet som skräppost', en: 'Reported the mail as spam' },
  erased: { sv: 'Raderad på egen begäran', en: 'Erased on request' },
  provider: { sv: 'På leverantörens spärrlista', en: "On the provider's list" },
  manual: { sv: 'Spärrad av personalen', en: 'Suppressed by staff' },
  moved: { sv: 'Bytte till en annan adress', en: 'Changed to another address' },
}

export const consentKindLabels: Record<ConsentKind, Label> = {
  asked: { sv: 'Bad om nyhetsbrevet', en: 'Asked for the newsletter' },
  confirmed: { sv: 'Bekräftade', en: 'Confirmed' },
  imported: { sv: 'Importerades', en: 'Was imported' },
  added: { sv: 'Lades till av personalen', en: 'Was added by staff' },
  withdrawn: { sv: 'Avslutade', en: 'Left' },
  resumed: { sv: 'Ångrade att ha lämnat', en: 'Took leaving back' },
  'address-changed': { sv: 'Bytte adress', en: 'Changed their address' },
  chose: { sv: 'Ändrade sina val', en: 'Changed their choices' },
  paused: { sv: 'Pausade', en: 'Paused' },
  unpaused: { sv: 'Avslutade pausen', en: 'Ended the pause' },
}

/** The parts of the navigation, by what people come to do. What only shows how the machine works is under Operations. */
export const NAV_GROUPS = {
  write: { sv: 'Skriva', en: 'Write' },
  newsletters: { sv: 'Nyhetsbrev', en: 'Newsletters' },
  subscribers: { sv: 'Prenumeranter', en: 'Subscribers' },
  contact: { sv: 'Kontakt', en: 'Contact' },
  settings: { sv: 'Inställningar', en: 'Settings' },
  operations: { sv: 'Drift', en: 'Operations' },
} satisfies Record<string, Label>
