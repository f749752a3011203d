import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`consents\` ADD \`change\` text;`)
  await db.run(sql`CREATE INDEX \`contact_messages_email_idx\` ON \`contact_messages\` (\`email\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_email_idx\` ON \`transactional_mails\` (\`email\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP INDEX \`contact_messages_email_idx\`;`)
  await db.run(sql`DROP INDEX \`transactional_mails_email_idx\`;`)
  await db.run(sql`ALTER TABLE \`consents\` DROP COLUMN \`change\`;`)
}
