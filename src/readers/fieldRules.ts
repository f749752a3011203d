import { LOCALES, type Locale } from '../newsletter/model.ts'
import { MOST_WEEKS } from './pausing.ts'

export const LONGEST_NAME = 100
export const LONGEST_MESSAGE = 10_000

/**
 * What a field of a reader's form must be, as the rest of a sentence that begins with the field. The names are for us:
 * zod carries them as messages.
 */
const FIELD_RULES = {
  email: { en: 'must be an e-mail address', sv: 'ska vara en e-postadress' },
  emailLike: {
    en: 'must be an e-mail address such as anna@example.com',
    sv: 'ska vara en e-postadress, till exempel anna@example.com',
  },
  who: { en: 'must say who you are', sv: 'ska säga vem du är' },
  something: { en: 'must say something', sv: 'får inte vara tomt' },
  text: { en: 'must be text', sv: 'ska vara text' },
  longName: {
    en: `must have at most ${LONGEST_NAME} characters`,
    sv: `får ha högst ${LONGEST_NAME} tecken`,
  },
  longMessage: {
    en: `must have at most ${LONGEST_MESSAGE.toLocaleString('en')} characters`,
    sv: `får ha högst ${LONGEST_MESSAGE.toLocaleString('sv')} tecken`,
  },
  locale: { en: `must be one of: ${LOCALES.join(', ')}`, sv: `ska vara något av: ${LOCALES.join(', ')}` },
  topics: { en: 'must be a list of slugs', sv: 'ska vara en lista av ämnens sluggar' },
  topicSlugs: { en: 'must be slugs of topics', sv: 'ska vara ämnens sluggar' },
  fewTopics: { en: 'must be at most 1000', sv: 'får vara högst 1000' },
  topicUnknown: { en: 'names a topic that does not exist', sv: 'anger ett ämne som inte finns' },
  yesOrNo: { en: 'must be true or false', sv: 'ska vara true eller false' },
  weeks: {
    en: `must be a whole number of weeks from 1 to ${MOST_WEEKS}, or null to end a pause`,
    sv: `ska vara ett helt antal veckor från 1 till ${MOST_WEEKS}, eller null för att avsluta en paus`,
  },
  weeksOfForm: {
    en: `must be a whole number of weeks from 1 to ${MOST_WEEKS}, or 0 to end a pause`,
    sv: `ska vara ett helt antal veckor från 1 till ${MOST_WEEKS}, eller 0 för att avsluta en paus`,
  },
  fewWeeks: {
    en: 'must be at least 1 week, or null to end a pause',
    sv: 'ska vara minst 1 vecka, eller null för att avsluta en paus',
  },
  manyWeeks: { en: `must be at most ${MOST_WEEKS} weeks`, sv: `får vara högst ${MOST_WEEKS} veckor` },
  leavingOnly: { en: 'can only be set to unsubscribed', sv: 'kan bara sättas till unsubscribed' },
  unknownField: { en: 'is not something that can be changed here', sv: 'går inte att ändra här' },
  object: { en: 'must be an object', sv: 'ska vara ett objekt' },
  subscribeObject: {
    en: 'must be an object: {"email": "anna@example.com"}',
    sv: 'ska vara ett objekt: {"email": "anna@example.com"}',
  },
  contactObject: {
    en: 'must be an object: {"name": "Anna", "email": "anna@example.com", "message": "Hello"}',
    sv: 'ska vara ett objekt: {"name": "Anna", "email": "anna@example.com", "message": "Hej"}',
  },
  other: { en: 'is not right', sv: 'stämmer inte' },
} satisfies Record<string, Record<Locale, string>>

type FieldRule = keyof typeof FIELD_RULES

export interface FieldProblem {
  field: string
  text: Record<Locale, string>
}

/** For a schema: the rule that a value broke, where zod has a message. */
export const rule = (name: FieldRule): FieldRule => name

/** @param issue.message the name of a rule. */
export const fieldProblem = ({ field, message }: { field: unknown; message: string }): FieldProblem => ({
  field: typeof field === 'string' ? field : '',
  text: FIELD_RULES[isRule(message) ? message : 'other'],
})

const isRule = (name: string): name is FieldRule => Object.hasOwn(FIELD_RULES, name)
