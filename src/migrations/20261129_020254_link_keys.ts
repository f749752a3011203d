import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`link_key\` text;`)
  await db.run(sql`ALTER TABLE \`subscribers\` ADD \`takes_keyless_links\` integer;`)
  await db.run(sql`ALTER TABLE \`deliveries\` ADD \`link_key\` text;`)
  // By hand: the rows that exist now accept the links of earlier versions, which name no key, for leaving.
  await db.run(sql`UPDATE subscribers SET link_key = lower(hex(randomblob(12))), takes_keyless_links = true;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`link_key\`;`)
  await db.run(sql`ALTER TABLE \`subscribers\` DROP COLUMN \`takes_keyless_links\`;`)
  await db.run(sql`ALTER TABLE \`deliveries\` DROP COLUMN \`link_key\`;`)
}
