import type { BasePayload } from 'payload'
import { z } from 'zod'
import type { Restored } from './rules/whyRestored.ts'

const KEY = 'utskick-restored'

const content = z.object({
  why: z.enum(['database_older', 'folder_copied', 'folder_unknown', 'worker_silent']),
  /** ISO 8601 */
  at: z.string(),
})

/** What staff have not said that they have seen; planned publications wait so long. */
export type StaffNotice = z.infer<typeof content>

export async function readNotice({ kv }: Pick<BasePayload, 'kv'>): Promise<StaffNotice | null> {
  return content.safeParse(await kv.get(KEY)).data ?? null
}

export const putNotice = (
  { kv }: Pick<BasePayload, 'kv'>,
  { why, at }: { why: Restored; at: Date },
): Promise<void> => kv.set(KEY, { why, at: at.toISOString() } satisfies StaffNotice)

export const removeNotice = ({ kv }: Pick<BasePayload, 'kv'>): Promise<void> => kv.delete(KEY)
