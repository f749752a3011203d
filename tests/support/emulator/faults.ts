import { z } from 'zod'
import type { Fault } from './model.ts'

const when = z.enum(['before', 'after'])
const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('error'),
    when,
    status: z.int().min(300).max(599),
    name: z.string(),
    message: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ kind: z.literal('drop'), when }),
  z.object({ kind: z.literal('garbage'), when }),
  z.object({ kind: z.literal('hang'), when }),
  z.object({ kind: z.literal('slow'), ms: z.number().nonnegative() }),
])
const faults = z.object({
  /** Met by the next calls, one each. */
  next: z.array(fault).default([]),
  /** Met by every call from now on, until it is set anew; null: none. Left out: as it was. */
  every: fault.nullable().optional(),
})

export interface Faults {
  /** The next calls meet these, one each, in order. */
  failNext: (...next: Fault[]) => void
  /** Every call meets this one until it is set to null. */
  failEvery: (every: Fault | null) => void
  /** What the call that comes now meets. */
  take: () => Fault | null
  /** What came in from outside; a sentence when it is not right. */
  read: (body: unknown) => string | null
}

export function startFaults(): Faults {
  const next: Fault[] = []
  let every: Fault | null = null
  return {
    failNext: (...more) => void next.push(...more),
    failEvery: (fault) => void (every = fault),
    take: () => next.shift() ?? every,
    read: (body) => {
      const parsed = faults.safeParse(body)
      if (!parsed.success) return z.prettifyError(parsed.error)
      next.push(...parsed.data.next)
      if (parsed.data.every !== undefined) every = parsed.data.every
      return null
    },
  }
}
