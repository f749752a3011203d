import type { Endpoint } from 'payload'

/** `GET /api/health` -> 200 {status: 'ok'} as soon as requests are served. Says nothing more to anybody. */
export const healthEndpoints: Endpoint[] = [
  {
    path: '/health',
    method: 'get',
    handler: () => Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } }),
  },
]
