import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`transactional_mails\` ADD \`article_id\` integer REFERENCES articles(id) ON DELETE set null;`)
  await db.run(sql`CREATE INDEX \`transactional_mails_article_idx\` ON \`transactional_mails\` (\`article_id\`);`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`test_addresses\` text;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  // The version before knows no mails of this kind.
  await db.run(sql`DELETE FROM \`transactional_mails\` WHERE \`kind\` = 'test-mail';`)
  await db.run(sql`PRAGMA foreign_keys=OFF;`)
  await db.run(sql`CREATE TABLE \`__new_transactional_mails\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`kind\` text NOT NULL,
  	\`email\` text NOT NULL,
  	\`name\` text,
  	\`locale\` text NOT NULL,
  	\`status\` text DEFAULT 'pending' NOT NULL,
  	\`reason\` text,
  	\`detail\` text,
  	\`provider_id\` text,
  	\`settled_at\` text,
  	\`subscriber_id\` integer,
  	\`contact_message_id\` integer,
  	\`mail\` text,
  	\`request_key\` text,
  	\`idempotency_key\` text NOT NULL,
  	\`attempts\` numeric DEFAULT 0 NOT NULL,
  	\`due_at\` text NOT NULL,
  	\`valid_until\` text,
  	\`lease_token\` text,
  	\`lease_until\` text,
  	\`in_doubt_since\` text,
  	\`called_with\` text,
  	\`problem_since\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`subscriber_id\`) REFERENCES \`subscribers\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`contact_message_id\`) REFERENCES \`contact_messages\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`INSERT INTO \`__new_transactional_mails\`("id", "kind", "email", "name", "locale", "status", "reason", "detail", "provider_id", "settled_at", "subscriber_id", "contact_message_id", "mail", "request_key", "idempotency_key", "attempts", "due_at", "valid_until", "lease_token", "lease_until", "in_doubt_since", "called_with", "problem_since", "updated_at", "created_at") SELECT "id", "kind", "email", "name", "locale", "status", "reason", "detail", "provider_id", "settled_at", "subscriber_id", "contact_message_id", "mail", "request_key", "idempotency_key", "attempts", "due_at", "valid_until", "lease_token", "lease_until", "in_doubt_since", "called_with", "problem_since", "updated_at", "created_at" FROM \`transactional_mails\`;`)
  await db.run(sql`DROP TABLE \`transactional_mails\`;`)
  await db.run(sql`ALTER TABLE \`__new_transactional_mails\` RENAME TO \`transactional_mails\`;`)
  await db.run(sql`PRAGMA foreign_keys=ON;`)
  await db.run(sql`CREATE INDEX \`transactional_mails_subscriber_idx\` ON \`transactional_mails\` (\`subscriber_id\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_contact_message_idx\` ON \`transactional_mails\` (\`contact_message_id\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`transactional_mails_request_key_idx\` ON \`transactional_mails\` (\`request_key\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`transactional_mails_idempotency_key_idx\` ON \`transactional_mails\` (\`idempotency_key\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_updated_at_idx\` ON \`transactional_mails\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_created_at_idx\` ON \`transactional_mails\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`status_dueAt_1_idx\` ON \`transactional_mails\` (\`status\`,\`due_at\`);`)
  await db.run(sql`CREATE INDEX \`leaseToken_2_idx\` ON \`transactional_mails\` (\`lease_token\`);`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`test_addresses\`;`)
}
