import type { Check } from '../doctor/model.ts'
import type { KeyAnswer } from '../doctor/ports.ts'
import type { Id, Problem } from '../newsletter/model.ts'
import type { LinkAnswer, LocalFacts, RemoteFacts } from './model.ts'

export interface PreflightPorts {
  /** Of the newest draft, with its mails made. Null when there is no such article. @throws what the renderer throws. */
  readLocalFacts: (articleId: Id) => Promise<LocalFacts | null>
  /** What the database knows of workers and of the last campaign. */
  readState: () => Promise<Pick<RemoteFacts, 'isWorkerSeen' | 'lastBounces' | 'domain' | 'mailer'>>
  /** Null where no provider is called. None of these throws; each comes back within some seconds. */
  askProvider: (() => Promise<KeyAnswer>) | null
  tryMailServer: (() => Promise<Problem | null>) | null
  /** @param domain the sender's; null: none is set. */
  askDns: (domain: string | null) => Promise<Check[]>
  /**
   * Asks a web address for its head, as a stranger from outside would: never an address of a private network. Null for one at
   * another port than those of the web: that is not asked.
   */
  askLink: (url: string) => Promise<LinkAnswer | null>
  clock: { now: () => Date }
  /** Null when the answer takes longer than an editor waits: then nobody was asked. */
  inTime: <Answer>(answer: Promise<Answer>) => Promise<Answer | null>
}
