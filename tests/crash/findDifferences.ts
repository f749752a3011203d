import { isDeepStrictEqual } from 'node:util'
import { everybodyOnce } from '../support/mailing/outcome.ts'
import type { CrashResult } from './crashCampaign.ts'

/** What is not as it should be, a line each; none: all is well. */
export function findDifferences({
  result: { outcome, kills, endings },
  ...asked
}: {
  result: CrashResult
  kills: number
  recipients: number
}): string[] {
  // One may come too late for finishing; more mean that the campaign was too short to be killed so often.
  const isLongEnough = kills.filter(({ phase }) => phase === 'over').length <= 1
  const found = { ...outcome, kills: kills.length, isLongEnough, endings }
  const wanted = {
    ...everybodyOnce(asked.recipients),
    kills: asked.kills,
    isLongEnough: true,
    endings: endings.map(() => ({ code: 0, signal: null })),
  }
  return Object.entries(wanted).flatMap(([name, value]) => {
    const is: unknown = found[name as keyof typeof found]
    return isDeepStrictEqual(is, value) ? [] : [`${name}: ${shorten(is)}, should be ${shorten(value)}`]
  })
}

const shorten = (value: unknown) => JSON.stringify(value).slice(0, 300)
