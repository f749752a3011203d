import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`canary_batches\` numeric;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`canary_mails\` numeric;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`canary_minutes\` numeric;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`canary_waits_until\` text;`)
  await db.run(sql`ALTER TABLE \`campaigns\` ADD \`canary_ended_at\` text;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`canary_is_on\` integer DEFAULT false;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`canary_percent\` numeric DEFAULT 10;`)
  await db.run(sql`ALTER TABLE \`site\` ADD \`canary_minutes\` numeric DEFAULT 30;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`canary_batches\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`canary_mails\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`canary_minutes\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`canary_waits_until\`;`)
  await db.run(sql`ALTER TABLE \`campaigns\` DROP COLUMN \`canary_ended_at\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`canary_is_on\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`canary_percent\`;`)
  await db.run(sql`ALTER TABLE \`site\` DROP COLUMN \`canary_minutes\`;`)
}
