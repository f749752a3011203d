import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`DROP INDEX \`_status_deletedAt_publishedAt_createdAt_idx\`;`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`visibility\` text DEFAULT 'public';`)
  await db.run(sql`CREATE INDEX \`_status_visibility_deletedAt_publishedAt_createdAt_idx\` ON \`articles\` (\`_status\`,\`visibility\`,\`deleted_at\`,\`published_at\`,\`created_at\`);`)
  await db.run(sql`DROP INDEX \`compound_index_idx\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_visibility\` text DEFAULT 'public';`)
  await db.run(sql`CREATE INDEX \`compound_index_idx\` ON \`_articles_v\` (\`version__status\`,\`version_visibility\`,\`version_deleted_at\`,\`version_published_at\`,\`version_created_at\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP INDEX \`_status_visibility_deletedAt_publishedAt_createdAt_idx\`;`)
  await db.run(sql`CREATE INDEX \`_status_deletedAt_publishedAt_createdAt_idx\` ON \`articles\` (\`_status\`,\`deleted_at\`,\`published_at\`,\`created_at\`);`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`visibility\`;`)
  await db.run(sql`DROP INDEX \`compound_index_idx\`;`)
  await db.run(sql`CREATE INDEX \`compound_index_idx\` ON \`_articles_v\` (\`version__status\`,\`version_deleted_at\`,\`version_published_at\`,\`version_created_at\`);`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_visibility\`;`)
}
