import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'
import { fillFormerSlugs } from '../adapters/formerSlugs'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`former_slugs\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`slug\` text NOT NULL,
  	\`article_id\` integer,
  	FOREIGN KEY (\`article_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`former_slugs_slug_idx\` ON \`former_slugs\` (\`slug\`);`)
  await db.run(sql`CREATE INDEX \`former_slugs_article_idx\` ON \`former_slugs\` (\`article_id\`);`)
  await db.run(sql`ALTER TABLE \`articles\` ADD \`is_blank\` integer;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` ADD \`version_is_blank\` integer;`)
  await fillFormerSlugs(db)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`former_slugs\`;`)
  await db.run(sql`ALTER TABLE \`articles\` DROP COLUMN \`is_blank\`;`)
  await db.run(sql`ALTER TABLE \`_articles_v\` DROP COLUMN \`version_is_blank\`;`)
}
