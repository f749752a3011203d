import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import type { EventStore } from '../../src/newsletter/eventPorts.ts'
import type { ProviderEvent } from '../../src/newsletter/model.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { isLong } from '../support/longRun.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { mailedCampaign, toldState } from '../support/webhooks/mailed.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

const ANNA = 'anna@example.com'
const day = (number: number) => new Date(Date.UTC(2026, 10, number))

const event = (more: Partial<ProviderEvent>): ProviderEvent => ({
  ...{ eventId: 'msg', kind: 'delivered', type: 'email.delivered', occurredAt: day(3), emails: [ANNA] },
  ...{ providerId: 'p', tags: {}, bounceType: null, detail: null, payload: null },
  ...more,
})
const bounced = (number: number) =>
  event({ eventId: `b-${number}`, kind: 'bounced', bounceType: 'transient', occurredAt: day(number) })

/** What is told before, and the event that is cut off. */
const STORIES: Record<string, { before: ProviderEvent[]; cut: ProviderEvent }> = {
  'a delivery': { before: [], cut: event({}) },
  'a complaint': { before: [], cut: event({ kind: 'complained' }) },
  'the third bounce that may pass': { before: [bounced(3), bounced(5)], cut: bounced(7) },
  'a delivery that takes a suppression back': {
    before: [bounced(3), bounced(5), bounced(7)],
    cut: event({ occurredAt: day(4) }),
  },
}

class Cut extends Error {}

/** The same store, of which one call, and all that follow, fail: before it is done, or after. */
function cutAt(
  store: EventStore,
  { call, when }: { call: number; when: 'before' | 'after' },
): { store: EventStore; wasReached: () => boolean } {
  let calls = 0
  const names = Object.keys(store) as (keyof EventStore)[]
  const cutting = names.map((name) => [
    name,
    async (...input: never[]) => {
      calls += 1
      if (calls > call || (calls === call && when === 'before')) throw new Cut('The process was killed.')
      const result: unknown = await (store[name] as (...given: never[]) => Promise<unknown>)(...input)
      if (calls === call) throw new Cut('The process was killed.')
      return result
    },
  ])
  return { store: { ...store, ...Object.fromEntries(cutting) }, wasReached: () => calls >= call }
}

describe.each(testDatabases())('on $name, an event that is cut off anywhere', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  const begin = async () => {
    const { payload } = database
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions'] as const)
      await payload.db.deleteMany({ collection, where: {} })
    const anna = await createSubscriber(payload, { email: ANNA })
    const { deliveries } = await mailedCampaign(payload, { title: 'Brevet', readers: [anna] })
    return { delivery: String(deliveries.get(ANNA)) }
  }
  const record = (tags: Record<string, string>, told: ProviderEvent, events?: EventStore) =>
    recordEvent({ ...depsOf(database.payload), ...(events && { events }) }, { ...told, tags })

  it.each(Object.entries(STORIES))('is made up for when it is told again: %s', async (_, { before, cut }) => {
    const whole = await begin()
    for (const told of [...before, cut]) await record(whole, told)
    const expected = await toldState(database.payload)
    // In a short run a cut after a call stands for one before the next.
    for (const when of isLong ? (['before', 'after'] as const) : (['after'] as const))
      for (let call = 1; ; call++) {
        const tags = await begin()
        for (const told of before) await record(tags, told)
        const { store, wasReached } = cutAt(depsOf(database.payload).events, { call, when })
        const outcome = await record(tags, cut, store).catch((error: unknown) => error)
        if (!wasReached()) break
        expect(outcome).toBeInstanceOf(Cut)
        await record(tags, cut)
        expect({ call, when, ...(await toldState(database.payload)) }).toEqual({ call, when, ...expected })
      }
  })
})
