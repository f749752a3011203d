import { sql, type MigrateUpArgs } from '@payloadcms/db-sqlite'
import type { Db, ObjectId } from 'mongodb'
import type { BasePayload } from 'payload'

/**
 * For an installation of an earlier version: the slugs that published versions of an article had, as far as versions are
 * kept (a hundred of each article) and nobody else has the slug now. The newest owner gets one that two have had.
 */
export const fillFormerSlugs = (db: MigrateUpArgs['db']) =>
  db.run(sql`INSERT OR IGNORE INTO former_slugs (slug, article_id)
    SELECT v.version_slug, v.parent_id FROM _articles_v v
    WHERE v.version__status = 'published' AND v.version_slug IS NOT NULL AND v.parent_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.slug = v.version_slug)
    ORDER BY v.updated_at DESC`)

const KEY = 'utskick-former-slugs-filled'
const AT_ONCE = 1_000

/** The same on MongoDB, once. Cut off at any point, the next start goes on. */
export async function fillMongoFormerSlugs({ payload, db }: { payload: BasePayload; db: Db }): Promise<void> {
  if (await payload.kv.has(KEY)) return
  const versions = db.collection<{ parent: ObjectId }>('_articles_versions')
  const found = versions.aggregate<{ _id: string; article: ObjectId | string }>([
    { $match: { 'version._status': 'published', 'version.slug': { $type: 'string' } } },
    { $sort: { updatedAt: 1 } },
    { $group: { _id: '$version.slug', article: { $last: '$parent' } } },
  ])
  let portion: { slug: string; article: ObjectId | string }[] = []
  for await (const { _id: slug, article } of found) {
    portion.push({ slug, article })
    if (portion.length < AT_ONCE) continue
    await keep(db, portion)
    portion = []
  }
  await keep(db, portion)
  await payload.kv.set(KEY, true)
}

async function keep(db: Db, rows: { slug: string; article: ObjectId | string }[]): Promise<void> {
  const slugs = rows.map(({ slug }) => slug)
  const owned = await db.collection('articles').distinct('slug', { slug: { $in: slugs } })
  for (const { slug, article } of rows.filter((row) => !owned.includes(row.slug)))
    await db
      .collection('former-slugs')
      .updateOne({ slug }, { $setOnInsert: { slug, article } }, { upsert: true })
}
