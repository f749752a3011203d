import { changeSuppression } from './changeSuppression.ts'
import { guardCampaign } from './guardCampaign.ts'
import {
  COUNTED_FACTS,
  type CountedFact,
  type DeliveryFact,
  type EventStore,
  type EventToKeep,
  type MailedRow,
} from './eventPorts.ts'
import type { ProviderEvent, ProviderEventKind, Suppression } from './model.ts'
import type { Flow } from './ports.ts'
import { addressHash } from './rules/addressHash.ts'
import { isHashOnly } from './rules/isHashOnly.ts'
import { nextSuppression, withoutTransientBounces } from './rules/nextSuppression.ts'
import { UNDECIDED } from './rules/problems.ts'
import { isBrokenByDelivery, suppressionFrom } from './rules/suppressionFrom.ts'

type Recording = { events: EventStore } & Pick<Flow, 'secret' | 'clock' | 'log'>

/** The tags that our mails carry: see rules/personalise and sendNextTransactional. */
const DELIVERY_TAG = 'delivery'
const MAIL_TAG = 'mail'

/**
 * Writes down what a provider told of a mail, and what follows from it: facts on the delivery, the campaign's counts,
 * suppressions. The same event again changes nothing, but makes up for what a crash left undone; and whatever order
 * events come in, they end in the same.
 * @returns whether it was new, was there, or there was something left to do.
 * @throws what the database throws: then the provider is to try again.
 */
export async function recordEvent(
  recording: Recording,
  event: ProviderEvent,
): Promise<'new' | 'unapplied' | 'applied'> {
  const { events, secret, clock } = recording
  const { eventId, kind } = event
  const mailed = await findMailed({ events, event })
  const email = addressOf({ event, mailed })
  const hash = email === null ? null : addressHash({ secret, email })
  const isKnown = hash !== null && !(await isForgotten({ events, hash }))
  const about = isKnown ? { mailed, email, addressHash: hash } : ofNobody(mailed)
  const state = await events.keepEvent({ event: toKeep({ event, about }), ...about, receivedAt: clock.now() })
  if (state === 'applied') return state
  if (mailed) await recordMailed(recording, { event, mailed, isAgain: state === 'unapplied' })
  if (isKnown && email !== null) await recordAddress(recording, { kind, email })
  // Forgotten at this very moment, or since a try that was cut off: whoever erases them may not have seen it.
  if (hash !== null && (await isForgotten({ events, hash }))) await events.forgetEvent(eventId)
  await events.markApplied({ eventId, now: clock.now() })
  return state
}

/**
 * Our row that it is about. A tag alone does not say: several installations may share one account with a provider, and their
 * rows have the same ids. The mail must have gone to the address of the row; where nobody knows that one any more, or
 * the event names none, the provider must call it by the same id.
 */
async function findMailed({
  events,
  event: { kind, tags, emails, providerId },
}: {
  events: EventStore
  event: ProviderEvent
}): Promise<MailedRow | null> {
  const tagged = { deliveryId: tags[DELIVERY_TAG] ?? null, mailId: tags[MAIL_TAG] ?? null }
  const isUntagged = tagged.deliveryId === null && tagged.mailId === null
  const mailed =
    isUntagged && providerId !== null && TELLS_AGAINST.includes(kind)
      ? await events.findByProviderId({ providerId, emails })
      : await events.findMailed(tagged)
  if (!mailed) return null
  const hasSameId = mailed.providerId !== null && mailed.providerId === providerId
  const namesNobody = mailed.email === null || emails.length === 0
  return (namesNobody ? hasSameId : mailed.email !== null && emails.includes(mailed.email)) ? mailed : null
}

/** Without its tags only such an event is worth a search: other mails of the same account have no tags of ours either. */
const TELLS_AGAINST: readonly ProviderEventKind[] = ['bounced', 'complained', 'failed', 'suppressed']

/** Nothing but the hash of the address is kept: what is told later must not bring it back. */
async function isForgotten({ events, hash }: { events: EventStore; hash: string }): Promise<boolean> {
  const suppression = (await events.readSuppressions([hash])).get(hash)
  return suppression !== undefined && suppression.liftedAt === null && isHashOnly(suppression.reason)
}

type About = Pick<EventToKeep, 'mailed' | 'email' | 'addressHash'>

const ofNobody = (mailed: MailedRow | null): About => ({
  mailed: mailed && { ...mailed, subscriberId: null },
  email: null,
  addressHash: null,
})

/** The provider's words may hold an address. Of what is none of ours only the type and the times stay. */
function toKeep({ event, about }: { event: ProviderEvent; about: About }): EventToKeep['event'] {
  const { emails: _, tags: __, ...kept } = event
  if (about.mailed && about.email !== null) return kept
  if (about.email !== null) return { ...kept, payload: null }
  const wordless = { ...kept, detail: null, payload: null }
  return about.mailed ? wordless : { ...wordless, providerId: null, bounceType: null }
}

/**
 * Of whom it tells. A mail of ours says so itself; a mail of somebody else's with the same provider is no business of
 * ours, and only what tells of the provider's list without a mail concerns any address.
 */
function addressOf({ event, mailed }: { event: ProviderEvent; mailed: MailedRow | null }): string | null {
  if (mailed) return mailed.email
  const isOfTheList = event.kind === 'suppressed' && event.providerId === null
  return isOfTheList ? (event.emails[0] ?? null) : null
}

async function recordMailed(
  recording: Recording,
  { event, mailed, isAgain }: { event: ProviderEvent; mailed: MailedRow; isAgain: boolean },
): Promise<void> {
  const { events, clock } = recording
  const { id, campaignId } = mailed
  if (mailed.kind === 'transactional') {
    if (WAS_TAKEN.includes(event.kind))
      await events.settleUncertainMail({ id, providerId: event.providerId, now: clock.now() })
    return
  }
  if (campaignId === null || event.kind === 'other') return
  // Before the fact, so that nobody who sees it can still be asked whether to mail them again.
  if (WAS_TAKEN.includes(event.kind) && !mailed.isTaken)
    await events.settleTaken({
      ...{ deliveryId: id, campaignId, providerId: event.providerId },
      ...{ undecidedCode: UNDECIDED.code, now: clock.now() },
    })
  const at = event.occurredAt
  if (mailed.firstEventAt === null || mailed.firstEventAt > at)
    await events.recordFirstEvent({ campaignId, at })
  const fact = FACT_OF[event.kind]
  if (fact === null) return
  const isFirst = await events.recordFact({ deliveryId: id, fact, at })
  if (!isCounted(fact)) return
  // A try that was cut off may have written the fact and not counted it.
  if (isAgain) await events.recountFacts(campaignId)
  else if (isFirst && !(await events.addToCount({ campaignId, fact, revision: mailed.countsRevision })))
    await events.recountFacts(campaignId)
  if (fact !== 'delivered') await guardCampaign(recording, campaignId)
}

/** Whatever was told of it, the provider had it. */
const WAS_TAKEN: readonly ProviderEventKind[] = ['sent', 'delivered', 'delayed', 'bounced', 'complained']

const FACT_OF: Record<Exclude<ProviderEventKind, 'other'>, DeliveryFact | null> = {
  sent: null,
  delivered: 'delivered',
  delayed: 'delayed',
  bounced: 'bounced',
  complained: 'complained',
  failed: 'failed',
  // It was not handed on.
  suppressed: 'failed',
}

const isCounted = (fact: DeliveryFact): fact is CountedFact =>
  COUNTED_FACTS.some((counted) => counted === fact)

/**
 * The suppression that follows from all that is known of an address. Asked again after it is written: who keeps an event
 * right then has either seen what was written, or is seen.
 */
async function recordAddress(
  recording: Recording,
  { kind, email }: { kind: ProviderEventKind; email: string },
): Promise<void> {
  const { events, secret, clock } = recording
  const hash = addressHash({ secret, email })
  const isRelevant =
    kind === 'bounced' ||
    kind === 'complained' ||
    kind === 'suppressed' ||
    (kind === 'delivered' && (await events.hasBounces(hash)))
  if (!isRelevant) return
  for (let isSettled = false; !isSettled;) {
    const { was, is } = await changeSuppression(recording, {
      email,
      decide: async (before) => {
        const next = await decide({ events, hash, email, was: before })
        // Before it is written that they are let go of: a try that is cut off finds them suppressed again.
        if (before && isTakenBack(before, next))
          await restore({ events, email, was: before, now: clock.now() })
        return next
      },
    })
    isSettled = was === is
  }
}

const isTakenBack = (before: Suppression, next: Suppression | null): boolean =>
  before.liftedAt === null && (next === null || next.liftedAt !== null)

async function decide({
  events,
  hash,
  email,
  was,
}: {
  events: EventStore
  hash: string
  email: string
  was: Suppression | null
}): Promise<Suppression | null> {
  const told = await events.readAddressEvents(hash)
  const unlistedAt = was?.forgivenAt ?? null
  const cause = suppressionFrom({ events: told, forgivenAt: was?.liftedAt ?? unlistedAt, unlistedAt })
  if (cause) return nextSuppression({ was, cause, email })
  const isBroken = was !== null && isBrokenByDelivery({ events: told, suppressedAt: was.suppressedAt })
  return isBroken ? withoutTransientBounces(was) : was
}

/** As if they had never been suppressed; whoever has left since stays away. */
async function restore({
  events,
  email,
  was: { statusBefore },
  now,
}: {
  events: EventStore
  email: string
  was: Suppression
  now: Date
}): Promise<void> {
  if (statusBefore === null) return
  const subscriber = await events.findAddressed(email)
  const hasLeft = subscriber !== null && subscriber.unsubscribedAt !== null
  const to = hasLeft ? 'unsubscribed' : statusBefore
  await events.moveAddressed({ email, from: ['suppressed'], to, now })
}
