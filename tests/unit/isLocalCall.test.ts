import { describe, expect, it } from '@jest/globals'
import { isLocalCall } from '../../src/accounts/isLocalCall.ts'

type Call = Parameters<typeof isLocalCall>[0]

const local: Call = {
  serverUrl: 'http://localhost:3000',
  host: 'localhost:3000',
  origin: null,
  fetchSite: null,
  peer: '127.0.0.1',
  isForwarded: false,
}

describe('a call from this very machine', () => {
  it.each<[string, Partial<Call>]>([
    ['by its name', {}],
    ['by its IPv4 address', { serverUrl: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }],
    ['by its IPv6 address', { serverUrl: 'http://[::1]:3000', host: '[::1]:3000', peer: '::1' }],
    ['over a socket of both families', { peer: '::ffff:127.0.0.1' }],
    ['from its own page', { origin: 'http://localhost:3000', fetchSite: 'same-origin' }],
  ])('is one %s', (_, change) => {
    expect(isLocalCall({ ...local, ...change })).toBe(true)
  })

  it.each<[string, Partial<Call>]>([
    ['a server with a public address', { serverUrl: 'https://news.example.com' }],
    ['another host', { host: 'news.example.com' }],
    ['a name that only looks like it', { host: 'localhost.example.com' }],
    ['an address in a name', { host: '127.0.0.1.example.com' }],
    ['no host', { host: null }],
    ['a host that is none', { host: 'a b' }],
    ['another machine', { peer: '192.0.2.7' }],
    ['nobody knows whom', { peer: null }],
    ['a proxy', { isForwarded: true }],
    ['a page of another site', { origin: 'https://attacker.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a page of another site, by what the browser says', { fetchSite: 'cross-site' }],
  ])('is none with %s', (_, change) => {
    expect(isLocalCall({ ...local, ...change })).toBe(false)
  })
})
