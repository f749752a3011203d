import type { MissingSetting } from '../content/missingForMailing.ts'
import type { Check } from '../doctor/model.ts'
import type { KeyAnswer } from '../doctor/ports.ts'
import type { Locale, Problem } from '../newsletter/model.ts'
import type { Mailer } from '../newsletter/ports.ts'

/** `stop`: the mailing would go wrong for everybody. `not_run`: nobody could look; that stops nothing. */
export type Level = 'stop' | 'warning' | 'ok' | 'not_run'

/** What is looked at, by its code: for scripts, and for the words (messages.ts). A code never changes its meaning. */
export type CheckCode = (typeof LOCAL_CODES)[number] | (typeof REMOTE_CODES)[number]

const LOCAL_CODES = [
  'sender',
  'audience',
  'language',
  'link_address',
  'link_private',
  'link_draft',
  'link_insecure',
  'placeholder',
  'size',
  'subject_length',
  'subject_repeated',
  'preheader',
  'headings',
  'test_mail',
  'image_alt',
  'image_missing',
  'image_weight',
  'file_missing',
  'server_address',
] as const

const REMOTE_CODES = [
  'provider_key',
  'mail_server',
  'sender_domain',
  'spf',
  'dkim',
  'dmarc',
  'links_answer',
  'worker',
  'bounces',
  'quota',
] as const

/** Without these there is no mailing, whatever an admin says: the law asks for a sender, and somebody has to get it. */
const NEVER_PASSED: readonly CheckCode[] = ['sender', 'audience']

/** The checks whose stop an admin may pass, with a reason that is written down. */
export const PASSABLE_CODES: readonly CheckCode[] = [...LOCAL_CODES, ...REMOTE_CODES].filter(
  (code) => !NEVER_PASSED.includes(code),
)

/** Where in the admin it is mended. */
export type Place = 'text' | 'newsletter' | 'site' | 'images' | 'server'

/** What one rule found. `evidence`: what it is about, as somebody wrote it or as it was counted. */
export interface Finding {
  code: CheckCode
  level: Level
  evidence: string[]
  place: Place
}

/** A link that the editor typed, or a button's; `text` is its own. */
export interface WrittenLink {
  text: string
  /** Absolute, or as it was written where that is no address. Null for one to an article. */
  url: string | null
  /** Whether it is an address that can be followed. */
  isAddress: boolean
  /** Of one to an article: its title, and whether readers see it. */
  article: { title: string; isPublic: boolean } | null
}

export interface WrittenImage {
  name: string
  hasAlt: boolean
  isThere: boolean
  bytes: number
}

/** A file that a block leads to. */
export interface WrittenFile {
  name: string
  isThere: boolean
}

/** The article as it is written in one language. */
export interface WrittenText {
  title: string
  subject: string
  preheader: string
  /** All its words but for code, with a line for each block. */
  words: string
  links: WrittenLink[]
  headings: number[]
  images: WrittenImage[]
  files: WrittenFile[]
}

/** All that the local rules judge: it is read from the database, and the mails are made by the mailing's own renderer. */
export interface LocalFacts {
  missing: readonly MissingSetting[]
  /** Who would get it now, by the language that they read in. */
  recipients: Record<Locale, number>
  texts: Partial<Record<Locale, WrittenText>>
  /** Of the html of each language's mail; null where it was not made. */
  bytes: Record<Locale, number> | null
  /** Of the last campaigns of other articles. */
  formerSubjects: string[]
  /** Whether a test mail was sent since the last change; null where nobody looked. */
  isTested: boolean | null
  serverUrl: string
  /** Whether mails go to people: in production, with a provider that is not on this machine. */
  reachesPeople: boolean
}

/** What a link answered. */
export type LinkAnswer =
  | { kind: 'answered'; status: number }
  | { kind: 'silent' }
  /** It leads, by its name or by a redirect, to an address that nobody outside can reach: it was not asked. */
  | { kind: 'private' }

/** What neighbours say. A part that nobody could ask, or that did not answer in time, is null. */
export interface RemoteFacts {
  mailer: Mailer['name']
  domain: string | null
  key: KeyAnswer | null
  /** Why the mail server takes no mail, or that it does. */
  mailServer: { problem: Problem | null } | null
  /** The doctor’s words about the sender’s domain. */
  dns: Check[] | null
  /** A link that was not asked, or has not answered yet, has no answer. */
  links: { link: WrittenLink; answer: LinkAnswer | null }[]
  isWorkerSeen: boolean
  /** Of the last campaign of which the provider told anything. */
  lastBounces: { bounced: number; submitted: number } | null
}
