import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Endpoint, PayloadRequest } from 'payload'
import { requireEditor } from '../../access/requireEditor.ts'
import { depsOf } from '../../deps.ts'
import type { Format, Mapping } from '../../subscribers/fields.ts'
import { statusOfFile } from '../../subscribers/formats.ts'
import { ENCODING_NAMES } from '../../subscribers/findEncoding.ts'
import { suggestMapping } from '../../subscribers/planImport.ts'
import { openSubscriberFile } from '../../subscribers/subscriberFile.ts'
import { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'
import { keepUpload } from './keepUpload.ts'
import { SEPARATOR_NAMES, separatorField, type SeparatorName } from './readChoices.ts'
import { unreadableFile } from './unreadableFile.ts'

/** What a file looks like, before anybody decides. */
export interface ColumnsAnswer {
  format: Format
  columns: string[]
  mapping: Mapping
  statusOfFile: 'unsubscribed' | 'suppressed' | null
  separator: SeparatorName
  /** As people call it. */
  encoding: string
}

/** So much of a file is more than its header. */
const MAX_BYTES = 256 * 1024

/**
 * `POST /api/subscribers/import/columns?fileName=&separator=` by an editor, the body the beginning of a CSV file, at most 256 KB ->
 * ColumnsAnswer. 422 when it has no header that can be read; 401, 403, 413.
 */
export const columnsEndpoint: Endpoint = {
  path: '/import/columns',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const fileName = typeof req.query.fileName === 'string' ? req.query.fileName : ''
    const directory = join(depsOf(req.payload).env.dataDir, 'imports')
    const path = await keepUpload({ req, directory, maxBytes: MAX_BYTES })
    try {
      const found = await openSubscriberFile({ path, isBeginning: true, separator: readSeparator(req) })
      const { header: columns } = found
      const answer: ColumnsAnswer = {
        ...suggestMapping(columns),
        columns,
        statusOfFile: statusOfFile({ header: columns, fileName }),
        separator: nameOf(found.separator),
        encoding: ENCODING_NAMES[found.encoding],
      }
      return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
    } catch (error) {
      if (!(error instanceof SubscriberFileError)) throw error
      return unreadableFile({ error, language: req.i18n.language })
    } finally {
      await rm(path, { force: true })
    }
  },
}

/** One that is none counts as none: the import itself refuses it. */
const readSeparator = ({ query: { separator } }: PayloadRequest) => separatorField.safeParse(separator).data

/** A file may say another one in its first line (`sep=:`), which nobody need choose. */
const nameOf = (separator: string): SeparatorName =>
  (Object.keys(SEPARATOR_NAMES) as SeparatorName[]).find((name) => SEPARATOR_NAMES[name] === separator) ??
  'comma'
