import type { Payload, Where } from 'payload'
import { CHOICE_KINDS, type ConsentKind, type Locale } from '../newsletter/model.ts'
import type { Subscriber } from '../payload-types.ts'
import type { ChoiceChange } from './choiceChange.ts'

/** Why somebody gets the newsletter, as they may see it themselves: without who of the staff it was. */
export interface ShownConsent {
  kind: ConsentKind
  at: string
  /** The words that they agreed to, in the language that they were shown in. */
  text: string | null
  locale: Locale | null
  source: string
  /** Of a choice. */
  change?: ChoiceChange
}

/** More than anybody's life as a subscriber has, of either; a guard against a row that is written over and over. */
const MOST_ROWS = 500

type Reader = Pick<Subscriber, 'id' | 'consentAt' | 'consentSource'>

/**
 * What a person agreed to and took back, from the first on. Of whom nothing is written there, because they subscribed before it
 * was: what their own row says.
 */
export async function readConsents({
  payload,
  reader,
}: {
  payload: Payload
  reader: Reader
}): Promise<ShownConsent[]> {
  const { consentAt, consentSource } = reader
  const consents = await readRows({
    payload,
    reader,
    kind: { not_in: [...CHOICE_KINDS] },
    sort: ['at', 'id'],
  })
  if (consents.length === 0 && consentAt)
    return [{ kind: 'added', at: consentAt, text: null, locale: null, source: consentSource ?? '' }]
  return consents
}

/** The same with what they chose; of that, which somebody may do again and again, the latest. */
export async function readHistory({
  payload,
  reader,
}: {
  payload: Payload
  reader: Reader
}): Promise<ShownConsent[]> {
  const consents = await readConsents({ payload, reader })
  const choices = await readRows({ payload, reader, kind: { in: [...CHOICE_KINDS] }, sort: ['-at', '-id'] })
  return [...consents, ...choices.toReversed()].toSorted((one, other) => one.at.localeCompare(other.at))
}

async function readRows({
  payload,
  reader,
  kind,
  sort,
}: {
  payload: Payload
  reader: Reader
  kind: Where[string]
  sort: string[]
}): Promise<ShownConsent[]> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: { subscriber: { equals: reader.id }, kind },
    sort,
    depth: 0,
    limit: MOST_ROWS,
    pagination: false,
    overrideAccess: true,
  })
  return docs.map(({ kind: is, at, text, locale, source, change }) => ({
    kind: is,
    at,
    text: text ?? null,
    locale: locale ?? null,
    source,
    ...(change && { change: change as ChoiceChange }),
  }))
}
