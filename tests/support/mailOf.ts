import type { Mail } from '../../src/newsletter/model.ts'

/** A newsletter's mail to one reader. */
export const mailTo = (email: string, over: Partial<Mail> = {}): Mail => ({
  to: { email, name: null },
  from: { email: 'brev@utskick.example', name: 'Klara Ledarskap' },
  replyTo: 'svar@utskick.example',
  subject: 'Om att leda sig själv – på riktigt',
  html: '<!doctype html><html lang="sv"><body><p>Hej! Åsa, Örjan &amp; Ärla.</p></body></html>',
  text: 'Hej! Åsa, Örjan & Ärla.',
  headers: {
    'List-Unsubscribe': `<https://utskick.example/api/unsubscribe?token=${email.replace(/\W/g, '-')}-${'x'.repeat(90)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': '<nyhetsbrev.utskick.example>',
  },
  tags: { delivery: '1' },
  messageId: `<campaign-1-delivery-${email.replace(/\W/g, '-')}@utskick.example>`,
  feedbackId: 'campaign-1:nyhetsbrev.utskick.example:newsletter:0123456789ab',
  ...over,
})

export const mailsTo = (count: number): Mail[] =>
  Array.from({ length: count }, (_, index) => mailTo(`lasare-${index + 1}@example.com`))
