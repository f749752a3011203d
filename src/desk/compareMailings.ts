import type { Figure, LastNewsletter, Mailing } from './model.ts'

/** What a figure is a part of. */
const SHARES: Record<Figure['name'], (mailing: Mailing) => { count: number; of: number } | null> = {
  submitted: ({ submitted, recipients }) => ({ count: submitted, of: recipients }),
  delivered: ({ events, submitted }) => events && { count: events.delivered, of: submitted },
  bounced: ({ events, submitted }) => events && { count: events.bounced, of: submitted },
  complained: ({ events, submitted }) => events && { count: events.complained, of: submitted },
}

/**
 * The last newsletter against the mean of those before it. A newsletter of which the provider told nothing has no part in the
 * mean of what the provider tells.
 * @param mailings the last one first.
 * @returns null where there is none.
 */
export function compareMailings([mailing, ...before]: Mailing[]): LastNewsletter | null {
  if (!mailing) return null
  const figures = (Object.keys(SHARES) as Figure['name'][]).flatMap((name): Figure[] => {
    const part = SHARES[name](mailing)
    if (!part) return []
    const means = before.flatMap((other) => shareOf(SHARES[name](other)) ?? [])
    return [
      {
        ...{ name, count: part.count, share: shareOf(part) },
        mean: means.length > 0 ? means.reduce((sum, share) => sum + share, 0) / means.length : null,
      },
    ]
  })
  return { mailing, figures, before: before.length }
}

const shareOf = (part: { count: number; of: number } | null): number | null =>
  part && part.of > 0 ? part.count / part.of : null
