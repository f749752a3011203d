import type { Store } from '../../../newsletter/ports.ts'
import type { Rows } from './rows.ts'

const TOO_FAR_MS = 600_000

export const callOperations = ({ callRates }: Rows): Pick<Store, 'reserveCall' | 'setCallRate'> => {
  const rateOf = (mailer: string, perSecond: number) => {
    const known = callRates.find((row) => row.mailer === mailer)
    const row = known ?? { mailer, perSecond, nextPlace: 0 }
    if (!known) callRates.push(row)
    return row
  }
  return {
    async reserveCall({ mailer, firstPerSecond, now }) {
      const row = rateOf(mailer, firstPerSecond)
      const isOurs = row.nextPlace >= now.getTime() && row.nextPlace <= now.getTime() + TOO_FAR_MS
      const place = isOurs ? row.nextPlace : now.getTime()
      row.nextPlace = place + 1000 / row.perSecond
      return new Date(Math.round(place))
    },

    async setCallRate({ mailer, perSecond }) {
      rateOf(mailer, perSecond).perSecond = perSecond
    },
  }
}
