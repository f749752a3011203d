import type { MailText } from './mailText.ts'

export const sv: MailText = {
  readOnTheWeb: 'Läs på webben',
  by: (names) => `Av ${names}`,
  onlyIn: { sv: 'Artikeln finns bara på svenska.', en: 'Artikeln finns bara på engelska.' },
  related: 'Läs vidare',
  contact: 'Kontakta oss',
  reply: 'Svara på det här brevet eller skriv till',
  call: 'Eller ring oss på',
  why: ({ email, name }) =>
    `Du får det här brevet till ${email} för att du har anmält dig till nyhetsbrevet från ${name}.`,
  unsubscribe: 'Avsluta prenumerationen',
  preferences: 'Ändra dina val',
}
