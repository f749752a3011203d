import { describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import type { Outcome } from '../../src/newsletter/model.ts'
import { chance, interleave } from '../support/flow/interleave.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { seeds } from '../support/longRun.ts'

const READERS = 5
const EVERYBODY = Array.from({ length: READERS }, (_, number) => readerEmail(number))
const SEEDS = seeds({ short: 50, long: 300 })

const REFUSED: Outcome = { kind: 'refused', problem: { code: 'key_refused', message: 'Set another key.' } }

/** Two workers on one campaign; now and then the time jumps beyond their leases, wherever they stand. */
async function mailByTwo({
  seed,
  repeatableMs,
  refusals = 0,
  meddle,
}: {
  seed: number
  repeatableMs?: number
  refusals?: number
  meddle?: 'pause' | 'cancel'
}) {
  const random = chance(seed)
  const room = newsroom(repeatableMs === undefined ? {} : { repeatableMs })
  await room.rig.addSubscribers(READERS)
  room.mailer.answerNext(...Array<Outcome>(refusals).fill(REFUSED))
  const article = await room.publish()
  const control = (name: 'pause' | 'resume' | 'cancel') =>
    controlCampaign(room.flow(), { id: room.campaignOf(article).id, control: name, by: 'editor' })
  await interleave({
    flows: [room.flow(), room.flow()],
    run: drainFlow,
    random,
    onTurn: async () => {
      if (random() < 0.1) room.clock.pass(61)
      if (meddle && random() < 0.05) await control(meddle)
      if (meddle === 'pause' && random() < 0.1) await control('resume')
    },
  })
  if (meddle === 'pause') await control('resume')
  for (let minute = 0; minute <= refusals; minute++) {
    room.clock.pass(61)
    // The provider's refusals pause it each time.
    if (refusals > 0) await control('resume')
    await drainFlow(room.flow())
  }
  const campaign = room.campaignOf(article)
  return {
    status: campaign.status,
    counts: campaign.counts,
    deliveries: await room.rig.deliveries(campaign.id),
    mailed: recipientsOf(room.mailer.mails).sort(),
  }
}

const isAnyUncertain = (deliveries: { status: string }[]) =>
  deliveries.some(({ status }) => status === 'uncertain')

describe('two workers, one campaign, leases that end at the worst time', () => {
  it.each([
    { meddle: undefined, refusals: 0 },
    { meddle: 'pause', refusals: 0 },
    { meddle: undefined, refusals: 4 },
  ] as const)('mail everybody once (editor: $meddle, refused calls: $refusals)', async (meanwhile) => {
    for (const seed of SEEDS) {
      const { status, counts, mailed } = await mailByTwo({ seed, ...meanwhile })
      expect({ seed, status, counts, mailed }).toEqual({
        seed,
        status: 'submitted',
        counts: { ...NO_COUNTS, recipients: READERS, submitted: READERS },
        mailed: EVERYBODY,
      })
    }
  })

  it('that is cancelled: nobody twice, and who was not mailed has a reason', async () => {
    for (const seed of SEEDS) {
      const { status, deliveries, mailed } = await mailByTwo({ seed, meddle: 'cancel' })
      const notMailed = deliveries.filter(({ email }) => !mailed.includes(email))
      expect({
        seed,
        isOver: status === 'cancelled' || status === 'submitted',
        twice: mailed.length - new Set(mailed).size,
        pending: deliveries.filter((delivery) => delivery.status === 'pending').length,
        wronglySubmitted: notMailed.filter((delivery) => delivery.status === 'submitted').length,
        wronglyExcluded: deliveries.filter(
          (delivery) => delivery.status === 'excluded' && mailed.includes(delivery.email),
        ).length,
      }).toEqual({ seed, isOver: true, twice: 0, pending: 0, wronglySubmitted: 0, wronglyExcluded: 0 })
    }
  })

  it('and a mailer without keys: nobody twice, and who may not have got it is uncertain', async () => {
    for (const seed of SEEDS) {
      const { status, deliveries, mailed } = await mailByTwo({ seed, repeatableMs: 0 })
      const notMailed = deliveries.filter(({ email }) => !mailed.includes(email))
      expect({
        seed,
        status,
        twice: mailed.length - new Set(mailed).size,
        notMailed: notMailed.map((delivery) => delivery.status),
      }).toEqual({
        seed,
        status: isAnyUncertain(deliveries) ? 'paused' : 'submitted',
        twice: 0,
        notMailed: notMailed.map(() => 'uncertain'),
      })
    }
  })
})
