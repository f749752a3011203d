import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`site\` ADD \`logo_on_dark_id\` integer REFERENCES media(id) ON DELETE set null;`)
  await db.run(sql`CREATE INDEX \`site_logo_on_dark_idx\` ON \`site\` (\`logo_on_dark_id\`);`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.run(sql`PRAGMA foreign_keys=OFF;`)
  await db.run(sql`CREATE TABLE \`__new_site\` (
  	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  	\`name\` text,
  	\`brand_color\` text DEFAULT '#1f5f4a',
  	\`logo_id\` integer,
  	\`phone\` text,
  	\`sender_name\` text,
  	\`sender_email\` text,
  	\`reply_to\` text,
  	\`postal_address\` text,
  	\`sends_welcome\` integer DEFAULT true,
  	\`allowed_origins\` text,
  	\`calls_per_hour\` numeric DEFAULT 20,
  	\`contact_notice_to\` text,
  	\`delivery_days\` numeric DEFAULT 400,
  	\`contact_message_days\` numeric DEFAULT 400,
  	\`updated_at\` text,
  	\`created_at\` text,
  	FOREIGN KEY (\`logo_id\`) REFERENCES \`media\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`INSERT INTO \`__new_site\`("id", "name", "brand_color", "logo_id", "phone", "sender_name", "sender_email", "reply_to", "postal_address", "sends_welcome", "allowed_origins", "calls_per_hour", "contact_notice_to", "delivery_days", "contact_message_days", "updated_at", "created_at") SELECT "id", "name", "brand_color", "logo_id", "phone", "sender_name", "sender_email", "reply_to", "postal_address", "sends_welcome", "allowed_origins", "calls_per_hour", "contact_notice_to", "delivery_days", "contact_message_days", "updated_at", "created_at" FROM \`site\`;`)
  await db.run(sql`DROP TABLE \`site\`;`)
  await db.run(sql`ALTER TABLE \`__new_site\` RENAME TO \`site\`;`)
  await db.run(sql`PRAGMA foreign_keys=ON;`)
  await db.run(sql`CREATE INDEX \`site_logo_idx\` ON \`site\` (\`logo_id\`);`)
}
