import type { LastSave } from './ports.ts'

/** A save's name: the time of the document as its answer gives it, in the form of an entity tag (RFC 9110, 8.8.3). */
export const tagOf = (updatedAt: string): string => `"${updatedAt}"`

/**
 * Reads which saves a request builds upon: times, milliseconds since 1970.
 * @param header If-Match (RFC 9110, 13.1.1): one tag of an answer or several. A proxy that compresses answers makes their
 * tags weak; here they mean the same.
 * @returns null where it names none, `*` included; 'invalid' for anything that no answer has as its tag.
 */
export function readBases(header: string | null): number[] | null | 'invalid' {
  const text = header?.trim() ?? ''
  if (text === '' || text === '*') return null
  const times = text.split(',').map((part) => {
    const [, time] = /^(?:W\/)?"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"$/.exec(part.trim()) ?? []
    return time === undefined ? NaN : Date.parse(time)
  })
  return times.some(Number.isNaN) ? 'invalid' : times
}

/**
 * Whether nobody has saved since the save that a request builds upon.
 * @param options.stored the document's time, milliseconds since 1970.
 * @param options.lastSave as it is noted; null for a document that was last saved before saves were noted. A note that the
 * document's time does not bear out is of a save that was not written.
 */
export function isNewest({
  base,
  stored,
  lastSave,
}: {
  base: number
  stored: number
  lastSave: LastSave | null
}): boolean {
  return base === stored || (isOf(lastSave, stored) && isOf(lastSave, base))
}

/** Who wrote what is stored; null when nobody knows. */
export const savedBy = ({
  stored,
  lastSave,
}: {
  stored: number
  lastSave: LastSave | null
}): string | null => (isOf(lastSave, stored) ? lastSave.by : null)

const isOf = (save: LastSave | null, time: number): save is LastSave =>
  save !== null && save.from <= time && time <= save.to
