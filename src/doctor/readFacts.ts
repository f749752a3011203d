import type { Payload } from 'payload'
import { hasUsers } from '../accounts/setupCode.ts'
import { depsOf, oldDataOf, pictureRowsOf } from '../deps.ts'
import { namesOfSetVariables, type Env } from '../env.ts'
import { migrations } from '../migrations/index.ts'
import { isSecretChanged } from './secretFingerprint.ts'
import type { DatabaseFacts, Facts, RowFacts } from './facts.ts'

/** What the environment alone tells; the database is left out. */
export const factsOf = ({ env, now }: { env: Env; now: Date }): Facts => ({
  variables: namesOfSetVariables(),
  databaseKind: env.database.kind,
  mailer: env.mailer.kind,
  hasWebhookSecret: env.mailer.kind === 'resend' && env.mailer.webhookSecret !== null,
  serverUrl: env.serverUrl,
  trustedProxies: env.trustedProxies,
  now,
  database: null,
})

/** Reads as the system, and changes nothing. @throws what the database throws. */
export async function readDatabaseFacts(payload: Payload): Promise<DatabaseFacts> {
  const { env } = depsOf(payload)
  const waitingMigrations = env.database.kind === 'sqlite' ? await findWaitingMigrations(payload) : []
  return { waitingMigrations, rows: waitingMigrations.length > 0 ? null : await readRows(payload) }
}

async function findWaitingMigrations(payload: Payload): Promise<string[]> {
  const done = new Set(await findDoneMigrations(payload))
  return migrations.map(({ name }) => name).filter((name) => !done.has(name))
}

async function findDoneMigrations(payload: Payload): Promise<(string | null | undefined)[]> {
  try {
    const { docs } = await payload.find({
      collection: 'payload-migrations',
      pagination: false,
      depth: 0,
      overrideAccess: true,
    })
    return docs.map(({ name }) => name)
  } catch (error) {
    // A file that was made, and no start has filled yet.
    if (String((error as { cause?: unknown }).cause ?? error).includes('no such table')) return []
    throw error
  }
}

async function readRows(payload: Payload): Promise<RowFacts> {
  const { store, queue, clock } = depsOf(payload)
  const [pulse, length, events, lastSweptAt, site, isChanged, uncleanPictures, isAnybodyThere] =
    await Promise.all([
      store.readPulse({ now: clock.now() }),
      queue.readLength(),
      payload.find({
        collection: 'provider-events',
        sort: '-receivedAt',
        limit: 1,
        pagination: false,
        select: { receivedAt: true },
        depth: 0,
        overrideAccess: true,
      }),
      oldDataOf(payload).rows.lastSweptAt(),
      payload.findGlobal({
        slug: 'site',
        select: { senderName: true, senderEmail: true, postalAddress: true },
        depth: 0,
        overrideAccess: true,
      }),
      isSecretChanged(payload),
      pictureRowsOf(payload).findUnreadable(10),
      hasUsers(payload),
    ])
  const receivedAt = events.docs[0]?.receivedAt
  return {
    pulse,
    queue: length,
    lastEventAt: receivedAt ? new Date(receivedAt) : null,
    lastSweptAt,
    uncleanPictures,
    site: {
      senderName: site.senderName ?? '',
      senderEmail: site.senderEmail ?? '',
      postalAddress: site.postalAddress ?? '',
    },
    hasUsers: isAnybodyThere,
    isSecretChanged: isChanged,
  }
}
