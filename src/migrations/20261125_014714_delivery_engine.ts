import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`workers\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`worker\` text NOT NULL,
  	\`mailer\` text NOT NULL,
  	\`started_at\` text NOT NULL,
  	\`seen_at\` text NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`workers_worker_idx\` ON \`workers\` (\`worker\`);`)
  await db.run(sql`CREATE INDEX \`workers_seen_at_idx\` ON \`workers\` (\`seen_at\`);`)
  await db.run(sql`CREATE TABLE \`call_rates\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`mailer\` text NOT NULL,
  	\`per_second\` numeric NOT NULL,
  	\`next_place\` numeric NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`call_rates_mailer_idx\` ON \`call_rates\` (\`mailer\`);`)
  await db.run(sql`DROP INDEX \`deliveries_email_idx\`;`)
  await db.run(sql`DROP INDEX \`campaign_snapshot_status_idx\`;`)
  await db.run(sql`CREATE INDEX \`campaign_snapshot_status_batchNumber_idx\` ON \`deliveries\` (\`campaign_id\`,\`snapshot\`,\`status\`,\`batch_number\`);`)
  await db.run(sql`DROP INDEX \`status_dueAt_1_idx\`;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`recipients\` text;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`called_with\` text;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`round\` numeric DEFAULT 0 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`remails\` text;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`settled_at\` text;`)
  await db.run(sql`CREATE INDEX \`campaign_snapshot_settledAt_idx\` ON \`batches\` (\`campaign_id\`,\`snapshot\`,\`settled_at\`);`)
  await db.run(sql`CREATE INDEX \`campaign_snapshot_status_dueAt_number_idx\` ON \`batches\` (\`campaign_id\`,\`snapshot\`,\`status\`,\`due_at\`,\`number\`);`)
  await db.run(sql`CREATE INDEX \`leaseToken_1_idx\` ON \`batches\` (\`lease_token\`);`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`decision_kind\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`decision_at\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`decision_by_id\` integer REFERENCES users(id) ON DELETE SET NULL;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`moved_at\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`round\` numeric DEFAULT 0;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`remailing\` text;`)
  await db.run(sql`CREATE INDEX \`campaigns_decision_decision_by_idx\` ON \`campaigns\` (\`decision_by_id\`);`)
  await db.run(sql`CREATE INDEX \`leaseToken_idx\` ON \`campaigns\` (\`lease_token\`);`)
  await db.run(sql`CREATE INDEX \`remailing_idx\` ON \`campaigns\` (\`remailing\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`workers\`;`)
  await db.run(sql`DROP TABLE \`call_rates\`;`)
  await db.run(sql`PRAGMA foreign_keys=OFF;`)
  await db.run(sql`CREATE TABLE \`__new_campaigns\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`subject\` text,
  	\`article_id\` integer NOT NULL,
  	\`status\` text DEFAULT 'scheduled' NOT NULL,
  	\`problem_code\` text,
  	\`problem_message\` text,
  	\`problem_at\` text,
  	\`counts_recipients\` numeric DEFAULT 0,
  	\`counts_submitted\` numeric DEFAULT 0,
  	\`counts_rejected\` numeric DEFAULT 0,
  	\`counts_excluded\` numeric DEFAULT 0,
  	\`counts_uncertain\` numeric DEFAULT 0,
  	\`counts_delivered\` numeric DEFAULT 0,
  	\`counts_bounced\` numeric DEFAULT 0,
  	\`counts_complained\` numeric DEFAULT 0,
  	\`started_at\` text,
  	\`finished_at\` text,
  	\`topic_ids\` text,
  	\`mailing\` text,
  	\`snapshot\` text,
  	\`due_at\` text NOT NULL,
  	\`lease_token\` text,
  	\`lease_until\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`article_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`INSERT INTO \`__new_campaigns\`("id", "subject", "article_id", "status", "problem_code", "problem_message", "problem_at", "counts_recipients", "counts_submitted", "counts_rejected", "counts_excluded", "counts_uncertain", "counts_delivered", "counts_bounced", "counts_complained", "started_at", "finished_at", "topic_ids", "mailing", "snapshot", "due_at", "lease_token", "lease_until", "updated_at", "created_at") SELECT "id", "subject", "article_id", "status", "problem_code", "problem_message", "problem_at", "counts_recipients", "counts_submitted", "counts_rejected", "counts_excluded", "counts_uncertain", "counts_delivered", "counts_bounced", "counts_complained", "started_at", "finished_at", "topic_ids", "mailing", "snapshot", "due_at", "lease_token", "lease_until", "updated_at", "created_at" FROM \`campaigns\`;`)
  await db.run(sql`DROP TABLE \`campaigns\`;`)
  await db.run(sql`ALTER TABLE \`__new_campaigns\` RENAME TO \`campaigns\`;`)
  await db.run(sql`PRAGMA foreign_keys=ON;`)
  await db.run(sql`CREATE UNIQUE INDEX \`campaigns_article_idx\` ON \`campaigns\` (\`article_id\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_updated_at_idx\` ON \`campaigns\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_created_at_idx\` ON \`campaigns\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`status_dueAt_idx\` ON \`campaigns\` (\`status\`,\`due_at\`);`)
  await db.run(sql`DROP INDEX \`campaign_snapshot_status_batchNumber_idx\`;`)
  await db.run(sql`CREATE INDEX \`deliveries_email_idx\` ON \`deliveries\` (\`email\`);`)
  await db.run(sql`CREATE INDEX \`campaign_snapshot_status_idx\` ON \`deliveries\` (\`campaign_id\`,\`snapshot\`,\`status\`);`)
  await db.run(sql`DROP INDEX \`campaign_snapshot_settledAt_idx\`;`)
  await db.run(sql`DROP INDEX \`campaign_snapshot_status_dueAt_number_idx\`;`)
  await db.run(sql`DROP INDEX \`leaseToken_1_idx\`;`)
  await db.run(sql`CREATE INDEX \`status_dueAt_1_idx\` ON \`batches\` (\`status\`,\`due_at\`);`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`recipients\`;`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`called_with\`;`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`round\`;`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`remails\`;`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`settled_at\`;`)
}
