import type { Payload } from 'payload'
import type { ConsentKind, Locale } from '../newsletter/model.ts'
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

/** More than anybody's life as a subscriber has; a guard against a row that is written over and over. */
const MOST_ROWS = 500

/**
 * What a person agreed to, took back and chose, from the first on. Of whom nothing is written there, because they subscribed before
 * it was: what their own row says.
 */
export async function readConsents({
  payload,
  reader,
  without = [],
}: {
  payload: Payload
  reader: Pick<Subscriber, 'id' | 'consentAt' | 'consentSource'>
  without?: readonly ConsentKind[]
}): Promise<ShownConsent[]> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: {
      subscriber: { equals: reader.id },
      ...(without.length > 0 && { kind: { not_in: [...without] } }),
    },
    sort: ['at', 'id'],
    depth: 0,
    limit: MOST_ROWS,
    pagination: false,
    overrideAccess: true,
  })
  const { consentAt, consentSource } = reader
  if (docs.length === 0 && consentAt)
    return [{ kind: 'added', at: consentAt, text: null, locale: null, source: consentSource ?? '' }]
  return docs.map(({ kind, at, text, locale, source, change }) => ({
    kind,
    at,
    text: text ?? null,
    locale: locale ?? null,
    source,
    ...(change && { change: change as ChoiceChange }),
  }))
}
