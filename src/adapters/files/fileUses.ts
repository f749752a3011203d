import type { Client } from '@libsql/client'
import { ObjectId, type Db, type Document } from 'mongodb'
import { pathOfFile } from '../../files/filePaths.ts'
import type { FileUses } from '../../files/ports.ts'
import { OPEN_STATUSES } from '../../plans/model.ts'

/** The versions that plans will publish. */
const PLANNED = `SELECT CAST(version AS INTEGER) FROM plans
  WHERE version IS NOT NULL AND status IN (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`

/**
 * Looks through the texts and the rendered mails themselves. The name of a file is found in nothing but a link to it. All
 * texts are read, as a file is deleted seldom. Of an article that is not published the newest version counts: its row keeps
 * a former text.
 */
export const sqliteFileUses = (client: Client): FileUses => ({
  async isMailed(name) {
    const { rows } = await client.execute({
      sql: `SELECT 1 WHERE EXISTS (SELECT 1 FROM campaigns WHERE instr(mailing, :text) > 0)
              OR EXISTS (SELECT 1 FROM transactional_mails WHERE instr(mail, :text) > 0)`,
      args: { text: pathOfFile(name) },
    })
    return rows.length > 0
  },
  async findArticle(name) {
    const { rows } = await client.execute({
      sql: `SELECT texts.title FROM articles_locales AS texts
              JOIN articles ON articles.id = texts._parent_id
              WHERE articles._status = 'published' AND instr(texts.content, :text) > 0
            UNION ALL
            SELECT texts.version_title AS title FROM _articles_v_locales AS texts
              JOIN _articles_v AS saved ON saved.id = texts._parent_id
              WHERE (saved.latest = 1 OR saved.id IN (${PLANNED})) AND instr(texts.version_content, :text) > 0
            LIMIT 1`,
      args: { text: pathOfFile(name) },
    })
    const [found] = rows
    return found ? (typeof found.title === 'string' ? found.title : '') : null
  },
})

export const mongoFileUses = (db: Db): FileUses => ({
  async isMailed(name) {
    const html = { $regex: pathOfFile(name).replaceAll('.', '\\.') }
    const found =
      (await db
        .collection('campaigns')
        .findOne(
          { $or: [{ 'mailing.mails.sv.html': html }, { 'mailing.mails.en.html': html }] },
          { projection: { _id: 1 } },
        )) ??
      (await db.collection('transactional-mails').findOne({ 'mail.html': html }, { projection: { _id: 1 } }))
    return found !== null
  },
  async findArticle(name) {
    const path = pathOfFile(name)
    const articles = db
      .collection('articles')
      .find({ _status: 'published' }, { projection: { title: 1, content: 1 } })
    for await (const { title, content } of articles) if (holds(content, path)) return titleIn(title)
    const versions = db
      .collection('_articles_versions')
      .find(
        { $or: [{ latest: true }, { _id: { $in: await plannedIn(db) } }] },
        { projection: { 'version.title': 1, 'version.content': 1 } },
      )
    for await (const { version } of versions) {
      const { title, content } = version as Document
      if (holds(content, path)) return titleIn(title)
    }
    return null
  },
})

async function plannedIn(db: Db): Promise<ObjectId[]> {
  const plans = await db
    .collection('plans')
    .find({ status: { $in: [...OPEN_STATUSES] } }, { projection: { version: 1 } })
    .toArray()
  return plans.flatMap(({ version }) =>
    typeof version === 'string' && ObjectId.isValid(version) ? [new ObjectId(version)] : [],
  )
}

const holds = (content: unknown, path: string): boolean =>
  content !== undefined && JSON.stringify(content).includes(path)

/** One text for each language. */
function titleIn(title: unknown): string {
  const texts = typeof title === 'object' && title !== null ? Object.values(title) : [title]
  return texts.find((text): text is string => typeof text === 'string') ?? ''
}
