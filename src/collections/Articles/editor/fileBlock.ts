import type { Block, FieldHook, UploadFieldValidation } from 'payload'
import { isStaff } from '../../../access/isStaff.ts'
import { LONGEST_TITLE } from '../../../files/fileNames.ts'
import { nameInUrl, pathOfFile } from '../../../files/filePaths.ts'
import { localeOf } from '../../../rich-text/written/describeProblem.ts'
import { fileRowsOf } from '../../../deps.ts'
import { METADATA_HINT } from '../../Files/index.ts'
import { kept } from './kept.ts'

const NONE = { sv: 'Välj en fil, eller ta bort blocket.', en: 'Choose a file, or remove the block.' }
const GONE = {
  sv: 'Filen finns inte längre. Välj en annan, eller ta bort blocket.',
  en: 'The file is not there any more. Choose another, or remove the block.',
}

const validateFile: UploadFieldValidation = async (value, { req }) => {
  const language = localeOf(req.i18n.language)
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  if (typeof id !== 'string' && typeof id !== 'number') return NONE[language]
  return (await fileRowsOf(req.payload).findFacts([String(id)])).size > 0 || GONE[language]
}

/** Stored as a path, as the site may move; shown as the addresses of pictures are. */
const toWholeUrl: FieldHook = ({ value, req }) => {
  const name = nameInUrl(typeof value === 'string' ? value : '')
  return name === null ? null : `${req.payload.config.serverURL}${pathOfFile(name)}`
}

/**
 * A PDF to open. Its readers may not read the file's row: what they need (`url`, `bytes`) stands in the block, and the server
 * writes it at each save (withFileFacts).
 */
export const FileBlock: Block = {
  slug: 'file',
  interfaceName: 'FileBlock',
  admin: { disableBlockName: true },
  // The slash menu finds it by "fil", "file" and "pdf".
  labels: {
    singular: { sv: 'Fil (PDF)', en: 'File (PDF)' },
    plural: { sv: 'Filer (PDF)', en: 'Files (PDF)' },
  },
  fields: [
    {
      name: 'file',
      type: 'upload',
      relationTo: 'files',
      required: true,
      validate: validateFile,
      access: { read: isStaff },
      label: { sv: 'Fil', en: 'File' },
      admin: { description: METADATA_HINT },
    },
    {
      name: 'title',
      type: 'text',
      required: true,
      maxLength: LONGEST_TITLE,
      label: { sv: 'Text på länken', en: 'Text of the link' },
    },
    // Whatever a client sends here is written over.
    { name: 'url', type: 'text', admin: { hidden: true }, hooks: { afterRead: [toWholeUrl] } },
    { name: 'bytes', type: 'number', admin: { hidden: true } },
    kept,
  ],
}
