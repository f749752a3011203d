import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isStaff } from '../../access/isStaff.ts'
import { LONGEST_TITLE } from '../../files/fileNames.ts'
import { NAV_GROUPS } from '../labels.ts'
import { keepUsedFile } from './hooks/keepUsedFile.ts'
import { keepFile, takeFile } from './hooks/takeFile.ts'
import { hardenFile, serveFile } from './serveFile.ts'

/** What staff are told where they upload a file and where they choose one: a PDF is stored as it is. */
export const METADATA_HINT = {
  sv: 'Filens egna uppgifter (författare, program, datum) följer med. Ta bort dem i programmet om de inte ska vara offentliga.',
  en: 'The file keeps its own details (author, program, dates). Remove them in the program if they are not to be public.',
}

/**
 * PDF files that articles lead to. Only staff see which there are: a file may belong to an article that is not published.
 * Whoever has the address of a file may fetch it, and nobody can guess one (docs/adr/0018).
 */
export const filesCollection = ({ directory }: { directory: string }): CollectionConfig => ({
  slug: 'files',
  labels: { singular: { sv: 'Fil', en: 'File' }, plural: { sv: 'Filer', en: 'Files' } },
  admin: {
    useAsTitle: 'title',
    defaultColumns: ['title', 'filename', 'filesize', 'createdAt'],
    listSearchableFields: ['title', 'filename'],
    group: NAV_GROUPS.write,
    description: METADATA_HINT,
    disableCopyToLocale: true,
  },
  // Payload asks this also before it serves a file; whoever knows its name may fetch it.
  access: {
    read: ({ req, isReadingStaticFile }) => isReadingStaticFile === true || isStaff({ req }),
    create: isStaff,
    update: isEditor,
    delete: isEditor,
  },
  // A copy would take its name from the original's.
  disableDuplicate: true,
  hooks: { beforeOperation: [takeFile], beforeChange: [keepFile], beforeDelete: [keepUsedFile] },
  upload: {
    staticDir: directory,
    mimeTypes: ['application/pdf'],
    // Payload's type knows a handler that always answers; it asks the next one, and itself, when there is no answer.
    handlers: [(req, args) => serveFile(req, args) as Promise<Response>],
    modifyResponseHeaders: hardenFile,
    crop: false,
    focalPoint: false,
    pasteURL: false,
    hideFileInputOnCreate: false,
    hideRemoveFile: true,
    bulkUpload: false,
  },
  fields: [
    {
      name: 'title',
      type: 'text',
      maxLength: LONGEST_TITLE,
      label: { sv: 'Titel', en: 'Title' },
      admin: {
        description: {
          sv: 'Utan titel heter filen som på datorn. Den får vara högst 20 MB.',
          en: 'Without a title the file is called what it is on the computer. It may have at most 20 MB.',
        },
      },
    },
  ],
})
