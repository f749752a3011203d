import { describe, expect, it } from '@jest/globals'
import { confirmingOf } from '../../../src/subscribing/rules/confirmingOf.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour))
const follow = (more: Partial<Parameters<typeof confirmingOf>[0]>) =>
  confirmingOf({
    status: 'pending',
    askedAt: at(12),
    unsubscribedAt: null,
    suppression: null,
    linkAskedAt: at(12),
    ...more,
  })

describe('a link to confirm', () => {
  it.each<[string, Partial<Parameters<typeof confirmingOf>[0]>, string]>([
    ['of who waits', {}, 'confirm'],
    ['of who waits, and has asked again since', { askedAt: at(15) }, 'confirm'],
    ['of a subscriber', { status: 'active' }, 'again'],
    ['of who left before they asked', { status: 'unsubscribed', unsubscribedAt: at(11) }, 'confirm'],
    ['of who left after they asked', { status: 'unsubscribed', unsubscribedAt: at(13) }, 'left'],
    ['of who left in the moment they asked', { status: 'unsubscribed', unsubscribedAt: at(12) }, 'left'],
    ['of who left nobody knows when', { status: 'unsubscribed' }, 'confirm'],
    ['of who left nobody knows when, an old one', { status: 'unsubscribed', askedAt: at(15) }, 'left'],
    ['of who left nobody knows when, and did not ask', { status: 'unsubscribed', askedAt: null }, 'left'],
    ['of who was erased', { suppression: 'erased' }, 'confirm'],
    ['of who changed to another address', { suppression: 'moved' }, 'confirm'],
    ['of who complained', { suppression: 'complained' }, 'refused'],
    ['of a subscriber whom the provider refuses', { status: 'active', suppression: 'provider' }, 'refused'],
    ['of a suppressed person', { status: 'suppressed' }, 'refused'],
  ])('%s: %j is %s', (_, more, confirming) => {
    expect(follow(more)).toBe(confirming)
  })
})
