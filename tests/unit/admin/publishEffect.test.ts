import { describe, expect, it } from '@jest/globals'
import { publishEffect } from '../../../src/admin/campaign/publishEffect.ts'
import type { CampaignDoc } from '../../../src/admin/campaign/campaignFacts.ts'
import type { ArticleMailing } from '../../../src/admin/campaign/useArticleCampaign.ts'

const started = (
  status: CampaignDoc['status'],
  code: string | null = null,
  { wantsNewsletter = true, recipients = 0 } = {},
): ArticleMailing => ({
  kind: 'started',
  campaign: { status, problem: { code }, counts: { recipients } } as CampaignDoc,
  wantsNewsletter,
  isFailed: false,
})
const wanted = (recipients: number | null, missing: 'postalAddress'[] = []): ArticleMailing => ({
  kind: 'wanted',
  audience:
    recipients === null
      ? null
      : {
          recipients,
          locales: { sv: recipients, en: 0 },
          leftOut: null,
          missing,
          mailer: 'outbox',
          holdSeconds: 60,
          canary: null,
        },
  undone: null,
  isFailed: false,
})
const unknown: ArticleMailing = { kind: 'unknown', isFailed: false }

describe('the button to publish', () => {
  it.each<[string, ArticleMailing, boolean, object | null]>([
    ['says nothing while nobody knows', unknown, false, null],
    ['says nothing before the forecast is there', wanted(null), false, null],
    ['says nothing where the settings are not made', wanted(2, ['postalAddress']), false, null],
    ['says nothing where nobody would get it', wanted(0), false, null],
    ['says how many get it', wanted(293), false, { kind: 'andMail', recipients: 293 }],
    [
      'says so also when the article is published already',
      wanted(293),
      true,
      { kind: 'andMail', recipients: 293 },
    ],
    [
      'puts an article without a newsletter on the site',
      { kind: 'off', undone: null },
      false,
      { kind: 'toSite' },
    ],
    ['updates one that is there', { kind: 'off', undone: null }, true, { kind: 'updateSite' }],
    ['mails nobody again', started('submitted'), true, { kind: 'updateSite' }],
    ['nor after the article was unpublished', started('submitted'), false, { kind: 'toSite' }],
    [
      'nor while staff have paused it on its way',
      started('paused', null, { recipients: 2 }),
      true,
      { kind: 'updateSite' },
    ],
    [
      'takes the newer text where staff have paused before anybody was mailed',
      started('paused'),
      true,
      { kind: 'updateBoth' },
    ],
    [
      'says that a mailing goes on which preflight has stopped',
      started('paused', 'stopped_by_size'),
      true,
      { kind: 'mailingGoesOn' },
    ],
    [
      'says nothing of a mailing that is taken back',
      started('paused', 'stopped_by_size', { wantsNewsletter: false }),
      true,
      { kind: 'updateSite' },
    ],
    ['nor after a cancelling', started('cancelled'), false, { kind: 'toSite' }],
    [
      'says that a mailing goes on which waits for the article',
      started('paused', 'article_unpublished'),
      false,
      { kind: 'mailingGoesOn' },
    ],
    ['also before a worker has seen it', started('scheduled'), false, { kind: 'mailingGoesOn' }],
    ['also in its hold', started('holding'), false, { kind: 'mailingGoesOn' }],
    ['a mailing in its hold takes the newer text', started('holding'), true, { kind: 'updateBoth' }],
    ['a mailing about to begin takes the newer text', started('scheduled'), true, { kind: 'updateBoth' }],
  ])('%s', (_, mailing, isPublished, expected) => {
    expect(publishEffect({ mailing, isPublished })).toEqual(expected)
  })
})
