import { describe, expect, it } from '@jest/globals'
import { campaignFacts, whileMoving, type CampaignDoc } from '../../../src/admin/campaign/campaignFacts.ts'
import type { CampaignStatus } from '../../../src/newsletter/model.ts'

const campaign = (status: CampaignStatus, more: Partial<CampaignDoc> = {}): CampaignDoc => ({
  id: 1,
  status,
  ...more,
})
const problem = { code: 'unreachable', message: 'It cannot be reached.' }

describe('what the admin says of a campaign', () => {
  it('tells apart what was submitted, what was not and what is to come', () => {
    const counts = { recipients: 10, submitted: 4, rejected: 1, excluded: 2, uncertain: 0, delivered: 0 }
    expect(campaignFacts(campaign('submitting', { counts }))).toEqual({
      status: 'submitting',
      state: 'submitting',
      problem: null,
      isMoving: true,
      controls: ['pause', 'cancel'],
      recipients: 10,
      settled: 7,
      pending: 3,
      outcomes: [
        { name: 'submitted', status: 'submitted', count: 4 },
        { name: 'rejected', status: 'rejected', count: 1 },
        { name: 'excluded', status: 'excluded', count: 2 },
        { name: 'pending', status: 'pending', count: 3 },
      ],
      events: null,
    })
  })

  it('shows what the provider told once it told something', () => {
    const counts = { recipients: 2, submitted: 2, delivered: 1, bounced: 0, complained: 0 }
    expect(campaignFacts(campaign('submitted', { counts })).events).toEqual([
      { name: 'delivered', count: 1 },
      { name: 'bounced', count: 0 },
      { name: 'complained', count: 0 },
    ])
  })

  it('waits when it is being submitted and something stands in the way', () => {
    const { state, problem: shown } = campaignFacts(campaign('submitting', { problem }))
    expect([state, shown]).toEqual(['waiting', problem])
  })

  it.each<[CampaignStatus, string[]]>([
    ['scheduled', ['cancel']],
    ['preparing', ['cancel']],
    ['submitting', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['failed', ['retry', 'cancel']],
    ['submitted', []],
    ['cancelled', []],
  ])('offers for one that is %s: %s', (status, controls) => {
    expect(campaignFacts(campaign(status)).controls).toEqual(controls)
  })

  it('is asked for again while a worker is at it', () => {
    const counts = { recipients: 2, excluded: 1 }
    expect([
      whileMoving(null),
      whileMoving(campaign('scheduled')),
      whileMoving(campaign('paused')),
      whileMoving(campaign('cancelled', { counts })),
      whileMoving(campaign('cancelled', { counts: { recipients: 2, excluded: 2 } })),
    ]).toEqual([null, 2000, null, 2000, null])
  })
})
