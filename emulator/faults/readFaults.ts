import { z } from 'zod'
import type { Fault } from '../model.ts'
import { FAULT_NAMES, NAMED_FAULTS, PASSING_FAULTS } from './namedFaults.ts'
import type { RandomFaults } from './randomFaults.ts'

const MOST_MS = 600_000
const when = z.enum(['before', 'after'])
const ms = z.number().min(0).max(MOST_MS)
const written = z.discriminatedUnion('kind', [
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
  z.object({ kind: z.literal('hang'), when, ms: ms.optional() }),
  z.object({ kind: z.literal('slow'), ms }),
])
const named = z.enum(FAULT_NAMES).transform((name): Fault => NAMED_FAULTS[name])

/** By its name, or written out. One after the other, so that a mistake names what is wrong in what was written. */
const fault = z.unknown().transform((value, context): Fault => {
  const parsed = typeof value === 'string' ? named.safeParse(value) : written.safeParse(value)
  if (parsed.success) return parsed.data
  for (const { code: _, ...issue } of parsed.error.issues)
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path })
  return z.NEVER
})
const random = z.strictObject({
  rate: z.number().min(0).max(1),
  seed: z.int().optional(),
  kinds: z.array(z.enum(FAULT_NAMES)).min(1).default(PASSING_FAULTS),
  hangMs: ms.default(2_000),
  slowMs: ms.default(500),
})
const faults = z.strictObject({
  /** Met by the next calls, one each. */
  next: z.array(fault).default([]),
  /** Met by every call from now on, until it is set anew; null: none. Left out: as it was. */
  every: fault.nullable().optional(),
  /** Met by a part of the calls; null: by none. Left out: as it was. */
  random: random.nullable().optional(),
})

interface ReadFaults {
  next: Fault[]
  every?: Fault | null | undefined
  random?: RandomFaults | null | undefined
}

/** Reads what a body from outside says of faults. */
export function readFaults({
  body,
  seed,
}: {
  body: unknown
  seed: number
}): ReadFaults | { mistake: string } {
  const parsed = faults.safeParse(body)
  if (!parsed.success) return { mistake: z.prettifyError(parsed.error) }
  const { random: some, ...rest } = parsed.data
  return { ...rest, ...(some !== undefined && { random: some && { ...some, seed: some.seed ?? seed } }) }
}
