import { storedEmail } from '../fields/storedEmail.ts'
import type { Tab } from 'payload'
import { isStaff } from '../access/isStaff.ts'
import { validateOrigins } from './validateOrigins.ts'

const forStaff = { read: isStaff }

/** How people join, write to us and are forgotten. */
export const readerTabs: Tab[] = [
  {
    label: { sv: 'Prenumerera', en: 'Subscribing' },
    fields: [
      {
        name: 'consentText',
        type: 'textarea',
        localized: true,
        label: { sv: 'Samtyckestext', en: 'Consent text' },
        admin: {
          description: {
            sv: 'Vad den som prenumererar går med på. Texten sparas med varje samtycke. Tomt: en färdig text.',
            en: 'What a subscriber agrees to. It is kept with each consent. Empty: a ready-made text.',
          },
        },
      },
      {
        name: 'sendsWelcome',
        type: 'checkbox',
        defaultValue: true,
        access: forStaff,
        label: { sv: 'Skicka ett välkomstbrev', en: 'Send a welcome mail' },
      },
      {
        name: 'allowedOrigins',
        type: 'textarea',
        access: forStaff,
        validate: validateOrigins,
        label: { sv: 'Andra webbplatser med formulär', en: 'Other sites with a form' },
        admin: {
          placeholder: 'https://www.example.com',
          description: {
            sv: 'En adress per rad, som https://www.example.com. Bara de får använda formulären från en webbläsare.',
            en: 'One origin a line, such as https://www.example.com. Only these may use the forms from a browser.',
          },
        },
      },
      {
        name: 'callsPerHour',
        type: 'number',
        min: 1,
        max: 10_000,
        defaultValue: 20,
        access: forStaff,
        label: { sv: 'Anrop per timme', en: 'Calls an hour' },
        admin: {
          description: {
            sv: 'Hur många gånger i timmen ett formulär tas emot från samma nätverksadress.',
            en: 'How many times an hour a form is taken from one network address.',
          },
        },
      },
    ],
  },
  {
    label: { sv: 'Kontakt', en: 'Contact' },
    fields: [
      {
        name: 'contactNoticeTo',
        type: 'email',
        ...storedEmail,
        access: forStaff,
        label: { sv: 'Meddelanden går till', en: 'Messages go to' },
        admin: {
          description: {
            sv: 'Får ett brev om varje meddelande. Tomt: den adress som svar går till.',
            en: 'Gets a mail about each message. Empty: the address that replies go to.',
          },
        },
      },
    ],
  },
  {
    label: { sv: 'Lagring', en: 'Retention' },
    description: {
      sv: 'Äldre personuppgifter tas bort varje natt; siffrorna för varje utskick finns kvar.',
      en: 'Older personal data is removed every night; the numbers of each campaign stay.',
    },
    fields: [
      // Bounces count for 30 days: see newsletter/rules/suppressionFrom.
      days('deliveryDays', 400, 'Mottagare och händelser', 'Recipients and events', 31),
      days('contactMessageDays', 400, 'Meddelanden', 'Contact messages'),
    ],
  },
]

function days(name: string, defaultValue: number, sv: string, en: string, min = 1): Tab['fields'][number] {
  return {
    name,
    type: 'number',
    min,
    max: 3650,
    defaultValue,
    access: forStaff,
    label: { sv: `${sv}: dagar`, en: `${en}: days` },
  }
}
