import type { Payload } from 'payload'
import { missingForMailing, type MissingSetting } from '../../content/missingForMailing.ts'
import type { Problem, Sender } from '../../newsletter/model.ts'
import { SITE_INCOMPLETE } from '../../newsletter/rules/problems.ts'

/** Who the mail is from, with the postal address that the law wants in it. */
export interface FullSender extends Sender {
  postalAddress: string
}

/** The sender, or the settings that are not there. */
export async function readSender(payload: Payload): Promise<FullSender | { missing: MissingSetting[] }> {
  const site = await readSettings(payload)
  const missing = missingForMailing(site)
  return missing.length > 0 ? { missing } : senderOf(site)
}

/** The sender as far as it is set, for mails that only staff see, and the settings that are not there. */
export async function readSenderOrStandIn({
  payload,
  baseUrl,
}: {
  payload: Payload
  baseUrl: string
}): Promise<{ sender: FullSender; missing: MissingSetting[] }> {
  const site = await readSettings(payload)
  const host = new URL(baseUrl).hostname
  const { name, email, replyTo, postalAddress } = senderOf(site)
  const known = email || `utskick@${host}`
  return {
    sender: {
      name: name || trimmed(site.name) || host,
      email: known,
      replyTo: replyTo || known,
      postalAddress,
    },
    missing: missingForMailing(site),
  }
}

type Settings = Awaited<ReturnType<typeof readSettings>>

const readSettings = (payload: Payload) =>
  payload.findGlobal({
    slug: 'site',
    select: { name: true, senderName: true, senderEmail: true, replyTo: true, postalAddress: true },
    depth: 0,
    overrideAccess: true,
  })

function senderOf(site: Settings): FullSender {
  const email = trimmed(site.senderEmail)
  return {
    name: trimmed(site.senderName),
    email,
    replyTo: trimmed(site.replyTo) || email,
    postalAddress: trimmed(site.postalAddress),
  }
}

const trimmed = (text: string | null | undefined) => text?.trim() ?? ''

const NAMES: Record<MissingSetting, string> = {
  senderName: 'sender name',
  senderEmail: 'sender address',
  postalAddress: 'postal address',
}

/** What is missing, and where to set it. */
export const siteProblem = (missing: MissingSetting[]): Problem => ({
  code: SITE_INCOMPLETE,
  message:
    `The newsletter has no ${LIST.format(missing.map((name) => NAMES[name]))}. ` +
    'Set what is missing under Settings → Site → The newsletter, then start the campaign again.',
})

const LIST = new Intl.ListFormat('en-GB', { type: 'disjunction' })
