import type { PayloadRequest } from 'payload'
import { readFormSettings } from './formSettings.ts'
import { limitsOf } from './limitsOf.ts'
import { networkAddressOf } from './networkAddressOf.ts'

const HOUR_MS = 3_600_000

/**
 * Counts one sending of a form on the network address that it came from.
 * @param call.form each form is counted by itself.
 * @returns how many seconds this network has to wait: 0 when the form is to be taken.
 */
export async function takeFormCall({
  req,
  form,
}: {
  req: Pick<PayloadRequest, 'payload' | 'headers'>
  form: 'subscribe' | 'contact'
}): Promise<number> {
  const { callsPerHour } = await readFormSettings(req.payload)
  const waitMs = await limitsOf(req.payload).takeOrWait({
    key: `form ${form} ${networkAddressOf(req)}`,
    points: callsPerHour,
    perMs: HOUR_MS,
  })
  return Math.ceil(waitMs / 1000)
}
