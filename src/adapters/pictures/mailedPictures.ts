import type { Client } from '@libsql/client'
import type { Db } from 'mongodb'
import type { MailedPictures } from '../../media/ports.ts'

/** As the address of a file ends in rendered html: React writes an apostrophe as an entity. */
const inHtml = (name: string): string => `/media/file/${encodeURIComponent(name)}`.replaceAll("'", '&#x27;')

/**
 * Looks through the rendered mails, which are few and the whole truth: also of campaigns that an earlier version made.
 */
export const sqliteMailedPictures = (client: Client): MailedPictures => ({
  async shown(names) {
    const shown: string[] = []
    for (const name of names) {
      const args = { text: inHtml(name) }
      const { rows } = await client.execute({
        sql: `SELECT 1 WHERE EXISTS (SELECT 1 FROM campaigns WHERE instr(mailing, :text) > 0)
                OR EXISTS (SELECT 1 FROM transactional_mails WHERE instr(mail, :text) > 0)`,
        args,
      })
      if (rows.length > 0) shown.push(name)
    }
    return shown
  },
})

export const mongoMailedPictures = (db: Db): MailedPictures => ({
  async shown(names) {
    const shown: string[] = []
    for (const name of names) {
      const html = { $regex: inHtml(name).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') }
      const found =
        (await db
          .collection('campaigns')
          .findOne(
            { $or: [{ 'mailing.mails.sv.html': html }, { 'mailing.mails.en.html': html }] },
            { projection: { _id: 1 } },
          )) ??
        (await db
          .collection('transactional-mails')
          .findOne({ 'mail.html': html }, { projection: { _id: 1 } }))
      if (found) shown.push(name)
    }
    return shown
  },
})
