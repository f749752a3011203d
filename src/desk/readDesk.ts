import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../newsletter/ports.ts'
import { compareMailings } from './compareMailings.ts'
import { SETUP_STEPS, type Day, type Desk, type SetupFacts, type SubscriberFigures } from './model.ts'
import type { DeskContent, SubscriberCounts } from './ports.ts'

const DRAFTS = 5
/** The last newsletter, and those that it is compared with. */
const MAILINGS = 6
const DAYS = 30
/** After the import of a large list: each who moved is looked up with their topics, while others wait for the database. */
const MOST_BY_TOPIC = 100_000

export interface DeskPorts {
  content: DeskContent
  counts: SubscriberCounts
  clock: Clock
}

/** @param input.isEditor whether they see what tells of subscribers. */
export async function readDesk(ports: DeskPorts, { isEditor }: { isEditor: boolean }): Promise<Desk> {
  const { content } = ports
  const [drafts, mailings, unanswered, subscribers] = await Promise.all([
    content.readDrafts(DRAFTS),
    content.readMailings(MAILINGS),
    isEditor ? content.countUnanswered() : null,
    isEditor ? readSubscribers(ports) : null,
  ])
  const isNew = mailings.length === 0
  return {
    isNew,
    setup: isNew && isEditor ? inOrder(await content.readSetup()) : null,
    ...{ drafts, unanswered, subscribers },
    last: compareMailings(mailings),
  }
}

const inOrder = (facts: SetupFacts) =>
  SETUP_STEPS.flatMap((step) => {
    const state = facts[step]
    return state ? [{ step, state }] : []
  })

async function readSubscribers({ content, counts, clock }: DeskPorts): Promise<SubscriberFigures> {
  const days = lastDays({ now: clock.now(), timeZone: await content.readTimeZone() })
  const [active, moved] = await Promise.all([counts.countActive(), counts.countByDay(days)])
  const all = moved.reduce((sum, { joined, left }) => sum + joined + left, 0)
  const byTopic = all <= MOST_BY_TOPIC ? await counts.countByTopic(days[0]?.from ?? clock.now()) : null
  return {
    active,
    days: days.map(({ date }, index) => ({ date, ...(moved[index] ?? { joined: 0, left: 0 }) })),
    topics: byTopic && (await content.nameTopics(byTopic)),
  }
}

/** Today and those before it. A day on which the clocks change has 23 or 25 hours. */
export function lastDays({ now, timeZone }: { now: Date; timeZone: string }): Day[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const startOf = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds)
  return Array.from({ length: DAYS }, (_, index) => {
    const date = today.subtract({ days: DAYS - 1 - index })
    return { date: date.toString(), from: startOf(date), to: startOf(date.add({ days: 1 })) }
  })
}
