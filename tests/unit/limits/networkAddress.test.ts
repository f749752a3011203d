import { describe, expect, it } from '@jest/globals'
import { hasUnknownProxy, networkAddress } from '../../../src/limits/networkAddress.ts'

const caller = (more: Partial<Parameters<typeof networkAddress>[0]>) =>
  networkAddress({ peer: '192.0.2.1', forwardedFor: null, trustedProxies: 0, ...more })

describe('whom a call counts on', () => {
  it('is the other end of the connection, whatever the caller claims', () => {
    expect([caller({}), caller({ forwardedFor: '203.0.113.7' })]).toEqual(['192.0.2.1', '192.0.2.1'])
  })

  it('is whom the trusted proxies were called by, and no step further', () => {
    const forwardedFor = '10.9.9.9, 203.0.113.7, 198.51.100.2'
    const answers = [1, 2].map((trustedProxies) => caller({ forwardedFor, trustedProxies }))
    expect(answers).toEqual(['198.51.100.2', '203.0.113.7'])
  })

  it('is the first known step where there are fewer than said', () => {
    expect([
      caller({ trustedProxies: 3 }),
      caller({ forwardedFor: '203.0.113.7', trustedProxies: 3 }),
    ]).toEqual(['192.0.2.1', '203.0.113.7'])
  })

  it('is unknown where nobody told', () => {
    expect([caller({ peer: null }), caller({ forwardedFor: 'unknown', trustedProxies: 1 })]).toEqual([
      'unknown',
      'unknown',
    ])
  })

  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['999.1.1.1', 'unknown'],
    ['<script>', 'unknown'],
  ])('of %s is %s', (peer, network) => {
    expect(caller({ peer })).toBe(network)
  })
})

describe('a proxy in front that is not known', () => {
  const isThere = (more: Partial<Parameters<typeof hasUnknownProxy>[0]>) =>
    hasUnknownProxy({ peer: '10.0.0.1', forwardedFor: '203.0.113.7', trustedProxies: 0, ...more })

  it('shows in a call that somebody else made on behalf of another', () => {
    expect([isThere({}), isThere({ forwardedFor: '203.0.113.7, 10.0.0.2' })]).toEqual([true, true])
  })

  it.each([
    ['it is known', { trustedProxies: 1 }],
    ['nobody forwards', { forwardedFor: null }],
    ['the server itself wrote down who calls', { peer: '::ffff:203.0.113.7' }],
    ['nobody told who calls', { peer: null }],
  ])('shows in none where %s', (_, more) => {
    expect(isThere(more)).toBe(false)
  })
})
