import { storedEmail } from '../fields/storedEmail.ts'
import { NAV_GROUPS } from '../collections/labels.ts'
import type { GlobalConfig, NumberFieldSingleValidation, TextFieldSingleValidation } from 'payload'
import { isAnyone } from '../access/isAnyone.ts'
import { isEditor } from '../access/isEditor.ts'
import { canaryFields } from './canaryFields.ts'
import { validateTestAddresses } from './testAddresses.ts'
import { isStaff } from '../access/isStaff.ts'
import { DEFAULT_HOLD_SECONDS } from '../newsletter/scheduleCampaign.ts'
import { DEFAULT_TIME_ZONE, isTimeZone } from '../plans/siteTime.ts'
import { languageOf } from '../refusals/refusal.ts'
import { readerTabs } from './readerTabs.ts'

const validateColor = (value: string | null | undefined) =>
  !value || /^#[0-9a-f]{6}$/i.test(value) || 'A colour is written as #1f5f4a: # and six hexadecimal digits.'

const validateHold: NumberFieldSingleValidation = (value, { req }) =>
  (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 600) ||
  (languageOf(req) === 'sv' ? 'Ett helt antal sekunder, 0 till 600.' : 'A whole number of seconds, 0 to 600.')

const validateTimeZone: TextFieldSingleValidation = (value, { req }) =>
  isTimeZone(value ?? '') ||
  (languageOf(req) === 'sv'
    ? 'En tidszon med sitt namn, till exempel Europe/Stockholm.'
    : 'A time zone by its name, such as Europe/Stockholm.')

/** Who the site and its newsletter are from. */
export const Site: GlobalConfig = {
  slug: 'site',
  label: { sv: 'Webbplats', en: 'Site' },
  admin: { group: NAV_GROUPS.settings },
  access: { read: isAnyone, update: isEditor },
  fields: [
    {
      type: 'tabs',
      tabs: [
        {
          label: { sv: 'Webbplatsen', en: 'The site' },
          fields: [
            { name: 'name', type: 'text', label: { sv: 'Namn', en: 'Name' } },
            { name: 'tagline', type: 'text', localized: true, label: { sv: 'Undertitel', en: 'Tagline' } },
            {
              name: 'brandColor',
              type: 'text',
              defaultValue: '#1f5f4a',
              validate: validateColor,
              label: { sv: 'Färg', en: 'Colour' },
              admin: { description: { sv: 'Som #1f5f4a.', en: 'Such as #1f5f4a.' } },
            },
            { name: 'logo', type: 'upload', relationTo: 'media', label: { sv: 'Logotyp', en: 'Logo' } },
            {
              name: 'logoOnDark',
              type: 'upload',
              relationTo: 'media',
              label: { sv: 'Logotyp på mörk botten', en: 'Logo on a dark background' },
              admin: {
                condition: (_, { logo }: { logo?: unknown }) => Boolean(logo),
                description: {
                  sv: 'Visas i mörkt läge, på webbplatsen och i de e-postprogram som låter brevet välja. Utan den visas den vanliga där också.',
                  en: 'Shown in dark mode, on the site and in the mail programs that let a mail choose. Without it the other one is shown there too.',
                },
              },
            },
            {
              name: 'timeZone',
              type: 'text',
              required: true,
              defaultValue: DEFAULT_TIME_ZONE,
              validate: validateTimeZone,
              label: { sv: 'Tidszon', en: 'Time zone' },
              admin: {
                description: {
                  sv: 'Klockan som planerade publiceringar följer, till exempel Europe/Stockholm eller Europe/Helsinki.',
                  en: 'The clock that planned publications go by, such as Europe/Stockholm or Europe/London.',
                },
              },
            },
            { name: 'phone', type: 'text', label: { sv: 'Telefon', en: 'Phone' } },
            {
              name: 'answerTime',
              type: 'text',
              localized: true,
              label: { sv: 'Svarstid', en: 'Answer time' },
              admin: {
                placeholder: {
                  sv: 'Vi svarar via e-post inom 24 timmar.',
                  en: 'We answer by e-mail within 24 hours.',
                },
              },
            },
          ],
        },
        {
          label: { sv: 'Nyhetsbrevet', en: 'The newsletter' },
          description: {
            sv: 'Utan avsändare och postadress skickas inget nyhetsbrev: lagen kräver båda.',
            en: 'Without a sender and a postal address no newsletter is sent: the law asks for both.',
          },
          fields: [
            {
              name: 'senderName',
              type: 'text',
              label: { sv: 'Avsändarens namn', en: 'Sender name' },
              access: { read: isStaff },
            },
            {
              name: 'senderEmail',
              type: 'email',
              ...storedEmail,
              label: { sv: 'Avsändarens adress', en: 'Sender address' },
              access: { read: isStaff },
              admin: {
                description: {
                  sv: 'På en domän som är godkänd hos e-postleverantören. Inte utskick@: därifrån kommer andra mejl än nyhetsbrevet.',
                  en: 'On a domain that is verified with the mail provider. Not utskick@: mails other than the newsletter come from there.',
                },
              },
            },
            {
              name: 'replyTo',
              type: 'email',
              ...storedEmail,
              label: { sv: 'Svar går till', en: 'Replies go to' },
              access: { read: isStaff },
              admin: { description: { sv: 'Tomt: avsändarens adress.', en: 'Empty: the sender address.' } },
            },
            { name: 'postalAddress', type: 'textarea', label: { sv: 'Postadress', en: 'Postal address' } },
            {
              name: 'holdSeconds',
              type: 'number',
              required: true,
              defaultValue: DEFAULT_HOLD_SECONDS,
              min: 0,
              max: 600,
              validate: validateHold,
              access: { read: isStaff },
              label: { sv: 'Ångertid i sekunder', en: 'Time to undo, in seconds' },
              admin: {
                step: 5,
                description: {
                  sv: 'Så länge väntar nyhetsbrevet efter att någon har klickat på Publicera, så att klicket går att ångra. Webbplatsen visar artikeln genast. 0 till 600; med 0 går nyhetsbrevet i väg direkt.',
                  en: 'For so long the newsletter waits after somebody has clicked Publish, so that the click can be undone. The site shows the article at once. 0 to 600; with 0 the newsletter goes out at once.',
                },
              },
            },
            canaryFields,
            {
              name: 'testLetters',
              type: 'ui',
              admin: { components: { Field: '/admin/look/TestLetters.tsx#TestLetters' } },
            },
            {
              name: 'testAddresses',
              type: 'textarea',
              access: { read: isEditor },
              validate: validateTestAddresses,
              label: { sv: 'Provbrev går också till', en: 'Test mails also go to' },
              admin: {
                description: {
                  sv: 'En e-postadress per rad, till exempel kollegor eller brevlådor i olika e-postprogram.',
                  en: 'One e-mail address a line, such as colleagues, or mailboxes in different mail programs.',
                },
              },
            },
          ],
        },
        ...readerTabs,
      ],
    },
  ],
}
