import { en as mail } from '../_text/en.ts'
import type { LetterWords } from './letterWords.ts'
import type { LetterBlock } from './props.ts'
import { button, mailLink, message, paragraph, phoneLink, smallPrint } from './paragraphs.ts'

/** Under each button of a letter that somebody waits for. */
const copyLink = (url: string): LetterBlock => ({
  kind: 'copyLink',
  label: 'Does the button not work? Copy the address into your browser:',
  url,
})

const askedFor = (email: string, name: string) =>
  `You get this mail because the address ${email} was given on the website of ${name}.`

const colleagueOf = (email: string, name: string) =>
  `You get this mail because ${email} has a login at ${name}.`

export const en: LetterWords = {
  'confirm-subscription': ({ site, email, content }) => ({
    subject: `Confirm your subscription to the newsletter from ${site.name}`,
    preheader: 'One click is left before the newsletter comes to you.',
    title: 'Confirm your subscription',
    body: [
      paragraph(
        `Hello! You asked for the newsletter from ${site.name}. Please confirm that the address is yours:`,
      ),
      button('Confirm the subscription', content.confirmUrl),
      smallPrint(`By confirming you agree to this: ${content.consentText}`),
      smallPrint(
        'The link works for seven days. Was it not you? Then there is nothing to do: unless you confirm, no newsletter will come.',
      ),
      copyLink(content.confirmUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  welcome: ({ site, email, content }) => ({
    subject: `Welcome to the newsletter from ${site.name}`,
    preheader: 'You are now subscribed to the newsletter.',
    title: 'Welcome!',
    body: [
      paragraph(
        `Thank you for wanting to read the newsletter from ${site.name}. You will get it the next time we write something.`,
      ),
      paragraph('Would you like to choose what it is about, or in which language you get it?'),
      button('Change your preferences', content.preferencesUrl),
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
    subject: 'Confirm your new address',
    preheader: 'One click is left before the newsletter comes to the new address.',
    title: 'Confirm your new address',
    body: [
      paragraph(
        `Hello! You want the newsletter from ${site.name} to come to ${email}. Please confirm that the address is yours:`,
      ),
      button('Confirm the address', content.confirmUrl),
      smallPrint(
        'The link works for a day. Was it not you? Then there is nothing to do: unless you confirm, nothing will change.',
      ),
      copyLink(content.confirmUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'address-changed': ({ site, email }) => ({
    subject: 'Your address has been changed',
    preheader: `The newsletter from ${site.name} goes to another address from now on.`,
    title: 'Your address has been changed',
    body: [
      paragraph(
        `Hello! The newsletter from ${site.name} that came to ${email} goes to another address from now on. That was confirmed a moment ago.`,
      ),
      paragraph('Was it not you? Then please answer this mail, and we will put it right.'),
    ],
    footer: {
      why: `You get this mail because the newsletter from ${site.name} came to ${email}. It is the last one to this address.`,
      links: [],
    },
  }),
  'fresh-link': ({ site, email, content }) => ({
    subject: 'Your new link',
    preheader: `Use it to change your preferences for the newsletter from ${site.name}.`,
    title: 'Your new link',
    body: [
      paragraph(`Hello! Here is a new link to your preferences for the newsletter from ${site.name}.`),
      button('Open your preferences', content.preferencesUrl),
      smallPrint(
        'The link is personal, so please do not pass it on. If you did not ask for it, you can ignore this mail.',
      ),
      copyLink(content.preferencesUrl),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'contact-thanks': ({ site, email }) => ({
    subject: 'Thank you for your message!',
    preheader: site.answerTime ?? ANSWER_TIME,
    title: 'We have received your message',
    body: [
      paragraph(`Thank you for your message! ${site.answerTime ?? ANSWER_TIME}`),
      ...(site.phone
        ? [paragraph('Is it urgent? Reply to this mail or call us on ', phoneLink(site.phone), '.')]
        : []),
    ],
    footer: { why: askedFor(email, site.name), links: [] },
  }),
  'contact-notice': ({ site, email, content: { from, message: written, adminUrl } }) => ({
    subject: `New message from ${from.name}`,
    preheader: `Somebody has written to ${site.name}.`,
    title: `New message from ${from.name}`,
    body: [
      paragraph(`${from.name} (`, mailLink(from.email), ') has written in the contact form:'),
      message(written),
      paragraph('Reply to this mail and your answer goes to them.'),
      button('Open the message', adminUrl),
    ],
    footer: {
      why: `You get this mail because messages from the website of ${site.name} go to ${email}.`,
      links: [],
    },
  }),
  'review-asked': ({ site, email, content: { from, title, message: written, adminUrl } }) => ({
    subject: `To review: ${title || 'an article'}`,
    preheader: `${from} has handed in an article.`,
    title: title || 'An article to review',
    body: [
      paragraph(`${from} has handed the article in for review.`),
      ...(written ? [message(written)] : []),
      button('Open the article', adminUrl),
    ],
    footer: { why: colleagueOf(email, site.name), links: [] },
  }),
  'review-returned': ({ site, email, content: { from, title, message: written, adminUrl } }) => ({
    subject: `Back to you: ${title || 'your article'}`,
    preheader: `${from} has read the article.`,
    title: title || 'Your article',
    body: [
      paragraph(`${from} has given the article back:`),
      ...(written ? [message(written)] : []),
      button('Open the article', adminUrl),
    ],
    footer: { why: colleagueOf(email, site.name), links: [] },
  }),
  'new-password': ({ site, email, content }) => ({
    subject: `Choose a new password for ${site.name}`,
    preheader: 'The link works for an hour.',
    title: 'Choose a new password',
    body: [
      paragraph(`Hello! Somebody asked for a new password for ${email} at ${site.name}. Was it you?`),
      button('Choose a password', content.url),
      smallPrint(
        'The link works for an hour. Was it not you? Then there is nothing to do: your password stays as it is.',
      ),
      copyLink(content.url),
    ],
    footer: {
      why: `You get this mail because you have an account with the address ${email} at ${site.name}.`,
      links: [],
    },
  }),
}

const ANSWER_TIME = 'We answer by e-mail within 24 hours.'
