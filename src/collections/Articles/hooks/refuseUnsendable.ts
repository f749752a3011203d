import type { CollectionBeforeChangeHook } from 'payload'
import { isScheduledRun, isTakingBack, isToBePublished, overrideOf } from '../../../content/systemSaves.ts'
import { campaignsOf } from '../../../deps.ts'
import { mailsWhatIsPublished } from '../../../newsletter/scheduleCampaign.ts'
import { newsletterStopped } from '../../../preflight/newsletterStopped.ts'
import { incomingFactsOf } from '../../../preflight/preflightPorts.ts'
import { judgeLocally } from '../../../preflight/runPreflight.ts'

/**
 * Publishing with a newsletter is refused, before anything is written, when a local rule of preflight says stop: a setting
 * that the law asks for is missing, nobody would get it, a link leads nowhere. Of one whose mail is made it is not asked:
 * publishing changes no mail any more. What is planned is judged when it is planned, and not when its time has come, as nobody is
 * there to read a refusal: the mailing stops and says why.
 * An admin passes a stop by its code, with a reason (endpoints/publish).
 * @throws 422 with all that is wrong. Without a newsletter (`newsletter.send: false`) the article can be published.
 */
export const refuseUnsendable: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (!isToBePublished(data, req.context) || !data.newsletter?.send || data.deletedAt) return data
  if (isScheduledRun() || isTakingBack(req.context)) return data
  const id: number | string | null = originalDoc?.id ?? null
  if (id !== null && !mailsWhatIsPublished(await campaignsOf(req).find(String(id)))) return data
  const passed = overrideOf(req.context)?.checks ?? []
  const stops = judgeLocally(await incomingFactsOf(req, { id, data })).filter(
    ({ code, level }) => level === 'stop' && !passed.includes(code),
  )
  if (stops.length > 0) throw newsletterStopped({ req, stops, isPublishing: true })
  return data
}
