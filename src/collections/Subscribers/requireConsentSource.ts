import type { TextFieldSingleValidation } from 'payload'

const MESSAGES = {
  sv: 'Ange var personen bad om nyhetsbrevet, t.ex. ”formulär på mässan 2026”.',
  en: 'Say where the person asked for the newsletter, e.g. “form at the fair 2026”.',
}

/** Staff who add somebody say where the consent is from. */
export const requireConsentSource: TextFieldSingleValidation = (value, { operation, req }) =>
  operation !== 'create' || !req.user || value?.trim()
    ? true
    : MESSAGES[req.i18n.language === 'sv' ? 'sv' : 'en']
