import type { Config, Payload } from 'payload'
import { boot } from '../../src/boot.ts'
import { freePort } from '../../src/cli/server/freePort.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import type { Mailing } from '../../src/newsletter/model.ts'
import type { Article, Campaign } from '../../src/payload-types.ts'
import { temporaryFolder } from '../measure/temporaryFolder.ts'
import { longContent } from './article.ts'
import type { Database } from './databases.ts'
import { seedSubscribers } from './seedSubscribers.ts'

export interface Site {
  payload: Payload
  folder: string
  /** What its processes are given. */
  environment: Record<string, string>
  /** Of an article that is there all the time and is not mailed. */
  slug: string
  /** Publishes a new article, as an editor's request does. */
  publish: () => Promise<Publication>
  /** The campaign's row as it is now: read without the collection's hooks, which count its deliveries. */
  campaignOf: (article: Article['id']) => Promise<CampaignRow | null>
  close: () => Promise<void>
}

export interface Publication {
  article: Article['id']
  /** When the request began, in milliseconds. */
  at: number
}

export type CampaignRow = Omit<Campaign, 'mailing'> & { mailing: Mailing | null }

export const SECRET = 'the secret of a benchmark'
export const API_KEY = 're_bench'

/** A site with so many subscribers, on a fresh database and a folder of its own, mailing by way of the emulator. */
export async function openSite({
  database,
  recipients,
  emulatorUrl,
}: {
  database: Database
  recipients: number
  emulatorUrl: string
}): Promise<Site> {
  const { path: folder, remove } = temporaryFolder()
  const port = await freePort()
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    ...database.variables(folder),
    DATA_DIR: folder,
    PAYLOAD_SECRET: SECRET,
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    WORKER: 'off',
    MAILER: 'resend',
    RESEND_API_KEY: API_KEY,
    RESEND_BASE_URL: emulatorUrl,
  }
  const logger: Config['logger'] = { options: { level: 'error' }, destination: process.stderr }
  const config = Object.assign({}, await configFor(readEnv(environment)), { logger })
  // A process knows its Payloads by their keys.
  const payload = await boot(config, { key: folder })
  await database.prepare(payload)
  await seedSite(payload)
  await seedSubscribers({ payload, database: database.name, count: recipients })
  let articles = 0
  return {
    payload,
    folder,
    environment,
    slug: QUIET,
    publish: () => publishArticle({ payload, number: ++articles }),
    campaignOf: (article) =>
      payload.db.findOne<CampaignRow>({ collection: 'campaigns', where: { article: { equals: article } } }),
    close: async () => {
      if (database.name === 'mongodb') await payload.db.connection.dropDatabase()
      await payload.destroy()
      remove()
    },
  }
}

const QUIET = 'en-artikel'

async function seedSite(payload: Payload): Promise<void> {
  await payload.updateGlobal({
    slug: 'site',
    locale: 'sv',
    data: {
      name: 'Prov',
      senderName: 'Prov',
      senderEmail: 'brev@example.com',
      replyTo: 'svar@example.com',
      postalAddress: 'Provgatan 1, 111 11 Stockholm',
      holdSeconds: 0,
    },
  })
  const data = { ...articleData({ title: 'En artikel', slug: QUIET }), newsletter: { send: false } }
  await payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    data: { ...data, _status: 'published' },
  })
}

async function publishArticle({
  payload,
  number,
}: {
  payload: Payload
  number: number
}): Promise<Publication> {
  const { id } = await payload.create({
    collection: 'articles',
    locale: 'sv',
    depth: 0,
    draft: true,
    data: articleData({ title: `Brev nummer ${number}`, slug: `brev-${number}` }),
  })
  const at = Date.now()
  await payload.update({
    collection: 'articles',
    id,
    locale: 'sv',
    depth: 0,
    data: { _status: 'published' },
  })
  return { article: id, at }
}

const articleData = ({ title, slug }: { title: string; slug: string }) => ({
  title,
  slug,
  excerpt: 'Två meningar om vad artikeln handlar om. De räcker för att veta om man vill läsa den.',
  content: longContent(),
})
