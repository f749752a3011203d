import { fail, ok, warn, type Check } from '../model.ts'

export const checkEnvironment = ({ variables }: { variables: string[] }): Check =>
  ok({
    name: 'environment',
    message:
      variables.length > 0 ? `Set: ${variables.join(', ')}.` : 'Nothing is set: everything is as it comes.',
  })

/** Links in mails lead there, and logins are sent there. */
export function checkServerUrl({ serverUrl }: { serverUrl: string }): Check {
  const name = 'server-url'
  const { protocol, hostname } = new URL(serverUrl)
  if (isThisMachine(hostname))
    return warn({
      name,
      message: 'Links in mails lead to this machine: nobody else can follow them.',
      remedy: 'Set SERVER_URL to the address that readers reach, such as https://news.example.com.',
    })
  if (protocol !== 'https:')
    return fail({
      name,
      message: 'Links and logins go unencrypted.',
      remedy: 'Serve it over HTTPS and begin SERVER_URL with https://.',
    })
  return ok({ name, message: `Links lead to ${serverUrl}.` })
}

/** This server speaks no TLS itself. */
export function checkProxies({
  serverUrl,
  trustedProxies,
}: {
  serverUrl: string
  trustedProxies: number
}): Check {
  const name = 'proxies'
  if (trustedProxies > 0)
    return ok({
      name,
      message:
        trustedProxies === 1
          ? '1 proxy in front is believed about who calls.'
          : `${trustedProxies} proxies in front are believed about who calls.`,
    })
  if (!serverUrl.startsWith('https:')) return ok({ name, message: 'No proxy is expected in front.' })
  return warn({
    name,
    message:
      'SERVER_URL is https, which something in front of this server speaks, and TRUSTED_PROXIES is 0: all readers share one limit for forms.',
    remedy: 'Set TRUSTED_PROXIES to how many proxies of yours stand in front and add to X-Forwarded-For.',
  })
}

/** Until there is one, anybody with the setup code may become the admin. */
export function checkUsers({ hasUsers, serverUrl }: { hasUsers: boolean; serverUrl: string }): Check {
  const name = 'users'
  if (hasUsers) return ok({ name, message: 'Somebody can log in.' })
  return warn({
    name,
    message: 'There is no user yet: nobody can log in.',
    remedy: `Register the first one at ${serverUrl}/admin with the setup code that the server prints when it starts, or run npm run cli -- create-user.`,
  })
}

const isThisMachine = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127\./.test(hostname) ||
  hostname === '[::1]' ||
  hostname === '0.0.0.0'
