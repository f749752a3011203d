import type { Locale } from '../newsletter/model.ts'

/** What somebody's choices are other than before. Topics by their slugs; a name is not kept a second time. */
export interface ChoiceChange {
  added?: string[]
  removed?: string[]
  locale?: Locale
  name?: true
  /** ISO 8601. */
  pausedUntil?: string
}

export interface Choices {
  name: string | null
  locale: Locale
  /** Slugs. */
  topics: readonly string[]
  /** ISO 8601. */
  pausedUntil: string | null
}

/** One row of the history of a person. */
export interface ChoiceRow {
  kind: 'chose' | 'paused' | 'unpaused'
  change: ChoiceChange
}

/**
 * What is to be written down of a change: nothing where all is as before, one row for a pause, one for the rest.
 * @param options.now a pause that was over by then is none.
 */
export function choiceRows({
  before,
  after,
  now,
}: {
  before: Choices
  after: Choices
  now: Date
}): ChoiceRow[] {
  const change = changeOf({ before, after })
  const pause = pauseOf({ before, after, now })
  return [...(Object.keys(change).length > 0 ? [{ kind: 'chose' as const, change }] : []), ...pause]
}

function changeOf({ before, after }: { before: Choices; after: Choices }): ChoiceChange {
  const added = after.topics.filter((slug) => !before.topics.includes(slug))
  const removed = before.topics.filter((slug) => !after.topics.includes(slug))
  return {
    ...(added.length > 0 && { added }),
    ...(removed.length > 0 && { removed }),
    ...(after.locale !== before.locale && { locale: after.locale }),
    ...((after.name ?? '') !== (before.name ?? '') && { name: true as const }),
  }
}

function pauseOf({ before, after, now }: { before: Choices; after: Choices; now: Date }): ChoiceRow[] {
  const [was, is] = [before, after].map(({ pausedUntil }) => {
    const until = Date.parse(pausedUntil ?? '')
    return until > now.getTime() ? until : null
  })
  if (was === is) return []
  return is
    ? [{ kind: 'paused', change: { pausedUntil: new Date(is).toISOString() } }]
    : [{ kind: 'unpaused', change: {} }]
}
