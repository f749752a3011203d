import { describe, expect, it } from '@jest/globals'
import { toProviderEvent } from '../../../src/adapters/mailer/resend/toProviderEvent.ts'

const NOW = new Date('2026-05-04T08:00:00Z')
const read = (body: unknown) => toProviderEvent({ eventId: 'msg_1', body, now: NOW })

const ODD = [
  null,
  undefined,
  '',
  'text',
  '☃\u0000\ud800',
  0,
  -1,
  1e308,
  true,
  [],
  [null],
  [[]],
  {},
  { message: null },
  { a: { b: {} } },
]
const FIELDS = [
  'email_id',
  'created_at',
  'subject',
  'from',
  'tags',
  'bounce',
  'failed',
  'suppressed',
  'origin',
  'headers',
]
const bounce = (over: object) => ({
  type: 'email.bounced',
  created_at: '2026-05-04T07:00:00Z',
  data: {
    email_id: 're_1',
    to: ['anna@example.com'],
    tags: { delivery: '7' },
    bounce: { type: 'Permanent', message: 'gone' },
    ...over,
  },
})

describe('an event of Resend whose shape is not as expected', () => {
  it.each(FIELDS.flatMap((field) => ODD.map((value) => [field, value] as const)))(
    'still says who bounced when %s is %j',
    (field, value) => {
      expect(read(bounce({ [field]: value }))).toMatchObject({
        kind: 'bounced',
        emails: ['anna@example.com'],
      })
    },
  )

  it.each([
    ['anna@example.com', ['anna@example.com']],
    [['Anna <ANNA@example.com>'], ['anna@example.com']],
    [[{ email: 'anna@example.com' }], ['anna@example.com']],
    ['info@åkeri.example', ['info@xn--keri-poa.example']],
    [[], []],
    [null, []],
    [{}, []],
    [[null, 7], []],
  ])('reads whom it is about from to %j', (to, emails) => {
    expect(read(bounce({ to })).emails).toEqual(emails)
  })

  it.each([
    null,
    [],
    'x',
    7,
    {},
    { type: null },
    { type: 'email.bounced', data: null },
    { type: '__proto__', data: {} },
    { type: 'constructor' },
  ])('names nobody when it is %j', (body) => {
    expect(read(body)).toMatchObject({ emails: [], occurredAt: NOW, tags: {} })
  })

  it.each([null, 'yesterday', {}, 1e308, '9e99', -1e15])('happened now when its time is %j', (time) => {
    expect(read({ ...bounce({}), created_at: time }).occurredAt).toEqual(NOW)
  })
})
