import type { CampaignStatus, DeliveryStatus, Locale } from '../newsletter/model.ts'

/** The words that several screens of the admin share. */
type Label = { sv: string; en: string }

export const localeLabels: Record<Locale, Label> = {
  sv: { sv: 'Svenska', en: 'Swedish' },
  en: { sv: 'Engelska', en: 'English' },
}

export const campaignStatusLabels: Record<CampaignStatus, Label> = {
  scheduled: { sv: 'Startar', en: 'Starting' },
  preparing: { sv: 'Förbereds', en: 'Preparing' },
  submitting: { sv: 'Skickas', en: 'Submitting' },
  paused: { sv: 'Pausat', en: 'Paused' },
  submitted: { sv: 'Överlämnat', en: 'Submitted' },
  cancelled: { sv: 'Avbrutet', en: 'Cancelled' },
  failed: { sv: 'Misslyckades', en: 'Failed' },
}

export const deliveryStatusLabels: Record<DeliveryStatus, Label> = {
  pending: { sv: 'Väntar', en: 'Pending' },
  submitted: { sv: 'Överlämnad', en: 'Submitted' },
  rejected: { sv: 'Nekad', en: 'Rejected' },
  excluded: { sv: 'Undantagen', en: 'Excluded' },
  uncertain: { sv: 'Oviss', en: 'Uncertain' },
}
