import { ok, warn, type Check } from '../model.ts'
import type { ClockReading } from '../ports.ts'

/** Signatures of webhooks and leases of workers go wrong some way beyond. */
const MOST_SKEW_SECONDS = 5

export function checkClock({ readings }: { readings: ClockReading[] }): Check {
  const name = 'clock'
  const skews = readings.map((reading) => ({ source: reading.source, seconds: skewOf(reading) }))
  if (skews.length === 0) return ok({ name, message: 'There is no other clock to compare with.' })
  const wrong = skews.find(({ seconds }) => Math.abs(seconds) > MOST_SKEW_SECONDS)
  if (!wrong) return ok({ name, message: skews.map(describe).join(' ') })
  return warn({
    name,
    message: describe(wrong),
    remedy: 'Set the clock of this machine by NTP (timedatectl set-ntp true).',
  })
}

/** How far ours is ahead, in whole seconds, measured against the middle of the call. */
const skewOf = ({ theirs, askedAt, answeredAt }: ClockReading) =>
  Math.round(((askedAt.getTime() + answeredAt.getTime()) / 2 - theirs.getTime()) / 1000)

const describe = ({ source, seconds }: { source: string; seconds: number }) =>
  seconds === 0
    ? `The clock goes with that of ${source}.`
    : `The clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of ${source}.`
