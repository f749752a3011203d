import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`imports\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`file\` text NOT NULL,
  	\`by_name\` text,
  	\`started_at\` text NOT NULL,
  	\`finished_at\` text,
  	\`counts\` text,
  	\`undo_asked_at\` text,
  	\`undone_by_name\` text,
  	\`undone_at\` text,
  	\`undone\` text,
  	\`added\` numeric
  );
  `)
  await db.run(sql`CREATE INDEX \`imports_started_at_idx\` ON \`imports\` (\`started_at\`);`)
  await db.run(sql`CREATE INDEX \`imports_undo_asked_at_idx\` ON \`imports\` (\`undo_asked_at\`);`)
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`import_ref\` text;`)
  await db.run(sql`CREATE INDEX \`subscribers_import_ref_idx\` ON \`subscribers\` (\`import_ref\`);`)
  await db.run(sql`ALTER TABLE \`consents\` ADD \`import_ref\` text;`)
  await db.run(sql`CREATE INDEX \`consents_import_ref_idx\` ON \`consents\` (\`import_ref\`);`)
  await db.run(sql`ALTER TABLE \`suppressions\` ADD \`import_ref\` text;`)
  await db.run(sql`ALTER TABLE \`suppressions\` ADD \`import_was\` text;`)
  await db.run(sql`CREATE INDEX \`suppressions_import_ref_idx\` ON \`suppressions\` (\`import_ref\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`imports\`;`)
  await db.run(sql`DROP INDEX \`subscribers_import_ref_idx\`;`)
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`import_ref\`;`)
  await db.run(sql`DROP INDEX \`consents_import_ref_idx\`;`)
  await db.run(sql`ALTER TABLE \`consents\` DROP COLUMN \`import_ref\`;`)
  await db.run(sql`DROP INDEX \`suppressions_import_ref_idx\`;`)
  await db.run(sql`ALTER TABLE \`suppressions\` DROP COLUMN \`import_ref\`;`)
  await db.run(sql`ALTER TABLE \`suppressions\` DROP COLUMN \`import_was\`;`)
}
