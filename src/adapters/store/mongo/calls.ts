import type { Store } from '../../../newsletter/ports.ts'
import type { Collections } from './collections.ts'
import { upsert } from './values.ts'

/** A place farther away was left by a wrong clock. */
const TOO_FAR_MS = 600_000

/** Places may be closer than a millisecond, so that they are numbers and not dates. */
export const callOperations = ({
  callRates,
}: Pick<Collections, 'callRates'>): Pick<Store, 'reserveCall' | 'setCallRate'> => ({
  async reserveCall({ mailer, firstPerSecond, now }) {
    const rate = { mailer, now: now.getTime() }
    for (;;) {
      const perSecond = (await callRates.findOne({ mailer }))?.perSecond
      if (perSecond === undefined) await setRate({ callRates, mailer, first: firstPerSecond })
      else {
        const place = await takePlace({ callRates, ...rate, perSecond })
        if (place !== null) return new Date(Math.round(place))
      }
    }
  },

  async setCallRate({ mailer, perSecond }) {
    await setRate({ callRates, mailer, perSecond })
  },
})

type Rates = Pick<Collections, 'callRates'> & { mailer: string }

/** `first` holds only where nothing else does. */
const setRate = ({ callRates, mailer, ...rate }: Rates & ({ first: number } | { perSecond: number })) =>
  upsert(() =>
    callRates.updateOne(
      { mailer },
      'first' in rate
        ? { $setOnInsert: { perSecond: rate.first, nextPlace: 0 } }
        : { $set: { perSecond: rate.perSecond }, $setOnInsert: { nextPlace: 0 } },
      { upsert: true },
    ),
  )

/**
 * Each write takes one place, whoever else comes; nobody tries again because another was faster. Null when the rate has
 * changed since it was read, or another worker took the first place after a pause.
 */
async function takePlace({
  callRates,
  mailer,
  perSecond,
  now,
}: Rates & { perSecond: number; now: number }): Promise<number | null> {
  const gap = 1000 / perSecond
  const next = await callRates.findOneAndUpdate(
    { mailer, perSecond, nextPlace: { $gte: now, $lte: now + TOO_FAR_MS } },
    { $inc: { nextPlace: gap } },
    { returnDocument: 'before' },
  )
  if (next) return next.nextPlace
  const isNotOurs = { $or: [{ nextPlace: { $lt: now } }, { nextPlace: { $gt: now + TOO_FAR_MS } }] }
  const { matchedCount } = await callRates.updateOne(
    { mailer, perSecond, ...isNotOurs },
    { $set: { nextPlace: now + gap } },
  )
  return matchedCount === 1 ? now : null
}
