import { COUNTED_FACTS, type CountedFact, type DeliveryFact, type MailedRow } from './eventPorts.ts'
import { guardCampaign } from './guardCampaign.ts'
import type { Id, ProviderEventKind } from './model.ts'
import type { RecordedEvent, Recording } from './recordEvents.ts'
import { UNDECIDED } from './rules/problems.ts'

/** Whatever was told of it, the provider had it. */
const WAS_TAKEN: readonly ProviderEventKind[] = ['sent', 'delivered', 'delayed', 'bounced', 'complained']

const FACT_OF: Record<ProviderEventKind, DeliveryFact | null> = {
  sent: null,
  delivered: 'delivered',
  delayed: 'delayed',
  bounced: 'bounced',
  complained: 'complained',
  failed: 'failed',
  // It was not handed on.
  suppressed: 'failed',
  other: null,
}

type MailedEvent = RecordedEvent & { mailed: MailedRow }

/** What follows from events for the mails that they are about: they were taken, facts, counts, the guard. */
export async function recordMailed(recording: Recording, recorded: readonly RecordedEvent[]): Promise<void> {
  const ofOurs = recorded.filter((each): each is MailedEvent => each.mailed !== null)
  // Before the facts, so that nobody who sees one can still be asked whether to mail them again.
  await settleTaken(recording, ofOurs)
  for (const [campaignId, ofCampaign] of byCampaign(ofOurs))
    await recordOfCampaign(recording, { campaignId, ofCampaign })
}

async function settleTaken({ events, clock }: Recording, ofOurs: readonly MailedEvent[]): Promise<void> {
  const settled = new Set<string>()
  for (const { event, mailed } of ofOurs) {
    const { kind, id, campaignId, isTaken } = mailed
    const key = `${kind} ${id}`
    if (isTaken || settled.has(key) || !WAS_TAKEN.includes(event.kind)) continue
    settled.add(key)
    const { providerId } = event
    if (kind === 'transactional') await events.settleUncertainMail({ id, providerId, now: clock.now() })
    else if (campaignId !== null)
      await events.settleTaken({
        ...{ deliveryId: id, campaignId, providerId },
        ...{ undecidedCode: UNDECIDED.code, now: clock.now() },
      })
  }
}

/** An event of a kind that is not known tells nothing of its campaign. */
function byCampaign(ofOurs: readonly MailedEvent[]): Map<Id, MailedEvent[]> {
  const campaigns = new Map<Id, MailedEvent[]>()
  for (const each of ofOurs) {
    const { campaignId } = each.mailed
    if (campaignId === null || each.event.kind === 'other') continue
    campaigns.set(campaignId, [...(campaigns.get(campaignId) ?? []), each])
  }
  return campaigns
}

async function recordOfCampaign(
  recording: Recording,
  { campaignId, ofCampaign }: { campaignId: Id; ofCampaign: readonly MailedEvent[] },
): Promise<void> {
  await recordFirstEvent(recording, { campaignId, ofCampaign })
  const added = { delivered: 0, bounced: 0, complained: 0 }
  let isAgain = false
  let isToGuard = false
  for (const [fact, ofFact] of byFact(ofCampaign)) {
    const firsts = await recording.events.recordFacts({ fact, times: timesOf(ofFact) })
    if (!isCounted(fact)) continue
    added[fact] = firsts
    isAgain ||= ofFact.some((each) => each.isAgain)
    isToGuard ||= fact !== 'delivered'
  }
  await count(recording, { campaignId, added, isAgain, revision: revisionOf(ofCampaign) })
  if (isToGuard) await guardCampaign(recording, campaignId)
}

async function recordFirstEvent(
  { events }: Recording,
  { campaignId, ofCampaign }: { campaignId: Id; ofCampaign: readonly MailedEvent[] },
): Promise<void> {
  const at = earliest(ofCampaign.map(({ event }) => event.occurredAt))
  const isEarlier = ofCampaign.some(
    ({ mailed: { firstEventAt } }) => firstEventAt === null || firstEventAt > at,
  )
  if (isEarlier) await events.recordFirstEvent({ campaignId, at })
}

/** A try that was cut off may have written facts and not counted them. */
async function count(
  { events }: Recording,
  {
    campaignId,
    added,
    isAgain,
    revision,
  }: { campaignId: Id; added: Record<CountedFact, number>; isAgain: boolean; revision: number },
): Promise<void> {
  const isNothing = Object.values(added).every((number) => number === 0)
  if (isNothing && !isAgain) return
  if (isAgain || !(await events.addToCounts({ campaignId, added, revision })))
    await events.recountFacts(campaignId)
}

function byFact(ofCampaign: readonly MailedEvent[]): Map<DeliveryFact, MailedEvent[]> {
  const facts = new Map<DeliveryFact, MailedEvent[]>()
  for (const each of ofCampaign) {
    const fact = FACT_OF[each.event.kind]
    if (fact !== null) facts.set(fact, [...(facts.get(fact) ?? []), each])
  }
  return facts
}

/** Each delivery once, with the earliest of its times. */
function timesOf(ofFact: readonly MailedEvent[]): { deliveryId: Id; at: Date }[] {
  const times = new Map<Id, Date>()
  for (const { event, mailed } of ofFact) {
    const known = times.get(mailed.id)
    if (!known || known > event.occurredAt) times.set(mailed.id, event.occurredAt)
  }
  return [...times].map(([deliveryId, at]) => ({ deliveryId, at }))
}

/** Rows that were read at different moments: the count is refused when it changed after the first of them. */
const revisionOf = (ofCampaign: readonly MailedEvent[]): number =>
  Math.min(...ofCampaign.map(({ mailed }) => mailed.countsRevision))

const earliest = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map((date) => date.getTime())))

const isCounted = (fact: DeliveryFact): fact is CountedFact =>
  COUNTED_FACTS.some((counted) => counted === fact)
