import type { MailText } from './mailText.ts'

export const en: MailText = {
  readOnTheWeb: 'Read on the web',
  by: (names) => `By ${names}`,
  onlyIn: {
    sv: 'This article is only available in Swedish.',
    en: 'This article is only available in English.',
  },
  related: 'Read next',
  contact: 'Contact us',
  reply: 'Reply to this mail or write to',
  call: 'Or call us on',
  why: ({ email, name }) =>
    `You get this mail at ${email} because you signed up for the newsletter from ${name}.`,
  unsubscribe: 'Unsubscribe',
  preferences: 'Change your preferences',
}
