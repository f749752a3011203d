import { LOCALES, type Locale } from '../../newsletter/model.ts'

/** As whom the mail is looked at. */
export type LookReader =
  | { kind: 'somebody'; locale: Locale }
  | { kind: 'nameless'; locale: Locale }
  | { kind: 'subscriber'; locale: Locale; id: string | number; shown: string }

export const READER_NAMES = [...LOCALES, 'nameless'] as const
export const READER_NAMES_OF_EDITORS = [...READER_NAMES, 'subscriber'] as const
export type ReaderName = (typeof READER_NAMES_OF_EDITORS)[number]

/** What mail-preview is asked for. */
export function questionOf(reader: LookReader): object {
  switch (reader.kind) {
    case 'somebody':
      return { locale: reader.locale }
    case 'nameless':
      return { locale: reader.locale, named: false }
    case 'subscriber':
      return { subscriber: reader.id }
  }
}
