import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { en } from '@payloadcms/translations/languages/en'
import { sv } from '@payloadcms/translations/languages/sv'
import { buildConfig, type Config, type SanitizedConfig } from 'payload'
import { keepClicks } from './admin/saving/keepClicks.ts'
import { withAtomicWrites } from './adapters/database/atomicWrites.ts'
import { timeQueries, withBoundReads } from './adapters/database/boundReads.ts'
import { withArticlePages } from './adapters/database/articlePages.ts'
import { indexLocales, indexRelations } from './adapters/database/indexes.ts'
import { withRelationFilters } from './adapters/database/relationFilters.ts'
import { keepPlannedVersions } from './adapters/database/keepPlannedVersions.ts'
import { withFreeSlugs } from './adapters/database/withFreeSlugs.ts'
import { withKnownRelations } from './adapters/database/withKnownRelations.ts'
import { withTurns } from './adapters/database/withTurns.ts'
import { BUSY_TIMEOUT_MS } from './adapters/database/withoutWaiting.ts'
import { Articles } from './collections/Articles/index.ts'
import { articleEditor } from './collections/Articles/editor/index.ts'
import { Authors } from './collections/Authors/index.ts'
import { Batches } from './collections/Batches/index.ts'
import { CallRates } from './collections/CallRates/index.ts'
import { Campaigns } from './collections/Campaigns/index.ts'
import { Consents } from './collections/Consents/index.ts'
import { ContactMessages } from './collections/ContactMessages/index.ts'
import { DataFolders } from './collections/DataFolders/index.ts'
import { Deliveries } from './collections/Deliveries/index.ts'
import { Erasures } from './collections/Erasures/index.ts'
import { Imports } from './collections/Imports/index.ts'
import { guardLocks } from './collections/LockedDocuments/guardLocks.ts'
import { FormerSlugs } from './collections/FormerSlugs/index.ts'
import { filesCollection } from './collections/Files/index.ts'
import { localeLabels } from './collections/labels.ts'
import { mediaCollection } from './collections/Media/index.ts'
import { Plans } from './collections/Plans/index.ts'
import { Presences } from './collections/Presences/index.ts'
import { ProviderEvents } from './collections/ProviderEvents/index.ts'
import { RateLimits } from './collections/RateLimits/index.ts'
import { Reviews } from './collections/Reviews/index.ts'
import { SaveTurns } from './collections/SaveTurns/index.ts'
import { Subscribers } from './collections/Subscribers/index.ts'
import { Suppressions } from './collections/Suppressions/index.ts'
import { Sweeps } from './collections/Sweeps/index.ts'
import { Topics } from './collections/Topics/index.ts'
import { TransactionalMails } from './collections/TransactionalMails/index.ts'
import { forgotPasswordMutation } from './collections/Users/endpoints/forgotPassword.ts'
import { usersCollection } from './collections/Users/index.ts'
import { WaitingEvents } from './collections/WaitingEvents/index.ts'
import { Workers } from './collections/Workers/index.ts'
import { forgetPublicOnChange } from './content/forgetPublicOnChange.ts'
import { authMailFor, saveTurnsOf } from './deps.ts'
import { confirmEndpoints } from './endpoints/confirm.ts'
import { contactEndpoints } from './endpoints/contact.ts'
import { contentEndpoints } from './endpoints/content.ts'
import { deskEndpoints } from './endpoints/desk.ts'
import { healthEndpoints } from './endpoints/health.ts'
import { presenceEndpoints } from './endpoints/presence.ts'
import { preferencesEndpoints } from './endpoints/preferences.ts'
import { subscribeEndpoints } from './endpoints/subscribe.ts'
import { unsubscribeEndpoints } from './endpoints/unsubscribe.ts'
import { restoredEndpoints } from './endpoints/restored.ts'
import { testLettersEndpoints } from './endpoints/testMails/testLetters.ts'
import { resendWebhookEndpoints } from './endpoints/webhooks/resend.ts'
import type { Env } from './env.ts'
import { Site } from './globals/Site.ts'
import { boundedSharp } from './media/pictures.ts'
import { DEFAULT_LOCALE, LOCALES } from './newsletter/model.ts'
import { relaxInputs } from './public-api/graphql/relaxInputs.ts'
import { guardQueries } from './public-api/guardEndpoints.ts'
import { answerErrors } from './refusals/answerErrors.ts'
import { refusalLog } from './refusals/refusalLog.ts'
import { orderSaves } from './saving/orderSaves.ts'
import { tagSaves } from './saving/tagSaves.ts'
import { refuseOddShapes } from './shapes/refuseOddShapes.ts'
import { cleanEveryField } from './text/cleanEveryField.ts'
import { BODY_LIMITS, MAX_MEDIA_BYTES } from './web/bodyLimits.ts'

const sourceDir = dirname(fileURLToPath(import.meta.url))

/** Payload's configuration for one environment; `config.custom.env` hands that environment on to deps. */
export const configFor = async (env: Env): Promise<SanitizedConfig> =>
  buildConfig({
    serverURL: env.serverUrl,
    secret: env.payloadSecret,
    custom: { env },
    db: await databaseFor(env.database),
    collections: [
      Articles,
      Authors,
      Topics,
      mediaCollection({ directory: join(env.dataDir, 'media') }),
      filesCollection({ directory: join(env.dataDir, 'files') }),
      Campaigns,
      Subscribers,
      Consents,
      Erasures,
      Imports,
      Suppressions,
      ContactMessages,
      usersCollection(env),
      Deliveries,
      // Before the mails: Payload numbers indexes of one name by the order here, and an existing one keeps its name so.
      Batches,
      TransactionalMails,
      ProviderEvents,
      Workers,
      CallRates,
      RateLimits,
      Sweeps,
      FormerSlugs,
      DataFolders,
      SaveTurns,
      WaitingEvents,
      Presences,
      Plans,
      Reviews,
    ],
    globals: [Site],
    endpoints: [
      ...healthEndpoints,
      ...subscribeEndpoints,
      ...confirmEndpoints,
      ...contactEndpoints,
      ...unsubscribeEndpoints,
      ...preferencesEndpoints,
      ...resendWebhookEndpoints,
      ...restoredEndpoints,
      ...presenceEndpoints,
      ...deskEndpoints,
      ...contentEndpoints,
      ...testLettersEndpoints,
    ],
    plugins: [forgetPublicOnChange, cleanEveryField, keepClicks, orderSaves, refuseOddShapes],
    hooks: { afterError: [answerErrors] },
    logger: refusalLog,
    upload: { limits: { fileSize: MAX_MEDIA_BYTES, files: 1 }, requestSizeLimit: BODY_LIMITS.media.bytes },
    editor: articleEditor,
    sharp: boundedSharp,
    email: authMailFor(env),
    localization: {
      locales: LOCALES.map((code) => ({ code, label: localeLabels[code] })),
      defaultLocale: DEFAULT_LOCALE,
      fallback: true,
    },
    i18n: { supportedLanguages: { sv, en }, fallbackLanguage: 'en' },
    admin: {
      user: 'users',
      avatar: 'default',
      dateFormat: 'yyyy-MM-dd HH:mm',
      importMap: { baseDir: sourceDir },
      meta: { titleSuffix: ' · Utskick' },
      components: {
        header: ['/admin/hold/HoldBanner.tsx#HoldBanner', '/admin/worker/WorkerBanner.tsx#WorkerBanner'],
        providers: [
          '/admin/users/FirstUserForm.tsx#FirstUserForm',
          '/admin/refusals/WholeMessages.tsx#WholeMessages',
        ],
        graphics: { Logo: '/admin/branding/Logo.tsx#Logo', Icon: '/admin/branding/Icon.tsx#Icon' },
        afterNavLinks: [
          '/admin/import/ImportNavLink.tsx#ImportNavLink',
          '/admin/outbox/OutboxNavLink.tsx#OutboxNavLink',
        ],
        views: {
          dashboard: { Component: '/admin/desk/DeskView.tsx#DeskView' },
          outbox: { Component: '/admin/outbox/OutboxView.tsx#OutboxView', path: '/outbox' },
          importSubscribers: {
            Component: '/admin/import/ImportView.tsx#ImportView',
            path: '/import-subscribers',
          },
        },
      },
    },
    graphQL: {
      mutations: (...given) => ({ ...relaxInputs(...given), ...forgotPasswordMutation(...given) }),
      disablePlaygroundInProduction: true,
      maxComplexity: 2000,
    },
    telemetry: false,
    typescript: { autoGenerate: false, outputFile: join(sourceDir, 'payload-types.ts') },
  })
    .then(guardLocks)
    .then(guardQueries)
    .then(tagSaves)

/** Loads the adapter of the database that is used: Mongoose makes a process on SQLite slower to start. */
async function databaseFor(database: Env['database']): Promise<Config['db']> {
  if (database.kind === 'mongodb') {
    const { compatibilityOptions, mongooseAdapter } = await import('@payloadcms/db-mongodb')
    const preset = database.compatibility ? compatibilityOptions[database.compatibility] : {}
    const adapter = mongooseAdapter({
      ...preset,
      url: database.url,
      afterCreateConnection: timeQueries,
      // Else an operation waits for a free connection for ever, and the step of a worker with it.
      connectOptions: { waitQueueTimeoutMS: 30_000 },
    })
    return keepPlannedVersions(withFreeSlugs(withTurns(withBoundReads(adapter), { turnsIn: saveTurnsOf })))
  }
  const { sqliteAdapter } = await import('@payloadcms/db-sqlite')
  return keepPlannedVersions(
    withFreeSlugs(
      withTurns(
        withKnownRelations(
          withAtomicWrites(
            withRelationFilters(
              withArticlePages(
                sqliteAdapter({
                  client: { url: database.url },
                  autoIncrement: true,
                  busyTimeout: BUSY_TIMEOUT_MS,
                  wal: { synchronous: 'NORMAL' },
                  afterSchemaInit: [indexLocales, indexRelations],
                  migrationDir: resolve(sourceDir, 'migrations'),
                  push: false,
                }),
              ),
            ),
          ),
        ),
        { turnsIn: saveTurnsOf },
      ),
    ),
  )
}
