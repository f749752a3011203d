import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Payload } from 'payload'
import { depsOf, subscriberListOf } from '../../deps.ts'
import type { Article } from '../../payload-types.ts'
import { describeOutcome } from '../../subscribers/describeOutcome.ts'
import { importSubscribers } from '../../subscribers/importSubscribers.ts'
import { authors, site, subscribersCsv, topics, unsubscribed } from './content/site.ts'
import { drawPortrait } from './drawImages.ts'
import { seedArticles } from './seedArticles.ts'
import { seedMedia } from './seedMedia.ts'

export interface Login {
  email: string
  password: string
}

export interface Seeded {
  /** The draft that is to be published. */
  article: Article['id']
  admin: Login
  editor: Login
  articles: number
  subscribers: number
}

/** Writes the demo's content straight into its database, before anything is served; all but the last step: publishing. */
export async function seedDemo({
  payload,
  password,
}: {
  payload: Payload
  password: string
}): Promise<Seeded> {
  const admin = await createLogin({ payload, password, name: 'Admin', role: 'admin' })
  const editor = await createLogin({ payload, password, name: 'Editor', role: 'editor' })
  await seedSite(payload)
  const topicIds = await seedTopics(payload)
  const authorIds = await seedAuthors(payload)
  const { draft, count } = await seedArticles({ payload, topicIds, authorIds })
  return { article: draft, admin, editor, articles: count, subscribers: await seedSubscribers(payload) }
}

async function createLogin({
  payload,
  password,
  name,
  role,
}: {
  payload: Payload
  password: string
  name: string
  role: 'admin' | 'editor'
}): Promise<Login> {
  const login = { email: `${role}@example.com`, password }
  await payload.create({ collection: 'users', depth: 0, data: { ...login, name, role } })
  return login
}

async function seedSite(payload: Payload): Promise<void> {
  const { tagline, answerTime, ...rest } = site
  for (const locale of ['sv', 'en'] as const)
    await payload.updateGlobal({
      slug: 'site',
      locale,
      depth: 0,
      data: { ...rest, tagline: tagline[locale], answerTime: answerTime[locale] },
    })
}

async function seedTopics(payload: Payload): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const { slug, name, description } of topics) {
    const { id } = await payload.create({
      collection: 'topics',
      locale: 'sv',
      data: { slug, name: name.sv, description: description.sv },
    })
    await payload.update({
      collection: 'topics',
      id,
      locale: 'en',
      data: { name: name.en, description: description.en },
    })
    ids.set(slug, id)
  }
  return ids
}

async function seedAuthors(payload: Payload): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const { name, title, bio, colors } of authors) {
    const slug = name.toLowerCase().replace(/\W+/g, '-')
    const portrait = await seedMedia({
      payload,
      name: slug,
      file: await drawPortrait(colors),
      alt: { sv: `${name}, tecknat porträtt`, en: `${name}, drawn portrait` },
    })
    const { id } = await payload.create({
      collection: 'authors',
      locale: 'sv',
      data: { name, slug, title: title.sv, bio: bio.sv, portrait },
    })
    await payload.update({
      collection: 'authors',
      id,
      locale: 'en',
      data: { title: title.en, bio: bio.en },
    })
    ids.set(name, id)
  }
  return ids
}

/** Through the importer, as `npm run cli -- import-subscribers` does; one of them has left since. */
async function seedSubscribers(payload: Payload): Promise<number> {
  const { env, clock } = depsOf(payload)
  const path = join(env.dataDir, 'subscribers.csv')
  writeFileSync(path, subscribersCsv)
  let imported = 0
  const steps = importSubscribers(
    { list: subscriberListOf(payload), clock },
    { path, from: { file: 'subscribers.csv', by: null } },
  )
  for await (const step of steps) {
    if (step.kind === 'plan') continue
    imported = step.counts.imported
    const wrong = step.kind === 'block' && step.outcomes.find(({ kind }) => kind !== 'imported')
    if (wrong)
      throw new Error(
        `subscribers.csv, line ${wrong.line}: ${describeOutcome({ outcome: wrong, language: 'en' })}`,
      )
  }
  await payload.update({
    collection: 'subscribers',
    where: { email: { equals: unsubscribed } },
    data: { status: 'unsubscribed' },
  })
  return imported
}
