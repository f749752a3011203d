import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`waiting_events\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`event_id\` text NOT NULL,
  	\`received_at\` text NOT NULL,
  	\`body\` text NOT NULL,
  	\`due_at\` text,
  	\`tries\` numeric NOT NULL,
  	\`lease_token\` text,
  	\`set_aside_at\` text,
  	\`reason\` text
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`waiting_events_event_id_idx\` ON \`waiting_events\` (\`event_id\`);`)
  await db.run(sql`CREATE INDEX \`tries_dueAt_idx\` ON \`waiting_events\` (\`tries\`,\`due_at\`);`)
  await db.run(sql`CREATE INDEX \`setAsideAt_idx\` ON \`waiting_events\` (\`set_aside_at\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`waiting_events\`;`)
}
