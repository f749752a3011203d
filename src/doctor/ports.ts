import type { Problem } from '../newsletter/model.ts'

/** What a name says in its TXT records; `unreachable` says nothing about the name. */
export type TxtAnswer = { kind: 'found'; records: string[] } | { kind: 'none' } | { kind: 'unreachable' }

export interface Dns {
  /** Never throws; comes back within some seconds. */
  txt: (name: string) => Promise<TxtAnswer>
}

/**
 * What the provider says about the key. `restricted`: it may send and nothing else. `limited`: it is asked too often.
 * `strange`: what answered is no provider that we know.
 */
export type KeyAnswer =
  | { kind: 'full'; domains: { name: string; status: string }[] }
  | { kind: 'restricted' | 'refused' | 'limited' | 'unreachable' | 'strange' }

/** Someone else's clock, and ours just before and after it was read. */
export interface ClockReading {
  source: string
  theirs: Date
  askedAt: Date
  answeredAt: Date
}

export interface Provider {
  /** Asks for what changes nothing. Never throws; comes back within some seconds. */
  askAboutKey: () => Promise<{ answer: KeyAnswer; clock: ClockReading | null }>
}

export interface MailServer {
  /** Connects as a mailing does, with TLS and login, and hands over nothing. Never throws; null: it takes both. */
  tryLogin: () => Promise<Problem | null>
}

export interface DatabaseClock {
  /** Null where the database runs on our own clock, or does not tell. Never throws. */
  read: () => Promise<ClockReading | null>
}

/** What is looked at over a network. */
export interface NetworkPorts {
  dns: Dns
  /** Null where no provider is called. */
  provider: Provider | null
  /** Null where mails go through no SMTP server. */
  mailServer: MailServer | null
  databaseClock: DatabaseClock
}
