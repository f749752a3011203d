import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`data_folders\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`folder\` text NOT NULL,
  	\`mark\` numeric NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`data_folders_folder_idx\` ON \`data_folders\` (\`folder\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`data_folders\`;`)
}
