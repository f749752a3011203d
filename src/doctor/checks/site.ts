import { missingForMailing, type MissingSetting } from '../../content/missingForMailing.ts'
import { fail, ok, warn, type Check } from '../model.ts'

const NAMES: Record<MissingSetting, string> = {
  senderName: 'the sender’s name',
  senderEmail: 'the sender’s address',
  postalAddress: 'the postal address',
}

export function checkSite({ site }: { site: Record<MissingSetting, string> }): Check {
  const missing = missingForMailing(site)
  if (missing.length === 0 && sharesAddress(site.senderEmail))
    return warn({
      name: 'site',
      message: `Newsletters come from ${site.senderEmail.trim()}, the address of all other mails.`,
      remedy: 'Set another sender address in the admin, such as newsletter@: Site, The newsletter.',
    })
  if (missing.length === 0) return ok({ name: 'site', message: 'The sender and the postal address are set.' })
  return fail({
    name: 'site',
    message: `Missing: ${missing.map((setting) => NAMES[setting]).join(', ')}. No newsletter is sent without.`,
    remedy: 'Fill them in in the admin: Site, The newsletter.',
  })
}

/** Gmail's sender guidelines: newsletters and other mails come from different addresses. */
const sharesAddress = (email: string) => /^utskick@/i.test(email.trim())
