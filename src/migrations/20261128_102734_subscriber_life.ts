import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`consents\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`subscriber_id\` integer,
  	\`kind\` text NOT NULL,
  	\`at\` text NOT NULL,
  	\`text\` text,
  	\`locale\` text,
  	\`source\` text NOT NULL,
  	\`by_id\` integer,
  	\`by_name\` text,
  	\`agreed_at\` text,
  	\`former_address_hash\` text,
  	\`key\` text,
  	FOREIGN KEY (\`subscriber_id\`) REFERENCES \`subscribers\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`consents_subscriber_idx\` ON \`consents\` (\`subscriber_id\`);`)
  await db.run(sql`CREATE INDEX \`consents_by_idx\` ON \`consents\` (\`by_id\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`consents_key_idx\` ON \`consents\` (\`key\`);`)
  await db.run(sql`CREATE TABLE \`erasures\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`subscriber_ref\` text NOT NULL,
  	\`asked_at\` text NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`erasures_subscriber_ref_idx\` ON \`erasures\` (\`subscriber_ref\`);`)
  await db.run(sql`CREATE TABLE \`suppressions\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`address_hash\` text NOT NULL,
  	\`email\` text,
  	\`reason\` text NOT NULL,
  	\`detail\` text,
  	\`suppressed_at\` text NOT NULL,
  	\`lifted_at\` text,
  	\`lifted_by_id\` integer,
  	\`lifted_by_name\` text,
  	\`lifted_reason\` text,
  	\`to_tell_provider\` text,
  	\`made_by\` text,
  	\`status_before\` text,
  	\`forgiven_at\` text,
  	FOREIGN KEY (\`lifted_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`suppressions_address_hash_idx\` ON \`suppressions\` (\`address_hash\`);`)
  await db.run(sql`CREATE INDEX \`suppressions_suppressed_at_idx\` ON \`suppressions\` (\`suppressed_at\`);`)
  await db.run(sql`CREATE INDEX \`suppressions_lifted_by_idx\` ON \`suppressions\` (\`lifted_by_id\`);`)
  await db.run(sql`CREATE INDEX \`suppressions_to_tell_provider_idx\` ON \`suppressions\` (\`to_tell_provider\`);`)
  await db.run(sql`CREATE TABLE \`transactional_mails\` (
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
  await db.run(sql`CREATE INDEX \`transactional_mails_subscriber_idx\` ON \`transactional_mails\` (\`subscriber_id\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_contact_message_idx\` ON \`transactional_mails\` (\`contact_message_id\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`transactional_mails_request_key_idx\` ON \`transactional_mails\` (\`request_key\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`transactional_mails_idempotency_key_idx\` ON \`transactional_mails\` (\`idempotency_key\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_updated_at_idx\` ON \`transactional_mails\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`transactional_mails_created_at_idx\` ON \`transactional_mails\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`status_dueAt_1_idx\` ON \`transactional_mails\` (\`status\`,\`due_at\`);`)
  await db.run(sql`CREATE INDEX \`leaseToken_2_idx\` ON \`transactional_mails\` (\`lease_token\`);`)
  await db.run(sql`CREATE TABLE \`contact_messages\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`name\` text NOT NULL,
  	\`email\` text NOT NULL,
  	\`message\` text NOT NULL,
  	\`locale\` text NOT NULL,
  	\`wants_newsletter\` integer DEFAULT false,
  	\`answered_at\` text,
  	\`answered_by_id\` integer,
  	\`is_to_be_thanked\` integer,
  	\`mails_queued_at\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`answered_by_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`contact_messages_answered_at_idx\` ON \`contact_messages\` (\`answered_at\`);`)
  await db.run(sql`CREATE INDEX \`contact_messages_answered_by_idx\` ON \`contact_messages\` (\`answered_by_id\`);`)
  await db.run(sql`CREATE INDEX \`contact_messages_mails_queued_at_idx\` ON \`contact_messages\` (\`mails_queued_at\`);`)
  await db.run(sql`CREATE INDEX \`contact_messages_updated_at_idx\` ON \`contact_messages\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`contact_messages_created_at_idx\` ON \`contact_messages\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`provider_events\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`event_id\` text NOT NULL,
  	\`type\` text NOT NULL,
  	\`kind\` text NOT NULL,
  	\`occurred_at\` text NOT NULL,
  	\`received_at\` text NOT NULL,
  	\`applied_at\` text,
  	\`email\` text,
  	\`provider_id\` text,
  	\`campaign_id\` integer,
  	\`delivery_ref\` text,
  	\`transactional_mail_ref\` text,
  	\`subscriber_ref\` text,
  	\`address_hash\` text,
  	\`bounce_type\` text,
  	\`detail\` text,
  	\`payload\` text,
  	FOREIGN KEY (\`campaign_id\`) REFERENCES \`campaigns\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`provider_events_event_id_idx\` ON \`provider_events\` (\`event_id\`);`)
  await db.run(sql`CREATE INDEX \`provider_events_campaign_idx\` ON \`provider_events\` (\`campaign_id\`);`)
  await db.run(sql`CREATE INDEX \`addressHash_occurredAt_idx\` ON \`provider_events\` (\`address_hash\`,\`occurred_at\`);`)
  await db.run(sql`CREATE INDEX \`subscriberRef_idx\` ON \`provider_events\` (\`subscriber_ref\`);`)
  await db.run(sql`CREATE INDEX \`receivedAt_idx\` ON \`provider_events\` (\`received_at\`);`)
  await db.run(sql`CREATE TABLE \`rate_limits\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`key\` text NOT NULL,
  	\`points\` numeric NOT NULL,
  	\`expire\` numeric
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`rate_limits_key_idx\` ON \`rate_limits\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`rate_limits_expire_idx\` ON \`rate_limits\` (\`expire\`);`)
  await db.run(sql`CREATE TABLE \`sweeps\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`name\` text NOT NULL,
  	\`ended_at\` text,
  	\`lease_token\` text,
  	\`lease_until\` text
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`sweeps_name_idx\` ON \`sweeps\` (\`name\`);`)
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`paused_until\` text;`)
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`asked_at\` text;`)
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`address_changed_at\` text;`)
  await db.run(sql`CREATE INDEX \`subscribers_asked_at_idx\` ON \`subscribers\` (\`asked_at\`);`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`first_event_at\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`guarded\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`counts_revision\` numeric DEFAULT 0;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`delivered_at\` text;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`delayed_at\` text;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`bounced_at\` text;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`complained_at\` text;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`failed_at\` text;`)
  await db.run(sql`ALTER TABLE \`batches\` ADD \`erased_at\` text;`)
  await db.run(sql`CREATE INDEX \`erasedAt_settledAt_idx\` ON \`batches\` (\`erased_at\`,\`settled_at\`);`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`sends_welcome\` integer DEFAULT true;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`allowed_origins\` text;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`calls_per_hour\` numeric DEFAULT 20;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`contact_notice_to\` text;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`delivery_days\` numeric DEFAULT 400;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`contact_message_days\` numeric DEFAULT 400;`)
  await db.run(sql`ALTER TABLE \`site_locales\` ADD \`consent_text\` text;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`consents\`;`)
  await db.run(sql`DROP TABLE \`erasures\`;`)
  await db.run(sql`DROP TABLE \`suppressions\`;`)
  await db.run(sql`DROP TABLE \`transactional_mails\`;`)
  await db.run(sql`DROP TABLE \`contact_messages\`;`)
  await db.run(sql`DROP TABLE \`provider_events\`;`)
  await db.run(sql`DROP TABLE \`rate_limits\`;`)
  await db.run(sql`DROP TABLE \`sweeps\`;`)
  await db.run(sql`DROP INDEX \`subscribers_asked_at_idx\`;`)
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`paused_until\`;`)
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`asked_at\`;`)
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`address_changed_at\`;`)
  await db.run(sql`DROP INDEX \`erasedAt_settledAt_idx\`;`)
  await db.run(sql`ALTER TABLE \`batches\` DROP COLUMN \`erased_at\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`first_event_at\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`guarded\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`counts_revision\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`delivered_at\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`delayed_at\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`bounced_at\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`complained_at\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`failed_at\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`sends_welcome\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`allowed_origins\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`calls_per_hour\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`contact_notice_to\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`delivery_days\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`contact_message_days\`;`)
  await db.run(sql`ALTER TABLE \`site_locales\` DROP COLUMN \`consent_text\`;`)
}
