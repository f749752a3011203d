import type { Path } from './probe.ts'

const USER = { email: 'admin@example.com', password: 'en lång fras för ett prov', name: 'Prov' }

/** Registers the first user, and gives what is asked for while events come in: an article, a page of the admin, the health. */
export async function makeAdmin(baseUrl: string): Promise<Path[]> {
  const response = await fetch(`${baseUrl}/api/users/first-register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(USER),
  })
  const { token } = (await response.json()) as { token?: string }
  if (!token) throw new Error(`Nobody could be registered: ${response.status}`)
  // As a browser says it: without, Payload takes the cookie for one that another site has sent.
  const cookie = { Cookie: `payload-token=${token}`, 'Sec-Fetch-Site': 'same-origin' }
  return [
    { name: 'article (API)', url: `${baseUrl}/api/articles/1?depth=1`, headers: {} },
    { name: 'article (page)', url: `${baseUrl}/sv/articles/ett-brev`, headers: {} },
    { name: 'admin: campaigns', url: `${baseUrl}/admin/collections/campaigns`, headers: cookie },
    { name: 'health', url: `${baseUrl}/api/health`, headers: {} },
  ]
}
