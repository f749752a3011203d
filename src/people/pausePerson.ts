import type { Clock } from '../newsletter/ports.ts'
import { pauseEnd } from '../readers/pausing.ts'

export interface PausePorts {
  clock: Clock
  /** Writes it where the person subscribes, and nothing else of them. @returns false when they do not. */
  writePause: (pausedUntil: Date | null) => Promise<boolean>
  /** Writes it into their history, with who did it. */
  record: (pausedUntil: Date | null) => Promise<void>
}

/**
 * Staff pause the newsletter for somebody who asks them to, or end a pause.
 * @param input.weeks from 1 to the most that anybody pauses (readers/pausing); 0 ends a pause.
 * @returns until when, and null for a pause that is over; `not_active` with nothing changed for who gets none anyhow.
 * @throws what the ports throw.
 */
export async function pausePerson(
  { clock, writePause, record }: PausePorts,
  { weeks }: { weeks: number },
): Promise<{ kind: 'done'; pausedUntil: Date | null } | { kind: 'not_active' }> {
  const pausedUntil = weeks === 0 ? null : pauseEnd({ weeks, now: clock.now() })
  if (!(await writePause(pausedUntil))) return { kind: 'not_active' }
  await record(pausedUntil)
  return { kind: 'done', pausedUntil }
}
