import { describe, expect, it } from '@jest/globals'
import { campaignFacts, whileMoving, type CampaignDoc } from '../../../src/admin/campaign/campaignFacts.ts'
import type { CampaignStatus } from '../../../src/newsletter/model.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'

const campaign = (status: CampaignStatus, more: Partial<CampaignDoc> = {}): CampaignDoc => ({
  id: 1,
  article: 1,
  edition: 1,
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
      isLater: false,
      isUnopened: false,
      visibleSeconds: null,
      canary: null,
      stalledSince: null,
      isMoving: true,
      controls: ['pause', 'cancel'],
      isFollowed: false,
      recipients: 10,
      settled: 7,
      pending: 3,
      rejected: 1,
      uncertain: 0,
      postponed: null,
      outcomes: [
        { name: 'submitted', status: 'submitted', count: 4 },
        { name: 'rejected', status: 'rejected', count: 1 },
        { name: 'excluded', status: 'excluded', count: 2 },
        { name: 'pending', status: 'pending', count: 3 },
      ],
      events: null,
      silence: null,
    })
  })

  it.each([
    ['offers to mail those again who were refused', false, ['retry'], false],
    ['does not once the article was mailed once more, and says so', true, [], true],
    ['does not while nobody knows of that', null, [], false],
  ])('%s', (_, hasLaterEdition, controls, isFollowed) => {
    const counts = { recipients: 2, submitted: 1, rejected: 1 }
    expect(campaignFacts(campaign('submitted', { counts }), { hasLaterEdition })).toMatchObject({
      controls,
      isFollowed,
    })
  })

  it('shows what the provider told once it told something', () => {
    const counts = { recipients: 2, submitted: 2, delivered: 1, bounced: 0, complained: 0 }
    const firstEventAt = '2026-11-02T08:00:00.000Z'
    expect(campaignFacts(campaign('submitted', { counts })).events).toBeNull()
    expect(campaignFacts(campaign('submitted', { counts, firstEventAt })).events).toEqual([
      { name: 'delivered', count: 1 },
      { name: 'bounced', count: 0 },
      { name: 'complained', count: 0 },
    ])
  })

  it('says how large its canary is, and until when the rest waits', () => {
    const canary = { mails: 500, minutes: 30 }
    const waitsUntil = '2026-11-02T08:30:00.000Z'
    const shown = [
      campaignFacts(campaign('canary', { canary })),
      campaignFacts(campaign('canary', { canary: { ...canary, waitsUntil } })),
      campaignFacts(campaign('canary', { canary, problem })),
      campaignFacts(campaign('submitting', { canary: { ...canary, waitsUntil, endedAt: waitsUntil } })),
    ]
    expect(shown.map((facts) => [facts.state, facts.canary])).toEqual([
      ['canary', { mails: 500, waitsUntil: null }],
      ['watched', { mails: 500, waitsUntil }],
      ['waiting', { mails: 500, waitsUntil: null }],
      ['submitting', null],
    ])
  })

  it('waits when it is being submitted and something stands in the way', () => {
    const { state, problem: shown } = campaignFacts(campaign('submitting', { problem }))
    expect([state, shown]).toEqual(['waiting', problem])
  })

  it('waits for staff when all that is left is uncertain, and then offers no cancelling', () => {
    const undecided = { code: UNDECIDED.code, message: UNDECIDED.message }
    const counts = { recipients: 3, submitted: 1, uncertain: 2 }
    const { state, controls, uncertain } = campaignFacts(campaign('paused', { problem: undecided, counts }))
    expect([state, controls, uncertain]).toEqual(['undecided', ['mail-again', 'leave'], 2])
  })

  it('mails some once more when everybody has an outcome and it is being submitted', () => {
    const counts = { recipients: 3, submitted: 1, uncertain: 2 }
    const decision = { kind: 'mail_again' as const }
    expect([
      campaignFacts(campaign('submitting', { counts, decision })).state,
      campaignFacts(campaign('submitting', { counts, decision: { kind: 'leave' } })).state,
      campaignFacts(campaign('submitting', { counts })).state,
    ]).toEqual(['remailing', 'submitting', 'submitting'])
  })

  it('says since when it is stalled', () => {
    const stalled = { since: '2026-11-25T10:00:00.000Z', lastError: problem }
    expect(campaignFacts(campaign('submitting', { stalled, problem })).stalledSince).toBe(stalled.since)
  })

  it('tells one that was undone, and for how long its article was to be seen, from one that was cancelled for good', () => {
    const heldAt = '2026-11-25T10:00:00.000Z'
    const undoneAt = '2026-11-25T10:00:12.400Z'
    const facts = [
      campaignFacts(campaign('cancelled', { heldAt, undoneAt, returnedAt: undoneAt })),
      campaignFacts(campaign('cancelled', { heldAt, undoneAt })),
      campaignFacts(campaign('cancelled', { heldAt, undoneAt, returnedAt: undoneAt, formerVersion: '7' })),
      campaignFacts(campaign('cancelled', { heldAt })),
    ].map(({ state, visibleSeconds, controls }) => ({ state, visibleSeconds, controls }))
    expect(facts).toEqual([
      { state: 'undone', visibleSeconds: 12, controls: [] },
      { state: 'undone', visibleSeconds: null, controls: [] },
      { state: 'undone', visibleSeconds: null, controls: [] },
      { state: 'cancelled', visibleSeconds: null, controls: [] },
    ])
  })

  it('adds up: the recipients are the sum of what is shown', () => {
    const counts = { recipients: 20, submitted: 4, rejected: 1, excluded: 2, uncertain: 3, bounced: 2 }
    const { outcomes, recipients } = campaignFacts(campaign('submitting', { counts }))
    expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(recipients)
  })

  it.each<[CampaignStatus, string[]]>([
    ['holding', ['undo', 'send-now']],
    ['scheduled', ['pause', 'cancel']],
    ['preparing', ['pause', 'cancel']],
    ['canary', ['send-now', 'pause', 'cancel']],
    ['submitting', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['failed', ['retry', 'cancel']],
    ['submitted', ['retry', 'mail-again']],
    ['cancelled', []],
  ])('offers for one that is %s, in the order of the buttons: %s', (status, controls) => {
    const counts = { recipients: 2, rejected: 1, uncertain: 1 }
    expect(campaignFacts(campaign(status, { counts })).controls).toEqual(controls)
  })

  it('is asked for again while a worker is at it', () => {
    const counts = { recipients: 2, excluded: 1 }
    expect([
      whileMoving(null),
      whileMoving(campaign('holding')),
      whileMoving(campaign('scheduled')),
      whileMoving(campaign('paused')),
      whileMoving(campaign('cancelled', { counts })),
      whileMoving(campaign('cancelled', { counts: { recipients: 2, excluded: 2 } })),
    ]).toEqual([null, 2000, 2000, null, 2000, null])
  })
})
