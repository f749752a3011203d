import type { Env } from '../env.ts'
import type { Pulse } from '../newsletter/model.ts'
import type { QueueLength } from '../newsletter/queuePorts.ts'

/** What is known without a network; a part that the database could not tell is null. */
export interface Facts {
  /** The names of the variables that are set, never their values. */
  variables: string[]
  databaseKind: Env['database']['kind']
  mailer: Env['mailer']['kind']
  hasWebhookSecret: boolean
  serverUrl: string
  trustedProxies: number
  now: Date
  /** Null: the database does not answer. */
  database: DatabaseFacts | null
}

export interface DatabaseFacts {
  /** Migrations that this version brings and the database has not had. */
  waitingMigrations: string[]
  /** Null while those are missing: what is looked at may not be there yet. */
  rows: RowFacts | null
}

export interface RowFacts {
  pulse: Pulse
  lastEventAt: Date | null
  /** What the provider posted and is not applied. */
  queue: QueueLength
  lastSweptAt: Date | null
  /** Files of images that may still tell where they were taken, since they could not be read; at most ten. */
  uncleanPictures: string[]
  site: { senderName: string; senderEmail: string; postalAddress: string }
  /** Whether anybody can log in. */
  hasUsers: boolean
  /** Whether links and hashes were made with another secret than this one. */
  isSecretChanged: boolean
}
