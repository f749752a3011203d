import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`plans\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`article_id\` integer NOT NULL,
  	\`action\` text NOT NULL,
  	\`channels\` text,
  	\`version\` text,
  	\`due_at\` text NOT NULL,
  	\`status\` text DEFAULT 'waiting' NOT NULL,
  	\`problem_code\` text,
  	\`problem_message\` text,
  	\`planned_by_id\` integer,
  	\`ended_at\` text,
  	\`ended_by_id\` integer,
  	\`override_checks\` text,
  	\`override_reason\` text,
  	\`override_by_id\` integer,
  	\`override_at\` text,
  	\`locale\` text NOT NULL,
  	\`slot\` text NOT NULL,
  	\`started_at\` text,
  	\`tries\` numeric DEFAULT 0,
  	\`retry_at\` text,
  	\`kept_version\` text,
  	\`lease_token\` text,
  	\`lease_until\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`article_id\`) REFERENCES \`articles\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`planned_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`ended_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`override_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`plans_article_idx\` ON \`plans\` (\`article_id\`);`)
  await db.run(sql`CREATE INDEX \`plans_planned_by_idx\` ON \`plans\` (\`planned_by_id\`);`)
  await db.run(sql`CREATE INDEX \`plans_ended_by_idx\` ON \`plans\` (\`ended_by_id\`);`)
  await db.run(sql`CREATE INDEX \`plans_override_override_by_idx\` ON \`plans\` (\`override_by_id\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`plans_slot_idx\` ON \`plans\` (\`slot\`);`)
  await db.run(sql`CREATE INDEX \`plans_updated_at_idx\` ON \`plans\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`plans_created_at_idx\` ON \`plans\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`status_dueAt_2_idx\` ON \`plans\` (\`status\`,\`due_at\`);`)
  // What Payload's jobs waited for becomes plans of the newest text; of several for one article and action the first that has
  // not failed.
  await db.run(sql`INSERT OR IGNORE INTO plans (article_id, action, channels, version, due_at, status, slot, locale, planned_by_id)
    SELECT a.id, j.action,
      CASE WHEN j.action = 'publish' THEN CASE WHEN v.version_newsletter_send THEN 'site_and_mail' ELSE 'site' END END,
      CASE WHEN j.action = 'publish' THEN v.id END,
      j.due_at, 'waiting', a.id || ':' || j.action, CASE WHEN j.locale IN ('sv', 'en') THEN j.locale ELSE 'sv' END, u.id
    FROM (SELECT id, json_extract(input, '$.doc.value') AS article,
        CASE json_extract(input, '$.type') WHEN 'unpublish' THEN 'unpublish' ELSE 'publish' END AS action,
        json_extract(input, '$.locale') AS locale,
        coalesce(json_extract(input, '$.user.value'), json_extract(input, '$.user')) AS planner,
        coalesce(wait_until, created_at) AS due_at, has_error
      FROM payload_jobs
      WHERE task_slug = 'schedulePublish' AND completed_at IS NULL AND json_extract(input, '$.doc.relationTo') = 'articles') j
    JOIN articles a ON a.id = j.article
    LEFT JOIN users u ON u.id = j.planner
    LEFT JOIN _articles_v v ON v.id = (SELECT n.id FROM _articles_v n WHERE n.parent_id = a.id ORDER BY n.updated_at DESC, n.id DESC LIMIT 1)
    WHERE j.action = 'unpublish' OR v.id IS NOT NULL
    ORDER BY coalesce(j.has_error, 0), j.due_at, j.id;`)
  // The next autosave writes a version of its own.
  await db.run(sql`UPDATE _articles_v SET autosave = 0 WHERE id IN (SELECT version FROM plans);`)
  await db.run(sql`DROP TABLE \`payload_jobs_log\`;`)
  await db.run(sql`DROP TABLE \`payload_jobs\`;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`time_zone\` text DEFAULT 'Europe/Stockholm' NOT NULL;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`payload_jobs_log\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` integer NOT NULL,
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`executed_at\` text NOT NULL,
  	\`completed_at\` text NOT NULL,
  	\`task_slug\` text NOT NULL,
  	\`task_i_d\` text NOT NULL,
  	\`input\` text,
  	\`output\` text,
  	\`state\` text NOT NULL,
  	\`error\` text,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`payload_jobs\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_jobs_log_order_idx\` ON \`payload_jobs_log\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_log_parent_id_idx\` ON \`payload_jobs_log\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`payload_jobs\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`input\` text,
  	\`completed_at\` text,
  	\`total_tried\` numeric DEFAULT 0,
  	\`has_error\` integer DEFAULT false,
  	\`error\` text,
  	\`task_slug\` text,
  	\`queue\` text DEFAULT 'default',
  	\`wait_until\` text,
  	\`processing\` integer DEFAULT false,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_jobs_completed_at_idx\` ON \`payload_jobs\` (\`completed_at\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_total_tried_idx\` ON \`payload_jobs\` (\`total_tried\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_has_error_idx\` ON \`payload_jobs\` (\`has_error\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_task_slug_idx\` ON \`payload_jobs\` (\`task_slug\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_queue_idx\` ON \`payload_jobs\` (\`queue\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_wait_until_idx\` ON \`payload_jobs\` (\`wait_until\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_processing_idx\` ON \`payload_jobs\` (\`processing\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_updated_at_idx\` ON \`payload_jobs\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`payload_jobs_created_at_idx\` ON \`payload_jobs\` (\`created_at\`);`)
  await db.run(sql`DROP TABLE \`plans\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`time_zone\`;`)
}
