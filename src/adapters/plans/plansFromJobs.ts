import { ObjectId, type Db } from 'mongodb'
import { DEFAULT_LOCALE, LOCALES } from '../../newsletter/model.ts'
import { upsert } from '../store/mongo/values.ts'

interface JobDocument {
  _id: ObjectId
  input?: {
    type?: string
    locale?: string | null
    doc?: { relationTo?: string; value?: unknown }
    user?: { value?: unknown } | string | null
  } | null
  waitUntil?: Date | null
  createdAt: Date
}

interface VersionDocument {
  _id: ObjectId
  parent: ObjectId
  updatedAt: Date
  version?: { newsletter?: { send?: boolean } }
}

/**
 * On MongoDB, what a migration does on SQLite: publications that an earlier version had Payload's jobs wait for become plans of
 * the newest text. Of several for one article and action the first that has not failed stays. A run that is cut off goes on in the next one.
 * @throws what the driver throws.
 */
export async function planWaitingJobs(db: Db): Promise<void> {
  const jobs = db.collection<JobDocument>('payload-jobs')
  const waiting = jobs.find(
    { taskSlug: 'schedulePublish', completedAt: null, 'input.doc.relationTo': 'articles' },
    { sort: { hasError: 1, waitUntil: 1, _id: 1 } },
  )
  for await (const job of waiting) {
    // Another process may have planned it meanwhile.
    if (!(await jobs.findOne({ _id: job._id }, { projection: { _id: 1 } }))) continue
    await planJob(db, job)
    await jobs.deleteOne({ _id: job._id })
  }
}

async function planJob(db: Db, { input, waitUntil, createdAt }: JobDocument): Promise<void> {
  const article = idIn(input?.doc?.value)
  const action = input?.type === 'unpublish' ? 'unpublish' : 'publish'
  if (!article || !(await db.collection('articles').findOne({ _id: article }, { projection: { _id: 1 } })))
    return
  const versions = db.collection<VersionDocument>('_articles_versions')
  const newest = await versions.findOne({ parent: article }, { sort: { updatedAt: -1 } })
  if (action === 'publish' && !newest) return
  // The next autosave writes a version of its own.
  if (newest) await versions.updateOne({ _id: newest._id }, { $set: { autosave: false } })
  const { user } = input ?? {}
  const slot = `${article.toHexString()}:${action}`
  const now = new Date()
  const plan = {
    ...{ article, action, status: 'waiting', dueAt: waitUntil ?? createdAt, tries: 0 },
    channels: action === 'publish' ? (newest?.version?.newsletter?.send ? 'site_and_mail' : 'site') : null,
    version: action === 'publish' ? newest?._id.toHexString() : null,
    locale: LOCALES.find((known) => known === input?.locale) ?? DEFAULT_LOCALE,
    plannedBy: idIn(typeof user === 'object' && user ? user.value : user),
    ...{ createdAt: now, updatedAt: now },
  }
  await upsert(() => db.collection('plans').updateOne({ slot }, { $setOnInsert: plan }, { upsert: true }))
}

const idIn = (value: unknown): ObjectId | null => {
  const text = String(value)
  return ObjectId.isValid(text) ? new ObjectId(text) : null
}
