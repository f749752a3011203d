import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`save_turns\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`document\` text NOT NULL,
  	\`holder\` text,
  	\`until\` numeric,
  	\`saved_from\` numeric,
  	\`saved_to\` numeric,
  	\`saved_by\` text
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`save_turns_document_idx\` ON \`save_turns\` (\`document\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`save_turns\`;`)
}
