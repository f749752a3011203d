import { describe, expect, it } from '@jest/globals'
import { SUBSCRIBER_STATUSES, SUPPRESSION_REASONS } from '../../../src/newsletter/model.ts'
import { shouldSendLink } from '../../../src/subscribing/rules/shouldSendLink.ts'

describe('who asks is sent a link', () => {
  it('when they do not subscribe yet, or not any more, and may be mailed', () => {
    const statuses = [null, ...SUBSCRIBER_STATUSES]
    const mailed = [null, ...SUPPRESSION_REASONS].map((suppression) => [
      suppression,
      statuses.filter((status) => shouldSendLink({ status, suppression })),
    ])
    const open = [null, 'pending', 'unsubscribed']
    expect(mailed).toEqual([
      [null, open],
      ['bounced', []],
      ['complained', []],
      ['erased', open],
      ['provider', []],
      ['manual', []],
      ['moved', open],
    ])
  })
})
