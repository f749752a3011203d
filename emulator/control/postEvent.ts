import { z } from 'zod'
import type { Emulation } from '../emulation.ts'
import { BOUNCE_TYPES, EVENT_TYPES } from '../webhooks/fates.ts'

const event = z.strictObject({
  emailId: z.string(),
  type: z.enum(EVENT_TYPES),
  bounce: z.enum(BOUNCE_TYPES).optional(),
})

/** Posts one event of a mail that was taken: a complaint a week later, say. A sentence when it cannot be. */
export function postEvent({ body, emulation }: { body: unknown; emulation: Emulation }): string | null {
  const parsed = event.safeParse(body)
  if (!parsed.success) return z.prettifyError(parsed.error)
  const { emailId, type, bounce } = parsed.data
  const mail = emulation.mails.find(emailId)
  if (!mail) return `There is no mail with the id ${emailId} (any more).`
  if (emulation.settings.webhookUrl === null) return 'There is no address to post webhooks to.'
  emulation.webhooks.post({ mail, event: { type, ...(bounce && { bounce }) } })
  return null
}
