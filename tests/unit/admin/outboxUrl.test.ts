import { describe, expect, it } from '@jest/globals'
import { outboxUrl, readPlace } from '../../../src/admin/outbox/outboxUrl.ts'

describe('the address of the outbox', () => {
  it('says all that is shown, and nothing that goes without saying', () => {
    const place = { page: 2, search: 'åsa & bo', mail: 'a-001.eml', view: 'phone' as const }
    const url = outboxUrl({ adminRoute: '/admin', place })
    expect(url).toBe('/admin/outbox?search=%C3%A5sa+%26+bo&page=2&mail=a-001.eml&view=phone')
    expect(readPlace(Object.fromEntries(new URL(url, 'http://x').searchParams))).toEqual(place)
    expect(outboxUrl({ adminRoute: '/admin', place: {} })).toBe('/admin/outbox')
  })

  it.each([
    [{}],
    [{ page: '0', view: 'x' }],
    [{ page: '-1' }],
    [{ page: '1e99', mail: '' }],
    [{ page: ['1', '2'], search: ' ' }],
  ])('leads to the first page when it says %j', (params) => {
    expect(readPlace(params)).toEqual({ page: 1, search: '', mail: null, view: 'desktop' })
  })
})
