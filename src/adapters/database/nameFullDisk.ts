import { refusal } from '../../refusals/refusal.ts'

const INSUFFICIENT_STORAGE = 507

const FULL = {
  en: 'The disk that holds the database is full. Nothing of this was saved: make room, and save again.',
  sv: 'Disken som databasen ligger på är full. Inget av det här sparades: gör plats och spara igen.',
}

/**
 * What a write on a full disk comes to: a sentence that staff can act upon, instead of the statement with all that it
 * was to write, which would otherwise end up in the log.
 */
export const nameFullDisk = (error: unknown): unknown =>
  isFullDisk(error) ? refusal({ code: 'disk_full', status: INSUFFICIENT_STORAGE, text: FULL }) : error

/** Drizzle puts the database's error inside one of its own; libsql's own comes from where `instanceof` means nothing. */
const isFullDisk = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('code' in error && error.code === 'SQLITE_FULL') || ('cause' in error && isFullDisk(error.cause)))
