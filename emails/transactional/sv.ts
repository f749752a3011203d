import { sv as mail } from '../_text/sv.ts'
import type { LetterWords } from './letterWords.ts'
import type { LetterBlock } from './props.ts'
import { button, mailLink, message, paragraph, phoneLink, smallPrint } from './paragraphs.ts'

/** Under each button of a letter that somebody waits for. */
const copyLink = (url: string): LetterBlock => ({
  kind: 'copyLink',
  label: 'Fungerar inte knappen? Kopiera adressen till webbläsaren:',
  url,
})

const askedFor = (email: string, name: string) =>
  `Du får det här brevet för att adressen ${email} angavs på webbplatsen för ${name}.`

const colleagueOf = (email: string, name: string) =>
  `Du får det här brevet för att ${email} har en inloggning hos ${name}.`

export const sv: LetterWords = {
  'confirm-subscription': ({ site, email, content }) => ({
    subject: `Bekräfta din prenumeration på nyhetsbrevet från ${site.name}`,
    preheader: 'Ett klick återstår innan nyhetsbrevet kommer till dig.',
    title: 'Bekräfta din prenumeration',
    body: [
      paragraph(`Hej! Du har bett om att få nyhetsbrevet från ${site.name}. Bekräfta att adressen är din:`),
      button('Bekräfta prenumerationen', content.confirmUrl),
      smallPrint(`Genom att bekräfta samtycker du till detta: ${content.consentText}`),
      smallPrint(
        'Länken gäller i sju dagar. Var det inte du? Då behöver du inte göra något: utan din bekräftelse kommer inget nyhetsbrev.',
      ),
      copyLink(content.confirmUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  welcome: ({ site, email, content }) => ({
    subject: `Välkommen till nyhetsbrevet från ${site.name}`,
    preheader: 'Du prenumererar nu på nyhetsbrevet.',
    title: 'Välkommen!',
    body: [
      paragraph(
        `Tack för att du vill läsa nyhetsbrevet från ${site.name}. Du får det nästa gång vi skriver något.`,
      ),
      paragraph('Vill du välja vad det ska handla om, eller på vilket språk du får det?'),
      button('Ändra dina val', content.preferencesUrl),
    ],
    footer: {
      why: mail.why({ email, name: site.name }),
      links: [
        { label: mail.unsubscribe, url: content.unsubscribeUrl },
        { label: mail.preferences, url: content.preferencesUrl },
      ],
    },
  }),
  'confirm-address': ({ site, email, content }) => ({
    subject: 'Bekräfta din nya adress',
    preheader: 'Ett klick återstår innan nyhetsbrevet kommer till den nya adressen.',
    title: 'Bekräfta din nya adress',
    body: [
      paragraph(
        `Hej! Du vill att nyhetsbrevet från ${site.name} ska komma till ${email}. Bekräfta att adressen är din:`,
      ),
      button('Bekräfta adressen', content.confirmUrl),
      smallPrint(
        'Länken gäller i ett dygn. Var det inte du? Då behöver du inte göra något: utan din bekräftelse ändras ingenting.',
      ),
      copyLink(content.confirmUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'address-changed': ({ site, email }) => ({
    subject: 'Din adress är ändrad',
    preheader: `Nyhetsbrevet från ${site.name} går till en annan adress från och med nu.`,
    title: 'Din adress är ändrad',
    body: [
      paragraph(
        `Hej! Nyhetsbrevet från ${site.name} som kom till ${email} går till en annan adress från och med nu. Det bekräftades alldeles nyss.`,
      ),
      paragraph('Var det inte du? Svara då på det här brevet, så rättar vi till det.'),
    ],
    footer: {
      why: `Du får det här brevet för att nyhetsbrevet från ${site.name} kom till ${email}. Det är det sista till den adressen.`,
      links: [],
    },
  }),
  'fresh-link': ({ site, email, content }) => ({
    subject: 'Din nya länk',
    preheader: `Med den ändrar du dina val för nyhetsbrevet från ${site.name}.`,
    title: 'Din nya länk',
    body: [
      paragraph(`Hej! Här är en ny länk till dina val för nyhetsbrevet från ${site.name}.`),
      button('Öppna dina val', content.preferencesUrl),
      smallPrint(
        'Länken är personlig, så skicka den inte vidare. Bad du inte om den kan du bortse från det här brevet.',
      ),
      copyLink(content.preferencesUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'contact-thanks': ({ site, email }) => ({
    subject: 'Tack för ditt mail!',
    preheader: site.answerTime ?? ANSWER_TIME,
    title: 'Vi har fått ditt meddelande',
    body: [
      paragraph(`Tack för ditt mail! ${site.answerTime ?? ANSWER_TIME}`),
      ...(site.phone
        ? [
            paragraph(
              'Är det bråttom? Svara på det här brevet eller ring oss på ',
              phoneLink(site.phone),
              '.',
            ),
          ]
        : []),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'contact-notice': ({ site, email, content: { from, message: written, adminUrl } }) => ({
    subject: `Nytt meddelande från ${from.name}`,
    preheader: `Någon har skrivit till ${site.name}.`,
    title: `Nytt meddelande från ${from.name}`,
    body: [
      paragraph(`${from.name} (`, mailLink(from.email), ') har skrivit i kontaktformuläret:'),
      message(written),
      paragraph('Svara på det här brevet så går svaret dit.'),
      button('Öppna meddelandet', adminUrl),
    ],
    footer: {
      why: `Du får det här brevet för att meddelanden från webbplatsen för ${site.name} går till ${email}.`,
      links: [],
    },
  }),
  'review-asked': ({ site, email, content: { from, title, message: written, adminUrl } }) => ({
    subject: `Att granska: ${title || 'en artikel'}`,
    preheader: `${from} har lämnat in en artikel.`,
    title: title || 'En artikel att granska',
    body: [
      paragraph(`${from} har lämnat in artikeln för granskning.`),
      ...(written ? [message(written)] : []),
      button('Öppna artikeln', adminUrl),
    ],
    footer: { why: colleagueOf(email, site.name), links: [] },
  }),
  'review-returned': ({ site, email, content: { from, title, message: written, adminUrl } }) => ({
    subject: `Tillbaka till dig: ${title || 'din artikel'}`,
    preheader: `${from} har läst artikeln.`,
    title: title || 'Din artikel',
    body: [
      paragraph(`${from} har skickat tillbaka artikeln:`),
      ...(written ? [message(written)] : []),
      button('Öppna artikeln', adminUrl),
    ],
    footer: { why: colleagueOf(email, site.name), links: [] },
  }),
  'new-password': ({ site, email, content }) => ({
    subject: `Välj ett nytt lösenord för ${site.name}`,
    preheader: 'Länken gäller i en timme.',
    title: 'Välj ett nytt lösenord',
    body: [
      paragraph(`Hej! Någon har bett om ett nytt lösenord för ${email} i ${site.name}. Var det du?`),
      button('Välj lösenord', content.url),
      smallPrint(
        'Länken gäller i en timme. Var det inte du? Då behöver du inte göra något: ditt lösenord är detsamma som förut.',
      ),
      copyLink(content.url),
    ],
    footer: {
      why: `Du får det här brevet för att du har ett konto med adressen ${email} hos ${site.name}.`,
      links: [],
    },
  }),
}

const ANSWER_TIME = 'Vi svarar via e-post inom 24 timmar.'
