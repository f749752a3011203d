import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-sqlite'

/** A user who has taken a picture down may be deleted: SQLite changes what a reference does only with its column. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.run(
    sql`ALTER TABLE \`media\` ADD \`taken_down_by_new\` integer REFERENCES users(id) ON DELETE set null;`,
  )
  await db.run(sql`UPDATE \`media\` SET \`taken_down_by_new\` = \`taken_down_by_id\`;`)
  await db.run(sql`DROP INDEX \`media_taken_down_taken_down_by_idx\`;`)
  await db.run(sql`ALTER TABLE \`media\` DROP COLUMN \`taken_down_by_id\`;`)
  await db.run(sql`ALTER TABLE \`media\` RENAME COLUMN \`taken_down_by_new\` TO \`taken_down_by_id\`;`)
  await db.run(sql`CREATE INDEX \`media_taken_down_taken_down_by_idx\` ON \`media\` (\`taken_down_by_id\`);`)
}

/** The version before works with the column as it is. */
export async function down(_: MigrateDownArgs): Promise<void> {}
