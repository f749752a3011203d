import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`DROP INDEX \`campaigns_article_idx\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`edition\` numeric DEFAULT 1 NOT NULL;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`audience\` text DEFAULT 'everybody' NOT NULL;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`asked_by_id\` integer REFERENCES users(id) ON UPDATE no action ON DELETE set null;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`corrects\` numeric;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`edition_topic_ids\` text;`)
  await db.run(sql`CREATE INDEX \`campaigns_asked_by_idx\` ON \`campaigns\` (\`asked_by_id\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`article_edition_idx\` ON \`campaigns\` (\`article_id\`,\`edition\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_article_idx\` ON \`campaigns\` (\`article_id\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
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
  	\`decision_kind\` text,
  	\`decision_at\` text,
  	\`decision_by_id\` integer,
  	\`override_checks\` text,
  	\`override_reason\` text,
  	\`override_by_id\` integer,
  	\`override_at\` text,
  	\`started_at\` text,
  	\`finished_at\` text,
  	\`first_event_at\` text,
  	\`guarded\` text,
  	\`counts_revision\` numeric DEFAULT 0,
  	\`moved_at\` text,
  	\`round\` numeric DEFAULT 0,
  	\`remailing\` text,
  	\`topic_ids\` text,
  	\`mailing\` text,
  	\`snapshot\` text,
  	\`due_at\` text NOT NULL,
  	\`held_at\` text,
  	\`undone_at\` text,
  	\`undone_by_id\` integer,
  	\`returned_at\` text,
  	\`former_version\` text,
  	\`kept_version\` text,
  	\`lease_token\` text,
  	\`lease_until\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`article_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`decision_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`override_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`undone_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`INSERT INTO \`__new_campaigns\`("id", "subject", "article_id", "status", "problem_code", "problem_message", "problem_at", "counts_recipients", "counts_submitted", "counts_rejected", "counts_excluded", "counts_uncertain", "counts_delivered", "counts_bounced", "counts_complained", "decision_kind", "decision_at", "decision_by_id", "override_checks", "override_reason", "override_by_id", "override_at", "started_at", "finished_at", "first_event_at", "guarded", "counts_revision", "moved_at", "round", "remailing", "topic_ids", "mailing", "snapshot", "due_at", "held_at", "undone_at", "undone_by_id", "returned_at", "former_version", "kept_version", "lease_token", "lease_until", "updated_at", "created_at") SELECT "id", "subject", "article_id", "status", "problem_code", "problem_message", "problem_at", "counts_recipients", "counts_submitted", "counts_rejected", "counts_excluded", "counts_uncertain", "counts_delivered", "counts_bounced", "counts_complained", "decision_kind", "decision_at", "decision_by_id", "override_checks", "override_reason", "override_by_id", "override_at", "started_at", "finished_at", "first_event_at", "guarded", "counts_revision", "moved_at", "round", "remailing", "topic_ids", "mailing", "snapshot", "due_at", "held_at", "undone_at", "undone_by_id", "returned_at", "former_version", "kept_version", "lease_token", "lease_until", "updated_at", "created_at" FROM \`campaigns\`;`)
  await db.run(sql`DROP TABLE \`campaigns\`;`)
  await db.run(sql`ALTER TABLE \`__new_campaigns\` RENAME TO \`campaigns\`;`)
  await db.run(sql`PRAGMA foreign_keys=ON;`)
  await db.run(sql`CREATE UNIQUE INDEX \`campaigns_article_idx\` ON \`campaigns\` (\`article_id\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_decision_decision_by_idx\` ON \`campaigns\` (\`decision_by_id\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_override_override_by_idx\` ON \`campaigns\` (\`override_by_id\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_undone_by_idx\` ON \`campaigns\` (\`undone_by_id\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_updated_at_idx\` ON \`campaigns\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`campaigns_created_at_idx\` ON \`campaigns\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`status_dueAt_idx\` ON \`campaigns\` (\`status\`,\`due_at\`);`)
  await db.run(sql`CREATE INDEX \`leaseToken_idx\` ON \`campaigns\` (\`lease_token\`);`)
  await db.run(sql`CREATE INDEX \`remailing_idx\` ON \`campaigns\` (\`remailing\`);`)
}
