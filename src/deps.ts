import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '@libsql/client'
import type { Db } from 'mongodb'
import type { BasePayload, EmailAdapter, Payload, PayloadRequest } from 'payload'
import type { ArticleContent } from '../emails/props.ts'
import { payloadContent } from './adapters/content/payloadContent.ts'
import { contentRenderer } from './adapters/renderer/content.ts'
import type { ContentPorts } from './content-api/ports.ts'
import { noteOverride, payloadCampaigns } from './adapters/articles/campaignOfArticle.ts'
import { payloadArticles, payloadDrafts } from './adapters/articles/index.ts'
import { freezeVersion } from './adapters/articles/freezeVersion.ts'
import { payloadPlannedArticles } from './adapters/articles/plannedArticles.ts'
import { newestVersion, readMailedTopics, publishedVersion } from './adapters/articles/versions.ts'
import { authMail } from './adapters/authMail.ts'
import { durably } from './adapters/database/durably.ts'
import { mongoSubscriberCounts } from './adapters/desk/mongo.ts'
import { payloadDesk } from './adapters/desk/payloadDesk.ts'
import { sqliteSubscriberCounts } from './adapters/desk/sqlite.ts'
import { mongoPersonalDeliveries } from './adapters/erasing/mongo.ts'
import { sqlitePersonalDeliveries } from './adapters/erasing/sqlite.ts'
import { payloadFileRows } from './adapters/files/fileRows.ts'
import { mongoFileUses, sqliteFileUses } from './adapters/files/fileUses.ts'
import { mongoImportedPeople } from './adapters/imports/mongo.ts'
import { payloadImportRuns } from './adapters/imports/payloadRuns.ts'
import { sqliteImportedPeople } from './adapters/imports/sqlite.ts'
import { createMailer } from './adapters/mailer/create.ts'
import { mongoNewsletters } from './adapters/people/mongo.ts'
import { isAdmin } from './access/isAdmin.ts'
import { payloadSources } from './adapters/people/payloadSources.ts'
import { sqliteNewsletters } from './adapters/people/sqlite.ts'
import { writePause } from './adapters/people/writePause.ts'
import { payloadPlanBook, payloadPlans } from './adapters/plans/planRows.ts'
import { payloadPictureRows } from './adapters/pictures/pictureRows.ts'
import { oldFilesIn } from './adapters/retention/files.ts'
import { mongoOldRows } from './adapters/retention/mongo.ts'
import { payloadReviews } from './adapters/reviews.ts'
import { folderFileIn } from './adapters/restore/folderFile.ts'
import { mongoFolderRows, mongoUnfinishedRows } from './adapters/restore/mongo.ts'
import { sqliteFolderRows, sqliteUnfinishedRows } from './adapters/restore/sqlite.ts'
import { sqliteOldRows } from './adapters/retention/sqlite.ts'
import { unjudgedDraftsOf } from './adapters/retention/unjudgedDrafts.ts'
import { mongoMailedPictures, sqliteMailedPictures } from './adapters/pictures/mailedPictures.ts'
import { mongoSaveTurns } from './adapters/saving/mongo.ts'
import { sqliteSaveTurns } from './adapters/saving/sqlite.ts'
import { mongoEventQueue } from './adapters/store/mongo/eventQueue.ts'
import { mongoEvents } from './adapters/store/mongo/events.ts'
import { mongoStore } from './adapters/store/mongo/index.ts'
import { sqliteEventQueue } from './adapters/store/sqlite/eventQueue.ts'
import { sqliteEvents } from './adapters/store/sqlite/events.ts'
import { sqliteStore } from './adapters/store/sqlite/index.ts'
import { mongoSubscriberList } from './adapters/subscribers/mongo.ts'
import { sqliteSubscriberList } from './adapters/subscribers/sqlite.ts'
import type { DeskPorts } from './desk/readDesk.ts'
import type { Env } from './env.ts'
import type { FileRows, FileUses } from './files/ports.ts'
import type { Applying } from './newsletter/applyEvents.ts'
import type { EventStore } from './newsletter/eventPorts.ts'
import type { MailedPictures, PictureRows } from './media/ports.ts'
import { pictureFilesIn, type PictureFiles } from './media/pictureFiles.ts'
import { guardCampaign } from './newsletter/guardCampaign.ts'
import { isHeard } from './newsletter/isHeard.ts'
import { startPace } from './newsletter/pace.ts'
import type { Id, Override } from './newsletter/model.ts'
import type { ArticleCampaigns, Drafts, Flow, Mailer, Renderer, Store } from './newsletter/ports.ts'
import type { EventQueue } from './newsletter/queuePorts.ts'
import { addressHash } from './newsletter/rules/addressHash.ts'
import type { OldFiles, OldRows, UnjudgedDrafts } from './retention/ports.ts'
import type { FreezeVersion, PlanBook } from './plans/ports.ts'
import type { PlanRunner } from './plans/runDuePlan.ts'
import { DEFAULT_TIME_ZONE } from './plans/siteTime.ts'
import type { TimelineSources } from './people/ports.ts'
import type { PersonalDeliveries } from './readers/ports.ts'
import { readNotice } from './restore/staffNotice.ts'
import type { FolderFile, FolderRows, UnfinishedRows } from './restore/ports.ts'
import type { Reviews } from './reviews/ports.ts'
import type { SaveTurns } from './saving/ports.ts'
import type { ImportRuns } from './subscribers/importRuns.ts'
import type { SubscriberList } from './subscribers/ports.ts'
import type { ProviderList } from './suppressions/ports.ts'

export type Deps = Flow<ArticleContent> & {
  env: Env
  events: EventStore
  queue: EventQueue
  drafts: Drafts<ArticleContent>
} & Pick<Applying, 'readEvent'>

const known = new WeakMap<BasePayload, Deps>()

/** Everything the flow needs, made once per Payload from the environment that its configuration carries. */
export function depsOf(payload: BasePayload): Deps {
  const deps = known.get(payload) ?? makeDeps(payload)
  known.set(payload, deps)
  return deps
}

function makeDeps(payload: BasePayload): Deps {
  const env = envOf(payload)
  const store = storeOf(payload, env)
  const mailer = mailerFor(env)
  const clock = { now: () => new Date() }
  const mailed = { payload, baseUrl: env.serverUrl, secret: env.payloadSecret }
  const deps: Deps = {
    env,
    store,
    events: eventsOf(payload, env),
    queue: queueOf(payload, env),
    readEvent,
    mailer,
    pace: startPace({ store, mailer, clock, sleep: (ms) => wait(ms), isStopping: () => false }),
    renderer: lazyRenderer,
    articles: payloadArticles({ ...mailed, clock }),
    drafts: payloadDrafts({ ...mailed, clock }),
    secret: env.payloadSecret,
    clock,
    log: (event, facts = {}) => payload.logger.info({ event, ...facts }),
    sleep: (ms) => wait(ms),
    randomId: randomUUID,
    random: Math.random,
    guard: (id) => guardCampaign(deps, id),
    isHeard: (query) => isHeard(deps, query),
    lookAgain: async (mailing) => (await loadSecondLook()).lookAgainAt(payload, mailing),
    held: new Set(),
  }
  return deps
}

const envOf = (payload: BasePayload) => (payload.config.custom as { env: Env }).env

/** Forgotten passwords go through the same mailer as newsletters. */
export const authMailFor = (env: Env): EmailAdapter =>
  authMail({ mailer: mailerFor(env), host: new URL(env.serverUrl).hostname, siteDomain })

/** The domain of the newsletter's sender. A setting that cannot be read must not keep anybody from logging in. */
async function siteDomain(payload: BasePayload): Promise<string | null> {
  const site = await payload
    .findGlobal({ slug: 'site', select: { senderEmail: true }, depth: 0, overrideAccess: true })
    .catch(() => null)
  return site?.senderEmail?.split('@').at(-1) ?? null
}

const mailers = new WeakMap<Env, Mailer>()

function mailerFor(env: Env): Mailer {
  const mailer = mailers.get(env) ?? createMailer({ env: env.mailer, dataDir: env.dataDir })
  mailers.set(env, mailer)
  return mailer
}

const storeOf = (payload: BasePayload, env: Env): Store =>
  env.database.kind === 'sqlite' ? sqliteStore(sqliteOf(payload)) : mongoStore(mongoOf(payload))

const eventsOf = (payload: BasePayload, env: Env): EventStore =>
  env.database.kind === 'sqlite' ? sqliteEvents(sqliteOf(payload)) : mongoEvents(mongoOf(payload))

const queueOf = (payload: BasePayload, env: Env): EventQueue =>
  env.database.kind === 'sqlite' ? sqliteEventQueue(sqliteOf(payload)) : mongoEventQueue(mongoOf(payload))

/**
 * Only Resend posts events. Its reader is loaded with the first one, as most installations never get any; and once, since
 * each import takes longer than all the rest of an event.
 */
const readEvent: Applying['readEvent'] = async ({ eventId, body, receivedAt }) => {
  const { toProviderEvent } = await (eventReader ??= loadEventReader())
  return toProviderEvent({ eventId, body: JSON.parse(body) as unknown, now: receivedAt })
}

const loadEventReader = () => import('./adapters/mailer/resend/toProviderEvent.ts')
let eventReader: ReturnType<typeof loadEventReader> | null = null

/** The list of the provider that mails go through; null where it has none that can be told. */
export async function providerListOf(payload: BasePayload): Promise<ProviderList | null> {
  const { mailer } = envOf(payload)
  if (mailer.kind !== 'resend') return null
  const { resendList } = await import('./adapters/mailer/resend/resendList.ts')
  return resendList(mailer)
}

/** What an import of subscribers writes to, and an export reads. */
export const subscriberListOf = (payload: BasePayload): SubscriberList =>
  envOf(payload).database.kind === 'sqlite'
    ? sqliteSubscriberList({ client: sqliteOf(payload), hashOf: hashOf(payload) })
    : mongoSubscriberList({ db: mongoOf(payload), hashOf: hashOf(payload) })

/** The imports, and whom each of them added. */
export const importRunsOf = (payload: Payload): ImportRuns =>
  payloadImportRuns({
    payload,
    people:
      envOf(payload).database.kind === 'sqlite'
        ? sqliteImportedPeople(sqliteOf(payload))
        : mongoImportedPeople({ db: mongoOf(payload), hashOf: hashOf(payload) }),
  })

/** How suppressions know an address. */
const hashOf =
  (payload: BasePayload) =>
  (email: string): string =>
    addressHash({ secret: envOf(payload).payloadSecret, email })

/** What the sweep removes: rows, drafts that nobody wrote in, and the files that an import or an export left. */
export const oldDataOf = (
  payload: BasePayload,
): { rows: OldRows; files: OldFiles; drafts: UnjudgedDrafts } => ({
  rows:
    envOf(payload).database.kind === 'sqlite'
      ? sqliteOldRows(sqliteOf(payload))
      : mongoOldRows(mongoOf(payload)),
  files: oldFilesIn(join(envOf(payload).dataDir, 'imports')),
  drafts: unjudgedDraftsOf(payload),
})

/** What says whether the database may be older than what was mailed. */
export const restoreOf = (
  payload: BasePayload,
): { file: FolderFile; folders: FolderRows; unfinished: UnfinishedRows } => {
  const { database, dataDir } = envOf(payload)
  const file = folderFileIn(dataDir)
  if (database.kind === 'mongodb') {
    const db = mongoOf(payload)
    return { file, folders: mongoFolderRows(db), unfinished: mongoUnfinishedRows(db) }
  }
  const client = sqliteOf(payload)
  return { file, folders: sqliteFolderRows(client), unfinished: sqliteUnfinishedRows(client) }
}

/** What the content API reads and renders with. */
export const contentPortsOf = (payload: Payload): ContentPorts => ({
  content: payloadContent({ payload, baseUrl: payload.config.serverURL }),
  render: contentRenderer,
})

/** The campaigns of an article, for the save that publishes it and for a later edition. */
export const campaignsOf = (req: PayloadRequest): ArticleCampaigns =>
  payloadCampaigns({ payload: req.payload, req })

/** Keeps what an admin passes when a paused campaign is resumed. */
export const noteOverrideOf = (payload: BasePayload, note: { id: Id; override: Override }) =>
  noteOverride({ payload }, note)

/** The version of an article that was saved last. */
export const newestVersionOf = async ({ req, id }: { req: PayloadRequest; id: number | string }) =>
  (await newestVersion({ payload: req.payload, id, req }))?.id ?? null

/** Whom the version that a plan names is mailed to; null when that version is gone. */
export const mailedTopicsOf = (req: PayloadRequest, named: { id: number | string; version: Id }) =>
  readMailedTopics({ payload: req.payload, req, ...named })

/** The plans of articles, for the request that makes or changes one. */
export const planBookOf = (req: PayloadRequest): PlanBook => payloadPlanBook({ payload: req.payload, req })

export const freezeVersionOf = (req: PayloadRequest): FreezeVersion => freezeVersion(req)

/** What a worker carries plans out with. */
export function planRunnerOf(payload: Payload): PlanRunner {
  const plans = payloadPlans(payload)
  const articles = payloadPlannedArticles({ payload, plans })
  return { ...depsOf(payload), plans, articles, isRestored: () => isRestored(payload) }
}

/** Whether the database was restored and staff have not said that they know: it may know of fewer mailings than went out. */
export const isRestored = async (payload: BasePayload): Promise<boolean> =>
  (await readNotice(payload)) !== null

/** The reviews; `req`: for the save that ends one. */
export const reviewsOf = ({ payload, req }: { payload: Payload; req?: PayloadRequest }): Reviews =>
  payloadReviews({ payload, req })

/** What the desk shows is read with. */
export const deskPortsOf = (req: PayloadRequest): DeskPorts => {
  const { payload } = req
  const { env, clock } = depsOf(payload)
  const counts =
    env.database.kind === 'sqlite'
      ? sqliteSubscriberCounts(sqliteOf(payload))
      : mongoSubscriberCounts(mongoOf(payload))
  return { content: payloadDesk({ payload, req, env }), counts, clock }
}

/** Where the rows of a person's timeline are read, for a request of somebody who may read subscribers. */
export const timelineSourcesOf = (req: PayloadRequest): TimelineSources => ({
  ...payloadSources({
    payload: req.payload,
    locale: req.locale === 'en' ? 'en' : 'sv',
    hashOf: hashOf(req.payload),
    seesEvents: isAdmin({ req }),
  }),
  deliveries:
    envOf(req.payload).database.kind === 'sqlite'
      ? sqliteNewsletters(sqliteOf(req.payload))
      : mongoNewsletters(mongoOf(req.payload)),
})

/** Writes a pause that staff make for somebody. */
export const writePauseOf = (payload: Payload) => writePause(payload)

/** The IANA name of the clock that the site goes by. */
export async function siteTimeZoneOf(req: PayloadRequest): Promise<string> {
  const { timeZone } = await req.payload.findGlobal({
    slug: 'site',
    select: { timeZone: true },
    depth: 0,
    overrideAccess: true,
    req,
  })
  return timeZone ?? DEFAULT_TIME_ZONE
}

/** The version of an article that was published last; null when none was. */
export const publishedVersionOf = async ({ req, id }: { req: PayloadRequest; id: number | string }) =>
  (await publishedVersion({ payload: req.payload, id, req }))?.id ?? null

/** Whose turn it is to save a document. */
export const saveTurnsOf = (payload: BasePayload): SaveTurns =>
  envOf(payload).database.kind === 'sqlite'
    ? sqliteSaveTurns(sqliteOf(payload))
    : mongoSaveTurns(mongoOf(payload))

/** The files of the pictures. */
export const pictureFilesOf = (payload: BasePayload): PictureFiles =>
  pictureFilesIn(join(envOf(payload).dataDir, 'media'))

export const pictureRowsOf = (payload: BasePayload): PictureRows => payloadPictureRows(payload)

/** Which pictures a mail shows that was made; the rendered mails are what tells. */
export const mailedPicturesOf = (payload: BasePayload): MailedPictures =>
  envOf(payload).database.kind === 'sqlite'
    ? sqliteMailedPictures(sqliteOf(payload))
    : mongoMailedPictures(mongoOf(payload))

/** What blocks show of files. */
export const fileRowsOf = (payload: Payload): FileRows => payloadFileRows(payload)

/** Which mails and articles lead to a file. */
export const fileUsesOf = (payload: BasePayload): FileUses =>
  envOf(payload).database.kind === 'sqlite'
    ? sqliteFileUses(sqliteOf(payload))
    : mongoFileUses(mongoOf(payload))

/** What campaigns keep of a person who is erased. */
export const personalDeliveriesOf = (payload: BasePayload): PersonalDeliveries =>
  envOf(payload).database.kind === 'sqlite'
    ? sqlitePersonalDeliveries(sqliteOf(payload))
    : mongoPersonalDeliveries(mongoOf(payload))

/**
 * What is written is on the disk before anybody is told that it is kept. On MongoDB that is the write concern's business:
 * a replica set's own waits for a majority's journal.
 */
export const keepDurably = <Result>({
  payload,
  write,
}: {
  payload: BasePayload
  write: () => Promise<Result>
}): Promise<Result> =>
  envOf(payload).database.kind === 'sqlite' ? durably(sqliteOf(payload), write) : write()

/** Payload's own connection, for what Payload has no operation for. */
export const sqliteOf = (payload: BasePayload) => (payload.db as unknown as { client: Client }).client

export const mongoOf = (payload: BasePayload) =>
  (payload.db as unknown as { connection: { db: Db } }).connection.db

/** React Email is loaded when the first mail is rendered: the web server hardly ever needs it. */
const lazyRenderer: Renderer<ArticleContent> = {
  render: async (input) => (await loadRenderer()).articleRenderer.render(input),
}

/** Loads it ahead of the first mail. */
export const loadRenderer = () => import('./adapters/renderer/index.ts')

/** Looks at a campaign before it is mailed; loaded when the first hold has ended. */
const loadSecondLook = () => import('./preflight/preflightPorts.ts')

/** Renders mails to one person; loaded when the first is written. */
export const loadLetterRenderer = () => import('./adapters/renderer/letters.ts')
