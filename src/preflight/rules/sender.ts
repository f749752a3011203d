import { isLoopback } from '../../accounts/isLocalCall.ts'
import type { Finding, LocalFacts } from '../model.ts'

/** The law asks for a sender and a postal address; every link of the reader begins with the server's address. */
export const senderRules = ({ missing, serverUrl, reachesPeople }: LocalFacts): Finding[] => [
  { code: 'sender', level: missing.length > 0 ? 'stop' : 'ok', evidence: [...missing], place: 'site' },
  {
    code: 'server_address',
    level: !isLoopback(new URL(serverUrl).hostname) ? 'ok' : reachesPeople ? 'stop' : 'warning',
    evidence: [serverUrl],
    place: 'server',
  },
]
