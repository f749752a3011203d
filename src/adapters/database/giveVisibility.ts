import type { Db } from 'mongodb'

/** Articles of an earlier version are for everybody, and so are their versions. Repeating it changes nothing. */
export async function giveVisibility(db: Db): Promise<void> {
  for (const [collection, field] of [
    ['articles', 'visibility'],
    ['_articles_versions', 'version.visibility'],
  ] as const)
    await db
      .collection(collection)
      .updateMany({ [field]: { $exists: false } }, { $set: { [field]: 'public' } })
}
