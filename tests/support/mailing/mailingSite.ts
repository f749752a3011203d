import type { Env } from '../../../src/env.ts'
import type { Article, Campaign } from '../../../src/payload-types.ts'
import type { TestDatabase } from '../databases.ts'
import { insertSubscribers } from '../flow/rawRows.ts'
import { paragraph, updateArticle } from '../siteContent.ts'

/** A site with readers that mails by way of an emulator; its workers are processes of their own. */
export interface MailingSite extends TestDatabase {
  /** What its processes are given. */
  environment: Record<string, string>
  /** Writes an article and publishes it, as an editor's request does. */
  publish: (title?: string) => Promise<Article['id']>
  /** The campaign's row as it is now. */
  campaignOf: (article: Article['id']) => Promise<CampaignRow>
}

/** Without the collection's hooks, which count deliveries. */
export type CampaignRow = Pick<Campaign, 'id' | 'status' | 'problem' | 'counts' | 'snapshot'> &
  Partial<Pick<Campaign, 'leaseToken'>>

export const API_KEY = 're_test'

/** What such a site's database is opened with. */
export const resendVariables = (emulatorUrl: string): Record<string, string> => ({
  MAILER: 'resend',
  RESEND_API_KEY: API_KEY,
  RESEND_BASE_URL: emulatorUrl,
})

/**
 * Fills in what the law asks of a sender, and adds so many active subscribers.
 * @param database one that was opened with resendVariables.
 */
export async function openMailingSite(
  database: TestDatabase,
  { readers }: { readers: number },
): Promise<MailingSite> {
  const { payload, env } = database
  await payload.updateGlobal({
    slug: 'site',
    locale: 'sv',
    data: {
      name: 'Provet',
      senderName: 'Provet',
      senderEmail: 'brev@example.com',
      postalAddress: 'Provgatan 1, 111 11 Stockholm',
      holdSeconds: 0,
    },
  })
  await insertSubscribers(database, readers)
  return {
    ...database,
    environment: environmentOf(env),
    publish: async (title = 'Ett brev') => {
      const { id } = await payload.create({
        collection: 'articles',
        locale: 'sv',
        depth: 0,
        draft: true,
        data: { title, content: paragraph('En text.'), _status: 'draft' },
      })
      await updateArticle({ payload, id, data: { _status: 'published' } })
      return id
    },
    campaignOf: async (article) => {
      const campaign = await payload.db.findOne<CampaignRow>({
        collection: 'campaigns',
        where: { article: { equals: article } },
      })
      if (!campaign) throw new Error('The article has no campaign.')
      return campaign
    },
  }
}

const environmentOf = ({ database, dataDir, payloadSecret, serverUrl, mailer }: Env) => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  NODE_ENV: 'production',
  DATABASE_URL: database.url,
  ...(database.kind === 'mongodb' && { MONGODB_COMPATIBILITY: database.compatibility ?? '' }),
  DATA_DIR: dataDir,
  PAYLOAD_SECRET: payloadSecret,
  SERVER_URL: serverUrl,
  ...(mailer.kind === 'resend' && {
    MAILER: 'resend',
    RESEND_API_KEY: mailer.apiKey,
    RESEND_BASE_URL: mailer.baseUrl ?? '',
  }),
  ...(mailer.kind === 'smtp' && { MAILER: 'smtp', SMTP_URL: mailer.url }),
})
