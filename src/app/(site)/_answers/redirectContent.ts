import type { PublicContent } from './publicAnswer.ts'

/**
 * Leads to another page of this site. Browsers ask each time: an address may be given back to who had it before. Where the
 * present one is found (302), the language may be the browser's.
 */
export const redirectContent = ({ status, path }: { status: 301 | 302; path: string }): PublicContent => ({
  status,
  body: '',
  headers: {
    Location: path,
    'X-Content-Type-Options': 'nosniff',
    ...(status === 302 && { Vary: 'Accept-Language' }),
  },
})
