import type { Locale } from '../../../newsletter/model.ts'

export type InBoth<Text> = Record<Locale, Text>

/** A company that does not exist, at addresses and a telephone number kept for examples (RFC 2606; PTS for 08-465 004 00). */
export const site = {
  name: 'Lövhaga',
  brandColor: '#1f5f4a',
  phone: '08-465 004 12',
  senderName: 'Lövhaga',
  senderEmail: 'brev@example.com',
  replyTo: 'hej@example.com',
  postalAddress: 'Lövhaga Konsult AB\nExempelgatan 12\n111 22 Stockholm',
  /** Long enough to see the countdown. */
  holdSeconds: 5,
  tagline: { sv: 'Om arbete som håller', en: 'On work that lasts' } satisfies InBoth<string>,
  answerTime: {
    sv: 'Vi svarar via e-post inom 24 timmar.',
    en: 'We answer by e-mail within 24 hours.',
  } satisfies InBoth<string>,
}

export const topics = [
  {
    slug: 'ledarskap',
    name: { sv: 'Ledarskap', en: 'Leadership' },
    description: { sv: 'Att leda sig själv och andra.', en: 'Leading yourself and others.' },
  },
  {
    slug: 'samarbete',
    name: { sv: 'Samarbete', en: 'Working together' },
    description: { sv: 'Möten, återkoppling och beslut.', en: 'Meetings, feedback and decisions.' },
  },
  {
    slug: 'teknik',
    name: { sv: 'Teknik', en: 'Technology' },
    description: { sv: 'Verktygen som vi använder.', en: 'The tools that we use.' },
  },
] as const

export type TopicSlug = (typeof topics)[number]['slug']

export const authors = [
  {
    name: 'Maja Ekdahl',
    title: { sv: 'Konsult', en: 'Consultant' },
    bio: {
      sv: 'Hjälper arbetslag att prata om det som är svårt. Tänker bäst till fots.',
      en: 'Helps teams to talk about what is difficult. Thinks best on foot.',
    },
    colors: { back: '#f3d9c2', hair: '#5b3a29', isHairLong: true, skin: '#e9b893', clothes: '#1f5f4a' },
  },
  {
    name: 'Johan Wikner',
    title: { sv: 'Utvecklare', en: 'Developer' },
    bio: {
      sv: 'Bygger system och tar bort dem igen. Samlar på bra frågor.',
      en: 'Builds systems, and removes them again. Collects good questions.',
    },
    colors: { back: '#cfe0dc', hair: '#c58a3d', isHairLong: false, skin: '#f1cdb0', clothes: '#28486b' },
  },
] as const

export type AuthorName = (typeof authors)[number]['name']

/** As a customer would bring them from their old system; the two at the end get no mail, and the demo says why. */
export const subscribersCsv = `email,name,locale,topics,consent_source
anna.lind@example.com,Anna Lind,sv,ledarskap,formulär på webbplatsen
erik.dahl@example.org,Erik Dahl,sv,ledarskap|samarbete,lista på mässan i Göteborg
fatima.noor@example.com,Fatima Noor,sv,samarbete,formulär på webbplatsen
grace.hill@example.com,Grace Hill,en,ledarskap|teknik,form on the website
tom.baker@example.org,Tom Baker,en,samarbete,form on the website
nils.ek@example.com,Nils Ek,sv,ledarskap,formulär på webbplatsen
petra.sund@example.org,Petra Sund,sv,teknik,formulär på webbplatsen
`

/** Has left since. */
export const unsubscribed = 'nils.ek@example.com'
