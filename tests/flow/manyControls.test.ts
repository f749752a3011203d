import { expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Control } from '../../src/newsletter/rules/controls.ts'
import { chance, interleave } from '../support/flow/interleave.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { seeds } from '../support/longRun.ts'

const READERS = 80
const SEEDS = seeds({ short: 3, long: 10 })

/**
 * Two workers mail eighty readers while an editor pauses and resumes a hundred times, wherever they stand; the time jumps
 * beyond their leases now and then. In the end it is resumed, or cancelled after so many calls.
 */
async function mailWithControls({ seed, cancelAt }: { seed: number; cancelAt: number | null }) {
  const random = chance(seed)
  const room = newsroom()
  await room.rig.addSubscribers(READERS)
  const article = await room.publish()
  const control = (name: Control) =>
    controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: name, by: 'editor' })
  const done = { cycles: 0 }
  const meddle = async () => {
    if (cancelAt !== null && room.mailer.calls.length >= cancelAt) return control('cancel')
    if (done.cycles >= 100) return control('resume')
    if (await control(random() < 0.5 ? 'pause' : 'resume')) done.cycles += 0.5
  }
  // A worker that finds the campaign paused rests, and looks again.
  const isOver = () => ['submitted', 'cancelled'].includes(room.campaignOf(article).status)
  const run: typeof drainFlow = async (flow) => {
    do await drainFlow(flow)
    while (!isOver() || room.campaignOf(article).finishedAt === null)
  }
  await interleave({
    flows: [room.flow(), room.flow()],
    run,
    random,
    onTurn: async () => {
      if (random() < 0.02) room.clock.pass(61)
      await meddle()
    },
  })
  const { id, status, counts } = room.campaignOf(article)
  const mailed = recipientsOf(room.mailer.mails)
  return { cycles: done.cycles, status, counts, mailed, deliveries: await room.rig.deliveries(id) }
}

it('a campaign that is paused and resumed a hundred times mails everybody once', async () => {
  for (const seed of SEEDS) {
    const { cycles, status, counts, mailed } = await mailWithControls({ seed, cancelAt: null })
    expect({ seed, cycles, status, counts, mailed: mailed.toSorted() }).toEqual({
      seed,
      cycles: 100,
      status: 'submitted',
      counts: { ...NO_COUNTS, recipients: READERS, submitted: READERS },
      mailed: Array.from({ length: READERS }, (_, number) => readerEmail(number)),
    })
  }
})

it('one that is cancelled after some of that mails nobody twice, and says of everybody what became of it', async () => {
  for (const seed of SEEDS) {
    const { status, counts, mailed, deliveries } = await mailWithControls({ seed, cancelAt: 10 })
    const submitted = deliveries
      .filter((delivery) => delivery.status === 'submitted')
      .map(({ email }) => email)
    expect({
      seed,
      status,
      twice: mailed.length - new Set(mailed).size,
      sum: counts.submitted + counts.excluded + counts.uncertain,
      submittedButNotMailed: submitted.filter((email) => !mailed.includes(email)),
    }).toEqual({ seed, status: 'cancelled', twice: 0, sum: READERS, submittedButNotMailed: [] })
  }
})
