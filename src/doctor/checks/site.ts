import { missingForMailing, type MissingSetting } from '../../content/missingForMailing.ts'
import { fail, ok, type Check } from '../model.ts'

const NAMES: Record<MissingSetting, string> = {
  senderName: 'the sender’s name',
  senderEmail: 'the sender’s address',
  postalAddress: 'the postal address',
}

export function checkSite({ site }: { site: Record<MissingSetting, string> }): Check {
  const missing = missingForMailing(site)
  if (missing.length === 0) return ok({ name: 'site', message: 'The sender and the postal address are set.' })
  return fail({
    name: 'site',
    message: `Missing: ${missing.map((setting) => NAMES[setting]).join(', ')}. No newsletter is sent without.`,
    remedy: 'Fill them in in the admin: Site, The newsletter.',
  })
}
