import ipaddr from 'ipaddr.js'
import { LOCALES } from '../../newsletter/model.ts'
import type { CheckCode, Finding, LocalFacts, WrittenLink } from '../model.ts'

/** What the editor typed; the links that Utskick makes, and those to the site itself, are no matter here. */
export function linkRules({ texts, serverUrl }: LocalFacts): Finding[] {
  const links = LOCALES.flatMap((locale) => texts[locale]?.links ?? [])
  const found = (
    code: CheckCode,
    level: Finding['level'],
    isMeant: (link: WrittenLink) => boolean,
  ): Finding => {
    const evidence = [...new Set(links.filter(isMeant).map(describe))]
    return { code, level: evidence.length > 0 ? level : 'ok', evidence, place: 'text' }
  }
  const isElsewhere = (url: string | null): url is string =>
    url !== null && URL.canParse(url) && new URL(url).origin !== new URL(serverUrl).origin
  return [
    found('link_address', 'stop', ({ isAddress }) => !isAddress),
    found('link_private', 'stop', ({ url }) => isElsewhere(url) && isPrivate(url)),
    found('link_draft', 'stop', ({ article }) => article !== null && !article.isPublic),
    found(
      'link_insecure',
      'warning',
      ({ url }) => isElsewhere(url) && /^http:/i.test(url) && !isPrivate(url),
    ),
  ]
}

const describe = ({ text, url, article }: WrittenLink): string =>
  `${text || '–'} → ${url ?? article?.title ?? '–'}`

/** Whether an address leads to a machine or a network of its writer’s own: readers find nothing there. */
export const isPrivate = (url: string): boolean =>
  URL.canParse(url) && /^https?:/i.test(url) && isPrivateHost(new URL(url).hostname)

/** The same of a host, by its name or its number. */
export function isPrivateHost(written: string): boolean {
  const host = written.replace(/^\[|\]$/g, '').toLowerCase()
  if (ipaddr.isValid(host)) return isPrivateAddress(host)
  return (
    !host.includes('.') || /\.(localhost|local|internal|lan|home|corp|test|invalid|home\.arpa)$/.test(host)
  )
}

/** RFC 6890: everything but the addresses that the whole net can reach. */
export const isPrivateAddress = (address: string): boolean => ipaddr.process(address).range() !== 'unicast'
